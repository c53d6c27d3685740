"""Messages become plain values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageOriginUser, User

from bot.incoming import Attachment, Incoming, Me, Origin, read_message
from tests.helpers.updates import BOT_USERNAME, message

ME = Me(123_456_789, BOT_USERNAME)


def read(made: Message) -> Incoming:
    return read_message(made, ME)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How many?", "How many?"),
        ("/ask How many?", "How many?"),
        (f"/ask@{BOT_USERNAME} How many?", "How many?"),
        (f"/ASK@{BOT_USERNAME.upper()}   How many?", "How many?"),
        (f"@{BOT_USERNAME}, how many?", "how many?"),
        (f"😀 hey @{BOT_USERNAME} how many?", "😀 hey how many?"),
        (f"how many, @{BOT_USERNAME}?", "how many, ?"),
        ("/ask", ""),
        (f"@{BOT_USERNAME}", ""),
        ("ask /ask nothing", "ask /ask nothing"),
        ("/ask line one\nline two", "line one\nline two"),
        ("@somebody_else how many?", "@somebody_else how many?"),
    ],
)
def test_question(text: str, question: str) -> None:
    """The question is the text without the bot's command and mentions, and nothing else is taken away."""
    assert read(message(text)).question == question


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("How many?", False),
        ("/ask How many?", True),
        (f"/ask@{BOT_USERNAME} How many?", True),
        ("/ask@other_bot How many?", False),
        (f"/ask@other_bot @{BOT_USERNAME}", False),
        (f"hey @{BOT_USERNAME.upper()} how many?", True),
        (f"@{BOT_USERNAME}2 how many?", False),
        (f"mail@{BOT_USERNAME}.com", False),
    ],
)
def test_addressed_in_a_group(text: str, addressed: bool) -> None:
    """In a group a command or an @mention addresses the bot; other bots' commands and names do not."""
    assert read(message(text, "group")).addressed is addressed
    assert read(message(text, "supergroup", topic="Baghdad")).addressed is addressed


def test_text_mention_addresses() -> None:
    """A mention that is a link to the bot's account counts like @name."""
    entity = {
        "type": "text_mention",
        "offset": 0,
        "length": 7,
        "user": {"id": ME.id, "is_bot": True, "first_name": "Askwire"},
    }
    incoming = read(message("Askwire how many?", "group", entities=(entity,)))
    assert incoming.addressed
    assert incoming.question == "how many?"


def test_reply_to_the_bot_addresses() -> None:
    """A reply to the bot's message is for the bot, and the message it answers is kept."""
    incoming = read(message("and then?", "group", reply_to_bot="Three."))
    assert incoming.addressed
    assert incoming.answers_me
    assert incoming.reply is not None
    assert incoming.reply.text == "Three."


def test_topic_creation_is_no_reply() -> None:
    """A message in a topic that the bot opened is not a reply to the bot."""
    me = User(ME.id, "Askwire", is_bot=True, username=ME.username)
    when = datetime.now(UTC)
    forum = Chat(-100, "supergroup", is_forum=True)
    plain = message("hello", "supergroup", topic="Baghdad")
    assert plain.reply_to_message is not None
    created = plain.reply_to_message
    opened_by_bot = Message(5, when, forum, from_user=me, forum_topic_created=created.forum_topic_created)
    said = Message(6, when, forum, from_user=plain.from_user, text="hello", reply_to_message=opened_by_bot)
    assert not read(said).addressed
    assert read(plain).reply is None


def test_private_messages_are_always_for_the_bot() -> None:
    """In a private chat any text is for the bot, but not another bot's command."""
    assert read(message("How many?")).addressed
    assert not read(message("/ask@other_bot How many?")).addressed


def test_topic_is_kept_and_reply_thread_is_not() -> None:
    """A topic's id is kept; the General topic and a thread of replies in a group have none."""
    assert read(message("hi", "supergroup", topic="Baghdad")).place.thread_id is not None
    assert read(message("hi", "supergroup")).place.thread_id is None
    threaded = Message(
        9,
        datetime.now(UTC),
        Chat(-1, "supergroup"),
        text="hi",
        message_thread_id=4,
        from_user=User(1, "A", False),
    )
    assert read(threaded).place.thread_id is None


def test_forward_from_a_public_channel() -> None:
    """A post of a public channel has the channel's title, its date and a link to it."""
    at = datetime(2020, 1, 26, 18, 0, tzinfo=UTC)
    incoming = read(message("Rockets hit.", forwarded_from="Baghdad News", forward_date=at))
    assert incoming.origin is not None
    assert (incoming.origin.name, incoming.origin.posted_at) == ("Baghdad News", at)
    assert incoming.origin.link is not None
    assert incoming.origin.link.startswith("https://t.me/channel/")


def test_forward_from_a_person() -> None:
    """A forwarded message of a person has a name and no link."""
    at = datetime(2020, 1, 26, tzinfo=UTC)
    origin = MessageOriginUser(at, User(1, "Ann", False, last_name="Lee"))
    made = Message(1, at, Chat(1, "private"), text="Hi", from_user=User(2, "Bo", False), forward_origin=origin)
    assert read(made).origin == Origin("Ann Lee", at)


def test_file() -> None:
    """A file's name and size are known before it is fetched, and its caption is the text."""
    incoming = read(message("/add", document=("news.txt", b"12345", "text/plain")))
    assert incoming.command == "add"
    assert incoming.question == ""
    assert isinstance(incoming.attachment, Attachment)
    assert (incoming.attachment.name, incoming.attachment.size) == ("news.txt", 5)


def test_links() -> None:
    """Links in the text and under words are found in order, each once, with a scheme."""
    hidden = {"type": "text_link", "offset": 0, "length": 4, "url": "https://hidden.example/"}
    incoming = read(message("Here https://a.example/x?b=1 b.example/y https://a.example/x?b=1", entities=(hidden,)))
    assert incoming.links == ("https://hidden.example/", "https://a.example/x?b=1", "https://b.example/y")


def test_a_span_that_parts_a_character() -> None:
    """What is marked between the halves of a character leaves the message readable."""
    made = message("😀 hey", entities=({"type": "mention", "offset": 1, "length": 3},))
    assert read(made).question == "😀 hey"


def test_repr_is_silent() -> None:
    """The repr of a message shows none of its words."""
    assert "secret" not in repr(read(message("my secret question", reply_to_bot="secret")))


def test_no_sender() -> None:
    """A message without a user, as channels send it, is read."""
    made = Message(1, datetime.now(UTC), Chat(-1, "channel", title="News"), text="hi")
    incoming = read(made)
    assert incoming.user_id is None
    assert incoming.author.name is None
