"""The builders make the objects that a bot gets."""

from __future__ import annotations

from telegram import MessageOriginChannel

from tests.helpers.updates import inline_update, message, message_update, press_update


def test_a_message_in_a_topic_that_answers_the_bot() -> None:
    """Chat, topic, reply, sender and entities are those of a real update."""
    built = message("/ask why?", "supergroup", topic="Iraq", reply_to_bot="three")
    assert (built.chat.type, built.chat.is_forum, built.is_topic_message) == ("supergroup", True, True)
    assert built.reply_to_message is not None
    assert built.reply_to_message.text == "three"
    assert built.reply_to_message.from_user is not None
    assert built.reply_to_message.from_user.is_bot
    assert built.parse_entities(["bot_command"]) == {built.entities[0]: "/ask"}


def test_a_forwarded_post_and_a_file() -> None:
    """A forward names its channel, a file carries its caption."""
    forwarded = message("Three rockets", forwarded_from="The Wire")
    assert isinstance(forwarded.forward_origin, MessageOriginChannel)
    assert forwarded.forward_origin.chat.title == "The Wire"
    filed = message("/add", document=("a.txt", b"text", "text/plain"))
    assert filed.document is not None
    assert (filed.document.file_name, filed.caption) == ("a.txt", "/add")


def test_other_updates() -> None:
    """Presses carry data, inline queries text, and a chat is private unless said."""
    press, query = press_update("show:1").callback_query, inline_update("rockets").inline_query
    assert press is not None
    assert query is not None
    assert (press.data, query.query) == ("show:1", "rockets")
    chat = message_update("hello").effective_chat
    assert chat is not None
    assert chat.type == "private"
