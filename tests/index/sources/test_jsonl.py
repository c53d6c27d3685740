"""JSON lines are streamed, and a bad line names itself."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime

import pytest

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources import jsonl
from index.sources.jsonl import read_lines

GOOD = {"id": "a1", "url": "https://www.news.example/a", "title": "Three\nrockets", "source": "AFP",
        "published_at": "2020-01-26", "text": "  Three rockets fell.\n\nNobody died.\n"}  # fmt: skip


def lines(*records: object) -> io.BytesIO:
    """A stream of lines: bytes as they are, anything else as JSON."""
    return io.BytesIO(b"\n".join(r if isinstance(r, bytes) else json.dumps(r).encode() for r in records))


def test_all_fields_are_taken_over() -> None:
    """The text stays as written, the title is one line, the date is UTC."""
    (article,) = read_lines(lines(GOOD), "a.jsonl")
    assert (article.id, article.url, article.title, article.source) == (
        "a1",
        "https://www.news.example/a",
        "Three rockets",
        "AFP",
    )
    assert article.published_at == datetime(2020, 1, 26, tzinfo=UTC)
    assert article.text == GOOD["text"]


def test_title_and_text_are_enough() -> None:
    """Everything else may be missing or null; a whole number serves as id."""
    plain, null, number = read_lines(
        lines(
            {"title": "A", "text": "B"},
            {"title": "A", "text": "B", "id": None, "url": None, "source": None, "published_at": None},
            {"title": "A", "text": "B", "id": 7, "published_at": "soon", "url": "javascript:alert(1)"},
        ),
        "a.jsonl",
    )
    assert (plain.id, plain.url, plain.source, plain.published_at) == ("", None, None, None)
    assert null == plain
    assert (number.id, number.url, number.published_at) == ("7", None, None)


def test_author_language_and_a_later_change_are_taken_over_when_they_make_sense() -> None:
    """An odd value is left out; the change must lie after the publishing."""
    full, odd = read_lines(
        lines(
            {
                **GOOD,
                "author": ["Jane Doe", {"name": "John Roe"}],
                "language": "en-GB",
                "updated_at": "2020-01-28T08:00Z",
            },
            {**GOOD, "author": {"x": 1}, "language": 7, "updated_at": "2020-01-25"},
        ),
        "a.jsonl",
    )
    assert (full.author, full.language) == ("Jane Doe, John Roe", "en")
    assert full.updated_at == datetime(2020, 1, 28, 8, tzinfo=UTC)
    assert (odd.author, odd.language, odd.updated_at) == (None, None, None)


def test_a_link_names_the_source_when_nothing_else_does() -> None:
    """The host without www is the publisher's name."""
    (article,) = read_lines(lines({"title": "A", "text": "B", "url": "https://www.news.example/a"}), "a.jsonl")
    assert article.source == "news.example"


def test_empty_lines_a_mark_and_windows_line_ends_are_passed_over() -> None:
    """Only lines with something on them count as articles."""
    stream = io.BytesIO(
        b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n\r\n \n" + json.dumps(GOOD).encode() + b"\n"
    )
    assert len(list(read_lines(stream, "a.jsonl"))) == 2


BAD_LINES = [
    (b"not json", "not valid JSON"),
    (b'{"title": "A"', "not valid JSON"),
    (b"[" * 100_000, "not valid JSON"),
    (b'{"id": ' + b"1" * 5000 + b"}", "not valid JSON"),
    (b'"text"', "not a JSON object"),
    (b"[1, 2]", "not a JSON object"),
    (b'{"title": "A\xff", "text": "B"}', "not UTF-8"),
    (b'{"text": "B"}', '"title" is missing'),
    (b'{"title": "A"}', '"text" is missing'),
    (b'{"title": "A", "text": 5}', '"text" is missing, empty or not a text'),
    (b'{"title": " ", "text": "B"}', '"title" is missing'),
    (b'{"title": "A", "text": "\\u202e\\u0000"}', '"text" is missing'),
    (b'{"title": "A", "text": "B", "id": true}', '"id" must be'),
    (b'{"title": "A", "text": "B", "id": ["x"]}', '"id" must be'),
    (b'{"title": "A", "text": "B", "id": "' + b"x" * 201 + b'"}', "longer than 200"),
]


@pytest.mark.parametrize(("line", "fault"), BAD_LINES)
def test_a_bad_line_is_named_with_its_fault(line: bytes, fault: str) -> None:
    """The error gives the file, the line's number and what is wrong with it."""
    articles = read_lines(lines(GOOD, line, GOOD), "dir/a.jsonl")
    assert next(articles).id == "a1"
    with pytest.raises(UnreadableError, match=r"^a\.jsonl, line 2: ") as error:
        next(articles)
    assert fault in str(error.value)


def test_reading_goes_on_after_bad_lines_when_asked_to() -> None:
    """Each fault is handed over and every good line still comes."""
    errors: list[SourceError] = []
    stream = lines(GOOD, *(line for line, _ in BAD_LINES), GOOD)
    assert [article.id for article in read_lines(stream, "a.jsonl", errors.append)] == ["a1", "a1"]
    assert len(errors) == len(BAD_LINES)


def test_an_overlong_line_is_skipped_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over the limit is an error of its own, and the next line is read."""
    monkeypatch.setattr(jsonl, "MAX_LINE", 1000)
    errors: list[SourceError] = []
    long = json.dumps({"title": "A", "text": "B" * 3_000_000}).encode()
    articles = list(read_lines(lines(GOOD, long, GOOD, long), "a.jsonl", errors.append))
    assert len(articles) == 2
    assert [type(error) for error in errors] == [TooLargeError, TooLargeError]
    assert "line 2" in str(errors[0])


def test_surrogates_and_controls_are_cleaned_away() -> None:
    """What JSON can spell but no database can store does not reach the article, and no offset moves."""
    (article,) = read_lines(io.BytesIO(b'{"title": "A\\ud800\\u0000", "text": "B\\udfff\\u202ec"}'), "a.jsonl")
    assert (article.title, article.text) == ("A", "B  c")


@pytest.mark.parametrize("cut", [30, -4])
def test_a_damaged_gzip_gives_what_came_before_the_damage(cut: int) -> None:
    """The error says after which line, and ends the reading whether or not errors are collected."""
    packed = gzip.compress(json.dumps(GOOD).encode() + b"\n")[:cut]
    errors: list[SourceError] = []
    articles = list(read_lines(gzip.GzipFile(fileobj=io.BytesIO(packed)), "a.jsonl.gz", errors.append))
    assert len(articles) <= 1
    assert len(errors) == 1
    assert "damaged after line" in str(errors[0])
    with pytest.raises(UnreadableError, match="damaged after line"):
        list(read_lines(gzip.GzipFile(fileobj=io.BytesIO(packed)), "a.jsonl.gz"))
