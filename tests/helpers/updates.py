"""Builders of real `telegram.Update` and `telegram.Message` objects, for tests that need no server."""

from __future__ import annotations

from datetime import datetime

from telegram import Bot, Message, Update

from tests.helpers.bot_api import records
from tests.helpers.bot_api.errors import Json
from tests.helpers.bot_api.people import People
from tests.helpers.bot_api.records import ChatType, User
from tests.helpers.bot_api.state import State

BOT_USERNAME = "askwire_test_bot"


def _people() -> People:
    bot = User(123_456_789, "Askwire", BOT_USERNAME, is_bot=True)
    return People(State(bot, privacy=False, users={bot.id: bot}))


def _chat(people: People, user: User, chat_type: ChatType, topic: str | None) -> records.Chat:
    if chat_type == "private":
        return people.private_chat(user)
    if chat_type == "group":
        return people.group("News room", members=[user])
    return people.supergroup("News room", members=[user], forum=topic is not None)


def _bot_message(people: People, chat: records.Chat, text: str, topic: records.Topic | None) -> records.Message:
    bot = people.state.bot
    message = records.Message(chat, chat.take_id(), bot, text=text, topic=topic, from_bot=True)
    return people.state.store(message)


def _last(people: People, bot: Bot | None) -> Update:
    update = Update.de_json(people.state.updates.pending[-1], bot)
    assert update is not None
    return update


def message_update(
    text: str,
    chat_type: ChatType = "private",
    *,
    first_name: str = "Alice",
    language_code: str | None = "en",
    topic: str | None = None,
    reply_to_bot: str | None = None,
    forwarded_from: str | None = None,
    forward_date: datetime | None = None,
    document: tuple[str, bytes, str] | None = None,
    entities: tuple[Json, ...] = (),
    bot: Bot | None = None,
) -> Update:
    """A message of a person as the bot would get it without privacy mode.

    `topic` makes the chat a forum, `reply_to_bot` is the bot's text that is answered, `forwarded_from` is
    the title of a channel, `document` a file's name, bytes and type with `text` as its caption. `entities`
    are kept beside those found in the text.
    """
    people = _people()
    user = people.user(first_name, language_code=language_code)
    chat = _chat(people, user, chat_type, topic)
    thread = chat.topic(topic) if topic else None
    reply = _bot_message(people, chat, reply_to_bot, thread) if reply_to_bot else None
    if document is not None:
        people.upload(chat, user, *document, caption=text, reply_to=reply, topic=thread)
    elif forwarded_from is not None:
        channel = people.channel(forwarded_from, username="channel")
        people.forward(chat, user, text, from_channel=channel, date=forward_date, topic=thread, entities=entities)
    else:
        people.say(chat, user, text, reply_to=reply, topic=thread, entities=entities)
    return _last(people, bot)


def message(text: str, chat_type: ChatType = "private", *, bot: Bot | None = None, **options: object) -> Message:
    """The message of `message_update`, which takes the same options."""
    update = message_update(text, chat_type, bot=bot, **options)  # type: ignore[arg-type] # passed on as they are
    assert update.message is not None
    return update.message


def press_update(data: str, *, text: str = "An answer", bot: Bot | None = None) -> Update:
    """The press of an inline button with this data under a message of the bot."""
    people = _people()
    user = people.user("Alice")
    answer = _bot_message(people, people.private_chat(user), text, None)
    answer.reply_markup = {"inline_keyboard": [[{"text": "Press", "callback_data": data}]]}
    people.press(answer, user, "Press")
    return _last(people, bot)


def inline_update(query: str, *, bot: Bot | None = None) -> Update:
    """`@bot query` typed in some chat."""
    people = _people()
    people.inline(people.user("Alice"), query)
    return _last(people, bot)
