"""Groups that talk, for the tests of what is kept and told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.message_log import MessageLog
from index.summaries.types import ChatMessage, TalkKind, TalkPoint, TalkSummary, TalkTopic
from index.types import Scopes
from tests.bot.group_senders import until_handled
from tests.bot.harness import Bot
from tests.helpers.bot_api.records import Chat, Message, Topic, User

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def message(number: int, text: str = "Rain again", *, author: int = 7, **fields: Any) -> ChatMessage:
    """A message as the log keeps it."""
    return replace(ChatMessage(number, author, f"Person {author}", NOON, text), **fields)


class EveryMessage:
    """Sums up by telling each message, and notes what it was given."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []
        self.scopes: list[Scopes] = []

    async def talk(self, messages: Sequence[ChatMessage], scopes: Scopes, **_: object) -> TalkSummary:
        self.given.append([one.text for one in messages])
        self.scopes.append(scopes)
        points = tuple(TalkPoint(TalkKind.SAID, one.text, (one.author,), (one,)) for one in messages)
        return TalkSummary((TalkTopic("The talk", points, len(messages), ()),), len(messages))


def with_every_message(bot: Bot) -> EveryMessage:
    """Lets the bot sum up without an index."""
    teller = EveryMessage()
    vars(bot.application.bot_data)["summaries"] = teller
    return teller


def log_of(bot: Bot) -> MessageLog:
    """The log of all groups."""
    return bot.application.bot_data.state.messages


async def switch_on(bot: Bot, *chats: Chat) -> None:
    """Lets the talk of these chats be kept."""
    for chat in chats:
        await bot.application.bot_data.state.chats.change(chat.id, lambda settings: replace(settings, talk=True))


async def say_all(bot: Bot, chat: Chat, user: User, *texts: str, topic: Topic | None = None) -> list[Message]:
    """Somebody says something, which the bot has heard when this returns."""
    said = [bot.api.say(chat, user, text, topic=topic) for text in texts]
    await until_handled(bot)
    return said


async def texts_kept(bot: Bot, chat: Chat) -> list[str]:
    """What is kept of a chat."""
    return [one.text for one in await log_of(bot).read_all(chat.id)]


class Clock:
    """The time of day that the jobs see."""

    def __init__(self) -> None:
        self.now_at = datetime.now(UTC)

    def now(self, _: object = None) -> datetime:
        return self.now_at
