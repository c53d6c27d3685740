"""Fifty chats of all kinds with their own articles, the real bot among them, and a look-out for what leaks."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
import telegram

from bot import ratelimit
from bot.context import chat_scope
from bot.handlers import inline
from bot.incoming import Me, read_message
from bot.passages import PassageRef
from bot.settings import Settings
from index.news_index import NewsIndex
from index.sources.reader import SourceReader
from index.types import PUBLIC_SCOPE, Citation, Scopes, Turn
from tests.bot.harness import Bot, running_bot
from tests.end_to_end.isolation_data import CHATS, PUBLIC, Secrets, articles_of, facts_of, words_of
from tests.end_to_end.isolation_models import GullibleModel, QuickEmbedder
from tests.helpers.bot_api.records import Chat, Message, Topic, User
from tests.helpers.bot_api.server import Call, FakeBotApi
from tests.helpers.bot_api.state import Press

_FAST = 100_000.0  # messages a second: Telegram's limits are not what is tried here
T = TypeVar("T")


@dataclass(eq=False)
class Place:
    """One of the chats: whose user speaks there, in which topic."""

    number: int
    chat: Chat
    user: User
    topic: Topic | None

    @property
    def scopes(self) -> Scopes:
        """What it may see."""
        return Scopes.of(PUBLIC_SCOPE, chat_scope(self.chat.id))


@dataclass(eq=False)
class World:
    """The chats, the bot and its models."""

    bot: Bot
    model: GullibleModel
    places: Sequence[Place]
    secrets: Secrets = field(default_factory=Secrets)
    looked_at: int = 0  # calls

    def say(self, place: Place, text: str, *, reply_to: Message | None = None) -> Message:
        """Somebody asks in a chat: with /ask where a message is not for the bot by itself."""
        addressed = text if place.chat.type == "private" or reply_to or text.startswith("/") else f"/ask {text}"
        return self.bot.api.say(place.chat, place.user, addressed, reply_to=reply_to, topic=place.topic)

    async def replies_to(self, asked: Sequence[Message]) -> list[Message]:
        """The bot's replies to these messages, in their order, once all are there."""
        found: dict[int, Message] = {}

        def complete() -> bool:
            for chat in {id(message.chat): message.chat for message in asked}.values():
                found.update({id(reply.reply_to): reply for reply in self.bot.api.replies(chat) if reply.reply_to})
            return all(id(message) in found for message in asked)

        await self.bot.api.wait_until(complete, timeout=60)
        await self.bot.api.settle()
        assert complete()  # what stood for a reply at first may have been edited or replaced
        return [found[id(message)] for message in asked]

    def each(self, items: Sequence[T]) -> Iterator[tuple[Place, T]]:
        """The chats, each with its item."""
        return zip(self.places, items, strict=True)

    async def history(self, message: Message) -> Sequence[Turn]:
        """The turns that a message continues."""
        api, state = self.bot.api, self.bot.application.bot_data.state
        read = telegram.Message.de_json(message.json(), self.bot.application.bot)
        incoming = read_message(read, Me(api.bot.id, api.bot.username or ""))
        return await state.conversations.history(incoming, datetime.now(UTC))

    async def passages(self, place: Place) -> list[str]:
        """The data of buttons that show the first sentence of each of a chat's own articles."""
        found = []
        for fact in facts_of(place.number)[::5]:
            (best, *_) = await self.bot.news.search(fact.question, place.scopes, k=1)
            article = await self.bot.news.article(best.article_id, place.scopes)
            assert article
            start = article.text.index(fact.sentence)
            cited = Citation(1, article.id, article.title, fact.sentence, start, start + len(fact.sentence))
            data = PassageRef.of(cited).data()
            assert data
            found.append(data)
        return found

    def press(self, message: Message, user: User, data: str) -> Press:
        """A press under a message, with other data than any of its buttons carries."""
        return self.bot.api.press_data(message, user, data)

    def leaks(self) -> list[str]:
        """What the bot told chats of other ones, or showed its model of two at once, since this was asked last."""
        calls = self.bot.api.calls()[self.looked_at :]
        self.looked_at += len(calls)
        prompts, self.model.prompts = self.model.prompts, []
        typed = {place.number: self._typed(place) for place in self.places}
        found = [f"{call.method}: {words}" for call in calls if (words := self._leaked(call, typed))]
        queries = [words_of(query.query) for query in self.bot.api.state.inline_queries.values()]
        for prompt in prompts:
            planted = self.secrets.in_text(prompt)
            of_a_chat = any(
                all(owner == number or word in typed[number] for word, owner in planted.items()) for number in typed
            )
            if not of_a_chat and not any(planted.keys() <= words for words in queries):
                found.append(f"a prompt: {sorted(planted)}")
        return found

    def _leaked(self, call: Call, typed: dict[int, set[str]]) -> set[str]:
        """The words in a request that the chat it goes to must not see; without a chat, those of any."""
        text, state = _shown(call), self.bot.api.state
        if query := state.inline_queries.get(call.params.get("inline_query_id", "")):
            return self.secrets.leaked(text, None, words_of(query.query))
        press = state.presses.get(call.params.get("callback_query_id", ""))
        chat_id = press.message.chat.id if press else call.params.get("chat_id")
        # Of a group its talk is told to a member in private.
        number = next((p.number for p in self.places if str(chat_id) in {str(p.chat.id), str(p.user.id)}), None)
        return self.secrets.leaked(text, number, typed.get(number, set()) if number is not None else set())

    def _typed(self, place: Place) -> set[str]:
        said = (message.text for message in self.bot.api.messages(place.chat) if not message.from_bot)
        return {word for text in said for word in words_of(text)}


@contextlib.asynccontextmanager
async def planted_world(
    folder: Path, reader: SourceReader | None = None, *, privacy: bool = True
) -> AsyncIterator[World]:
    """The bot in fifty chats, each with four articles: three put into its collection, one sent with /add."""
    model = GullibleModel()
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        patch.chdir(folder)
        patch.setattr("bot.app.RateLimiter", lambda *_: ratelimit.RateLimiter(_FAST))
        patch.setattr(ratelimit, "_GROUP_RATE", _FAST)
        patch.setattr(inline, "PAUSE", 0.0)
        async with (
            FakeBotApi(privacy=privacy) as api,
            await NewsIndex.open_with(folder, embedder=QuickEmbedder(), chat_model=model) as news,
            running_bot(api, news, reader=reader) as bot,
        ):
            world = World(bot, model, [_place(api, number) for number in range(CHATS)])
            await _plant(world)
            yield world
            assert api.violations == []


def _shown(call: Call) -> str:
    """All that is in a request, files with their contents."""
    files = [value[1].decode() for value in call.params.values() if isinstance(value, tuple)]
    return "\n".join([str(call.params), *files])


def _place(api: FakeBotApi, number: int) -> Place:
    user = api.user(f"Person {number}", username=f"person_{number}")
    topic = None
    match number % 5:
        case 0 | 1:
            chat = api.private_chat(user)
        case 2:
            chat = api.group(f"Group {number}", admins=[user])
        case 3:
            chat = api.supergroup(f"Supergroup {number}", admins=[user])
        case _:
            chat = api.supergroup(f"Forum {number}", admins=[user], forum=True)
    chat.next_id = 1  # so that the same numbers name messages of all chats
    if chat.is_forum:
        topic = chat.topic("News")
    return Place(number, chat, user, topic)


async def _plant(world: World) -> None:
    news = world.bot.news
    await news.add(articles_of(PUBLIC))
    said = []
    for place in world.places:
        *articles, last = articles_of(place.number)
        await news.add(articles, scope=chat_scope(place.chat.id))
        said.append(world.say(place, f"/add {last.title}\n\n{last.text}"))
    await world.replies_to(said)
    for place in world.places:
        found = await news.articles(Scopes.of(chat_scope(place.chat.id)))
        assert len(found) == len(articles_of(place.number))
        world.secrets.learn(place.number, [article.id for article in found])
