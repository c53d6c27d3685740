"""What was said in a chat, from Telegram's own export."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.sources import telegram_talk
from index.sources.reader import open_reader
from index.sources.telegram_messages import Chat
from index.sources.telegram_talk import ExportedTalk, export_talk
from index.summaries.types import ChatMessage
from tests.index.sources.test_telegram_export import chat, message

SUPERGROUP = -1001234567890
BELOW = -1_000_000_000


def read(*messages: dict[str, object], kind: str = "private_supergroup", chat_id: int = SUPERGROUP) -> ExportedTalk:
    """The talk in an export of one chat."""
    data = json.dumps(chat(*messages, kind=kind), ensure_ascii=False).encode()
    return export_talk(data, name="result.json", chat_ids=[chat_id])


def said(number: int, text: object = "It rains.", **fields: object) -> dict[str, object]:
    """A message as Telegram Desktop writes it, by Alice unless told otherwise."""
    return message(number, text, **({"from": "Alice", "from_id": "user7"} | fields))


def test_a_message_is_as_the_bot_would_have_heard_it() -> None:
    """It has the number, the writer and the time that the Bot API gives, the whole text, and its links."""
    parts = [
        "See ",
        {"type": "link", "text": "b.example"},
        {"type": "text_link", "text": "here", "href": "https://a.example"},
    ]
    talk = read(said(7, parts, reply_to_message_id=5))
    assert talk.found
    assert talk.messages == (
        ChatMessage(
            7,
            7,
            "Alice",
            datetime(2024, 5, 2, 12, tzinfo=UTC),
            "See b.examplehere",
            reply_to=5,
            links=("https://b.example", "https://a.example"),
        ),
    )


@pytest.mark.parametrize(
    ("from_id", "author"),
    [("user7000000001", 7000000001), ("channel99", -10099), ("chat5", -5)],
)
def test_who_said_it(from_id: str, author: int) -> None:
    """People, channels and groups have the Bot API's numbers."""
    assert [one.author_id for one in read(said(1, from_id=from_id)).messages] == [author]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "service", "action": "pin_message"},
        {"text": ""},
        {"text": "  "},
        {"text": [{"type": "bot_command", "text": "/ask"}, " rain?"]},
        {"via_bot": "@gif"},
        {"inline_bot_buttons": [[{"type": "callback", "text": "Yes"}]]},
        {"from_id": None},
        {"from_id": "user"},
        {"from_id": "robot7"},
        {"from_id": "user7; DROP"},
        {"date": "soon", "date_unixtime": None},
        {"id": "7"},
    ],
)
def test_what_is_no_talk(fields: dict[str, object]) -> None:
    """Service messages, commands, what is from bots or from nobody, and what is damaged, is left out."""
    talk = read(said(1) | fields, said(2))
    assert [one.message_id for one in talk.messages] == [2]


def test_topics() -> None:
    """What answers the message that opened a topic, or an answer to it, stands in that topic."""
    opened = {**said(10, ""), "type": "service", "action": "topic_created", "title": "Rain"}
    talk = read(
        opened,
        said(11, reply_to_message_id=10),
        said(12, reply_to_message_id=11),
        said(13),
        said(14, reply_to_message_id=13),
    )
    assert [(one.message_id, one.topic_id, one.reply_to) for one in talk.messages] == [
        (11, 10, None),
        (12, 10, 11),
        (13, None, None),
        (14, None, 13),
    ]


def test_numbers_of_another_count() -> None:
    """A plain group's messages, and those from before a supergroup was one, are numbered apart from all others."""
    before = read(said(BELOW + 4, reply_to_message_id=BELOW + 3), said(4))
    assert [one.message_id for one in before.messages] == [2 * BELOW + 4, 4]
    assert before.messages[0].reply_to == 2 * BELOW + 3
    plain = read(said(4, reply_to_message_id=3), kind="private_group", chat_id=-1234567890)
    assert [(one.message_id, one.reply_to) for one in plain.messages] == [(2 * BELOW + 4, 2 * BELOW + 3)]


@pytest.mark.parametrize(
    ("kind", "chat_id"),
    [
        ("private_supergroup", -1001234567891),
        ("private_supergroup", -1234567890),
        ("private_group", SUPERGROUP),
        ("private_channel", SUPERGROUP),
        ("personal_chat", 1234567890),
    ],
)
def test_another_chat(kind: str, chat_id: int) -> None:
    """Nothing is read of a chat that is not the one asked for."""
    assert read(said(1), kind=kind, chat_id=chat_id) == ExportedTalk(False, ())


def test_a_whole_account() -> None:
    """Of an account's export only the one chat is read."""
    wanted, other = chat(said(1, "here"), kind="public_supergroup"), chat(said(2, "there"), kind="public_supergroup")
    data = json.dumps({"chats": {"list": [{**other, "id": 5}, wanted]}}).encode()
    talk = export_talk(data, name="result.json", chat_ids=[SUPERGROUP])
    assert [one.text for one in talk.messages] == ["here"]
    empty = export_talk(json.dumps(chat(kind="private_supergroup")).encode(), name="r", chat_ids=[SUPERGROUP])
    assert empty == ExportedTalk(True, ())


@pytest.mark.parametrize("data", [b"", b"{", b"no json", b'{"messages": [{"id": 1', b"\xff\xfe"])
def test_no_export(data: bytes) -> None:
    """What is no JSON is refused with a line for a person."""
    with pytest.raises(UnreadableError, match="result"):
        export_talk(data, name="result.json", chat_ids=[SUPERGROUP])


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more messages than can be summed up the newest are given, each once."""
    monkeypatch.setattr(telegram_talk, "MOST_MESSAGES", 3)
    talk = read(*(said(number) for number in (1, 2, 3, 3, 4, 5)))
    assert [one.message_id for one in talk.messages] == [3, 4, 5]


async def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    """It is parsed as all that others wrote; halves of characters, which no database takes, are dropped."""
    data = json.dumps(chat(said(1, "\ud83c rain 🌊", **{"from": "\ud83c"}), kind="private_supergroup")).encode()
    async with open_reader() as reader:
        talk = await reader.talk(data, "result.json", [SUPERGROUP])
        assert [(one.text.lstrip("? "), one.author) for one in talk.messages] == [("rain 🌊", "?")]
        with pytest.raises(UnreadableError):
            await reader.talk(b"{", str(tmp_path / "result.json"), [SUPERGROUP])


def test_halves_of_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are dropped whatever the JSON library makes of them."""
    one = said(1, ["\ud83c rain", {"type": "text_link", "text": "", "href": "https://a.example/\ud83c"}])
    talked = Chat({"id": 1234567890, "type": "private_supergroup"})
    monkeypatch.setattr(telegram_talk, "export_messages", lambda *_: [(talked, one)])
    [message] = export_talk(b"", name="r", chat_ids=[SUPERGROUP]).messages
    assert (message.text, message.links) == ("rain", ("https://a.example/",))
