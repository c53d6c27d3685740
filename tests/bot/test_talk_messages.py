"""Telegram's messages become records of the log, or are no talk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity, MessageOriginHiddenUser, MessageOriginUser, User

from bot.incoming import Me
from bot.talk_messages import author_of, first_writer, talk_message
from index.summaries.types import ChatMessage
from tests.helpers.updates import BOT_USERNAME, message

ME = Me(123_456_789, BOT_USERNAME)
ALICE = User(7, "Alice", is_bot=False, last_name="Ng")
GROUP = Chat(-1005, Chat.SUPERGROUP, title="News room")
AT = datetime(2026, 5, 4, 14, tzinfo=timezone(timedelta(hours=2)))


def made(text: str | None = "Rain again", **fields: Any) -> Message:
    """A message in a group."""
    given: dict[str, Any] = {"message_id": 3, "date": AT, "chat": GROUP, "from_user": ALICE, "text": text}
    return Message(**(given | fields))


def test_what_a_person_said() -> None:
    """Who said it when and where, which message it answers, and the links in it."""
    said = talk_message(message("  See b.example and https://a.example/x  ", "supergroup", topic="Rain"), ME)
    assert said is not None
    assert (said.author, said.text) == ("Alice", "See b.example and https://a.example/x")
    assert said.links == ("https://b.example", "https://a.example/x")
    assert said.topic_id is not None
    assert said.reply_to is None  # of a topic's first message, Telegram says that it answers the topic
    answer = talk_message(made(reply_to_message=made("Is it raining?", message_id=2)), ME)
    assert answer == ChatMessage(3, 7, "Alice Ng", datetime(2026, 5, 4, 12, tzinfo=UTC), "Rain again", reply_to=2)


def test_a_caption_and_a_question_to_the_bot_are_talk() -> None:
    """So is what is said under a picture, and what is asked of the bot by its name."""
    for said in (made(None, caption="Rain again"), message(f"@{BOT_USERNAME} rain again?", "group")):
        assert talk_message(said, ME) is not None


COMMAND = [MessageEntity(MessageEntity.BOT_COMMAND, 0, 4)]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": None},
        {"text": "  \n"},
        {"text": "/ask rain?", "entities": COMMAND},
        {"text": "/ask@other_bot rain?", "entities": COMMAND},
        {"text": None, "caption": "/add", "caption_entities": COMMAND},
        {"via_bot": User(8, "Gifs", is_bot=True)},
        {"from_user": User(8, "Helper", is_bot=True)},
        {"from_user": None},
        {"text": None, "new_chat_title": "Weather"},
    ],
)
def test_what_is_no_talk(fields: dict[str, Any]) -> None:
    """Commands to any bot, what bots say, service messages and pictures without words are not kept."""
    assert talk_message(made(**fields), ME) is None


def test_a_command_within_a_text_is_talk() -> None:
    """Only at its beginning a command makes a message one."""
    entity = MessageEntity(MessageEntity.BOT_COMMAND, 4, 4)
    assert talk_message(made("use /ask for that", entities=[entity]), ME) is not None


def test_who_writes_in_the_name_of_a_chat() -> None:
    """An anonymous admin is the group, and a channel is itself; the bot that stands in for them is none."""
    stand_in = User(1087968824, "Group", is_bot=True)
    channel = Chat(-1009, Chat.CHANNEL, title="Daily Example")
    for chat in (GROUP, channel):
        one = made(from_user=stand_in, sender_chat=chat)
        said = talk_message(one, ME)
        assert said is not None
        assert (said.author, said.author_id) == (chat.title, chat.id)
        assert author_of(one) == chat.id


def test_a_forwarded_text_is_said_by_who_forwards_it() -> None:
    """As others see it; who wrote it first is known when they show it."""
    bob = User(8, "Bob", is_bot=False)
    shown, hidden = MessageOriginUser(AT, bob), MessageOriginHiddenUser(AT, "Bob")
    for origin, writer in ((shown, 8), (hidden, None), (None, None)):
        one = made(forward_origin=origin)
        said = talk_message(one, ME)
        assert said is not None
        assert (said.author_id, first_writer(one)) == (7, writer)


def test_a_person_without_a_name() -> None:
    """A name of nothing is shown as a question mark; a record shows no word of what was said."""
    said = talk_message(made(from_user=User(7, "", is_bot=False)), ME)
    assert said is not None
    assert said.author == "?"
    assert "Rain" not in repr(said)
