"""What the fake server does not play: an admin who writes as the group, a forged press; and waiting for the end."""

from __future__ import annotations

import asyncio

from telegram.constants import ChatID

from tests.bot.harness import Bot
from tests.helpers.bot_api.entities import detect_entities
from tests.helpers.bot_api.errors import Json
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi
from tests.helpers.bot_api.state import Press


def say_as_chat(api: FakeBotApi, group: Chat, text: str, sender: Chat | None = None) -> Message:
    """A message in a group that shows a chat as its sender: the group itself (an anonymous admin) or another one."""
    stand_in = ChatID.ANONYMOUS_ADMIN if sender in {None, group} else ChatID.FAKE_CHANNEL
    user = User(stand_in, "Telegram", "stand_in_bot", is_bot=True)
    message = Message(group, group.take_id(), user, text=text, entities=detect_entities(text))
    api.state.store(message)
    api.state.updates.add("message", message.json() | {"sender_chat": (sender or group).json()})
    return message


def press_forged(api: FakeBotApi, user: User, data: str, message: Message | None) -> Press:
    """A press that no button offers; without a message, as under one that was shared from an inline query."""
    under = message or next(m for chat in api.state.chats.values() for m in chat.messages.values())
    press = Press(str(api.state.number()), user, under, data)
    api.state.presses[press.id] = press
    place: Json = {"message": message.json()} if message else {"inline_message_id": "shared"}
    query = {"id": press.id, "from": user.json(), "data": data, "chat_instance": "1", **place}
    api.state.updates.add("callback_query", query)
    return press


async def until_handled(bot: Bot) -> None:
    """Waits until the bot has taken all updates and handled each to its end.

    Raises:
        TimeoutError: after ten seconds.
    """
    await bot.api.settle()
    async with asyncio.timeout(10):
        while await bot.application.bot_data.state.inbox.unfinished():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
