"""Telegram's own export gives each message with words as a post, in one pass and little memory."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import TooLargeError, UnreadableError, UnsupportedError
from index.sources import files
from index.sources.files import read_articles, read_file
from index.sources.telegram_export import export_articles
from index.sources.telegram_messages import _Repaired
from index.types import Article

WORDS = "Three rockets hit the embassy in Baghdad on Sunday evening."


def message(number: int, text: object = WORDS, **fields: object) -> dict[str, object]:
    """A message as Telegram Desktop writes it."""
    return {
        "id": number,
        "type": "message",
        "date": "2024-05-02T14:00:00",
        "date_unixtime": "1714651200",
        "from": "Baghdad News",
        "from_id": "channel1234567890",
        "text": text,
        "text_entities": [],
        **fields,
    }


def chat(
    *messages: dict[str, object], kind: str = "public_channel", name: str | None = "Baghdad News"
) -> dict[str, object]:
    """One chat's export."""
    return {"name": name, "type": kind, "id": 1234567890, "messages": list(messages)}


def read(export: object) -> list[Article]:
    """The articles of an export, with its keys in the order given."""
    return read_file(json.dumps(export, ensure_ascii=False, indent=1).encode(), "result.json")


def test_a_channels_message_is_a_post_with_its_source_time_and_link() -> None:
    """The chat is the source, the seconds outweigh the written local time, the link is the one members can open."""
    (article,) = read(chat(message(7)))
    assert (article.title, article.text) == (WORDS, WORDS)
    assert (article.source, article.author) == ("Baghdad News", None)
    assert article.published_at == datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
    assert article.url == "https://t.me/c/1234567890/7"
    assert article.updated_at is None


def test_an_older_export_without_seconds_is_read_by_its_written_time() -> None:
    """Before 2022 Telegram Desktop wrote the date alone."""
    old = message(7)
    del old["date_unixtime"]
    assert read(chat(old))[0].published_at == datetime(2024, 5, 2, 14, 0, tzinfo=UTC)


def test_formatted_text_is_what_the_reader_sees() -> None:
    """Bold and linked words come in as words; the address behind a word does not."""
    parts = [
        "Three rockets ",
        {"type": "bold", "text": "hit the embassy"},
        " – ",
        {"type": "text_link", "text": "more", "href": "https://evil.example/"},
        {"type": "link", "text": " https://news.example/a"},
        {"type": "custom_emoji", "text": "🚀", "document_id": "x"},
        7,
        {"type": "bold"},
    ]
    assert read(chat(message(1, parts)))[0].text == "Three rockets hit the embassy – more https://news.example/a🚀"


@pytest.mark.parametrize(
    ("fields", "kind", "source", "author"),
    [
        ({"from": "Jane Doe"}, "private_supergroup", "Baghdad News", "Jane Doe"),
        ({"from": "Baghdad News", "author": "Jane Doe"}, "public_channel", "Baghdad News", "Jane Doe"),
        ({"from": "Jane Doe", "forwarded_from": "Reuters"}, "private_supergroup", "Reuters", None),
        ({"from": "Jane Doe", "forwarded_from": None}, "private_supergroup", "Baghdad News", "Jane Doe"),
        ({"from": None}, "private_group", "Baghdad News", None),
    ],
)
def test_source_and_author_are_told_apart(
    fields: dict[str, object], kind: str, source: str, author: str | None
) -> None:
    """Whom it was forwarded from is the source, the forwarder nobody; else the chat is, and its writer the author."""
    (article,) = read(chat(message(1, **fields), kind=kind))
    assert (article.source, article.author) == (source, author)


def test_saved_messages_have_no_name_of_their_own() -> None:
    """The forwarded post's origin is the source, or who saved it."""
    forwarded, own = read(
        {
            "type": "saved_messages",
            "id": 5,
            "messages": [message(1, forwarded_from="Reuters"), message(2, **{"from": "Me"})],
        }
    )
    assert (forwarded.source, own.source, own.author) == ("Reuters", "Me", None)
    assert forwarded.url is None


@pytest.mark.parametrize(
    ("kind", "linked"),
    [("public_channel", True), ("private_channel", True), ("public_supergroup", True), ("private_supergroup", True),
     ("private_group", False), ("personal_chat", False), ("saved_messages", False)],
)  # fmt: skip
def test_only_channels_and_supergroups_have_links(kind: str, linked: bool) -> None:
    """No other chat's messages can be opened by an address."""
    assert (read(chat(message(3), kind=kind))[0].url is not None) is linked


def test_an_edited_message_knows_when_it_was_edited() -> None:
    """Edits of the first minutes do not count, as for pages."""
    late = message(1, edited="2024-05-05T12:00:00", edited_unixtime="1714910400")
    soon = message(2, edited="2024-05-02T14:01:00", edited_unixtime="1714651260")
    first, second = read(chat(late, soon))
    assert first.updated_at == datetime(2024, 5, 5, 12, 0, tzinfo=UTC)
    assert second.updated_at is None


def test_what_gives_no_article_is_counted() -> None:
    """Telegram's notices, pictures without words and a few words are passed over, and the number is told."""
    counts: list[int] = []
    export = chat(
        {"id": 1, "type": "service", "action": "pin_message", "text": ""},
        {"id": 2, "type": "unsupported"},
        message(3, "", photo="(File not included.)"),
        message(4, "Wow!"),
        message(5),
    )
    assert len(read_file(json.dumps(export).encode(), "result.json", counts.append)) == 1
    assert counts == [4]


def test_an_export_without_any_text_says_so() -> None:
    """Nothing is silently taken as nothing, an empty chat included."""
    for messages in ([], [message(1, "Wow!")]):
        with pytest.raises(UnreadableError, match=r"result\.json holds no message with enough text"):
            read(chat(*messages))


def test_of_a_whole_account_only_channels_groups_and_saved_messages_are_read() -> None:
    """Private conversations are no news; whoever wants one exports that chat alone."""
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Jane", "phone_number": "+0 000"},
        "contacts": {"list": [{"first_name": "John", "phone_number": "+1 111"}]},
        "chats": {
            "about": "…",
            "list": [
                chat(message(1, f"{WORDS} Private."), kind="personal_chat", name="John"),
                chat(message(2, f"{WORDS} Bot."), kind="bot_chat", name="A bot"),
                chat(message(3, f"{WORDS} Channel.")),
                chat(message(4, f"{WORDS} Group."), kind="private_group", name="Friends"),
            ],
        },
        "left_chats": {"about": "…", "list": [chat(message(5, f"{WORDS} Left."), name="Old news")]},
    }
    articles = read(account)
    assert [article.text.rsplit(" ", 1)[1] for article in articles] == ["Channel.", "Group.", "Left."]
    assert [article.source for article in articles] == ["Baghdad News", "Friends", "Old news"]
    (alone,) = read(chat(message(1), kind="personal_chat", name="John"))
    assert alone.source == "John"


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b"[]",
        b'{"messages": []}',
        b'{"messages": [{"role": "user", "content": "Hello there"}]}',
        b"7",
        b'"x"',
        b'{"chats": {"list": [{"title": "x"}]}}',
        b'{"messages": {"id": 1}}',
    ],
)
def test_other_json_is_refused_with_what_it_should_be(data: bytes) -> None:
    """The message names Telegram's result.json and JSON lines."""
    with pytest.raises(UnsupportedError, match=r"a\.json is JSON, but not Telegram's chat export .*\.jsonl"):
        read_file(data, "a.json")


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"not json",
        json.dumps(chat(message(1))).encode()[:-40],
        b'{"name": "\xff\xfe"}',
        b"[" * 100_000,
        b"\x00\x01",
        b'{"type":"public_channel","messages":[{"a":' + b"[" * 5000,
        b'{"a": nul}',
        b'{"type":"public_channel","messages":[{"a":' + b"[" * 200 + b"]" * 200 + b"}]}",
    ],
)
def test_a_damaged_export_is_one_clear_error(data: bytes) -> None:
    """Cut, not JSON, or nested without end."""
    with pytest.raises(UnreadableError, match=r"a\.json is no valid JSON, or cut off"):
        read_file(data, "a.json")


@pytest.mark.parametrize("number", [0, -5, "7", 7.5, None, True, {}])
def test_an_odd_message_number_gives_no_link(number: object) -> None:
    """A link is built from whole numbers only."""
    assert read(chat({**message(1), "id": number}))[0].url is None


@pytest.mark.parametrize("seconds", ["99999999999", "-5", "soon", 7, None, "1" * 40])
def test_an_odd_time_is_no_time_or_the_written_one(seconds: object) -> None:
    """No number crashes the reader."""
    published = read(chat(message(1, date_unixtime=seconds)))[0].published_at
    assert published in (None, datetime(2024, 5, 2, 14, tzinfo=UTC), datetime(5138, 11, 16, 9, 46, 39, tzinfo=UTC))


def test_telegrams_own_wrong_escapes_are_read() -> None:
    r"""Telegram Desktop writes a control character as `\x0B`, which no JSON parser takes; `\\x0B` is left alone."""
    text = json.dumps(chat(message(1, f"{WORDS}VTAB and a path C:\\x0B"))).replace("VTAB", "\\x0B\\x1F")
    assert read_file(text.encode(), "result.json")[0].text == f"{WORDS} and a path C:\\x0B"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64])
def test_a_wrong_escape_is_taken_out_wherever_the_pieces_are_cut(size: int) -> None:
    """Each piece ends before an escape that is not whole."""
    stream = _Repaired(io.BytesIO(b'\xef\xbb\xbf{"a": "x\\x0By\\\\x0B\\\\\\x1Fz\\n\\u00e9\\x"}\\'))
    out = b""
    while piece := stream.read(size):
        out += piece
    assert out == b'{"a": "xy\\\\x0B\\\\z\\n\\u00e9\\x"}\\'


def test_the_same_is_read_from_disk_and_under_any_name(tmp_path: Path) -> None:
    """What the bytes are counts, so a renamed export is one too."""
    data = json.dumps(chat(message(1), message(2, f"{WORDS} More."))).encode()
    path = tmp_path / "result.json"
    path.write_bytes(data)
    counts: list[int] = []
    assert list(read_articles(path, on_passed_over=counts.append)) == read_file(data, "export.txt")
    assert counts == [0]


def test_a_large_export_on_disk_is_streamed_and_an_upload_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory does not grow with the file; beyond the bound for exports it is refused."""
    monkeypatch.setattr(files, "MAX_FILE", 1000)
    path = tmp_path / "result.json"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "Baghdad News", "type": "public_channel", "id": 9, "messages": [')
        file.write(",\n".join(json.dumps(message(number, f"{WORDS} Number {number}.")) for number in range(1, 3001)))
        file.write("]}")
    tracemalloc.start()
    assert sum(1 for _ in read_articles(path)) == 3000
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    with pytest.raises(TooLargeError, match="Split it"):
        read_file(path.read_bytes(), "result.json")
    monkeypatch.setattr(files, "MAX_EXPORT", 2000)
    with pytest.raises(TooLargeError):
        next(read_articles(path))


def test_a_stream_that_breaks_is_one_clear_error() -> None:
    """A disk that fails in the middle ends in an error of ours."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableError, match="cannot be read to its end"):
        list(export_articles(Broken(), "result.json"))
