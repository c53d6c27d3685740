"""Dates become UTC or None, links are web links or None, names are safe to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.metadata import (
    author_name,
    language_code,
    later_update,
    parse_time,
    shown_name,
    site_name,
    web_link,
)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2020-01-26", datetime(2020, 1, 26, tzinfo=UTC)),
        ("2020-01-26T19:30:00Z", datetime(2020, 1, 26, 19, 30, tzinfo=UTC)),
        ("2020-01-26T19:30:00+03:00", datetime(2020, 1, 26, 16, 30, tzinfo=UTC)),
        ("2020-01-26T19:30:00+0300", datetime(2020, 1, 26, 16, 30, tzinfo=UTC)),
        ("2020-01-26 19:30", datetime(2020, 1, 26, 19, 30, tzinfo=UTC)),
        ("Sun, 26 Jan 2020 19:30:00 +0300", datetime(2020, 1, 26, 16, 30, tzinfo=UTC)),
        ("Sun, 26 Jan 2020 19:30:00 GMT", datetime(2020, 1, 26, 19, 30, tzinfo=UTC)),
        ("January 26, 2020", datetime(2020, 1, 26, tzinfo=UTC)),
        ("26 January 2020", datetime(2020, 1, 26, tzinfo=UTC)),
        ("Jan 26, 2020", datetime(2020, 1, 26, tzinfo=UTC)),
        (" 20200126 ", datetime(2020, 1, 26, tzinfo=UTC)),
        ("2020/01/26", datetime(2020, 1, 26, tzinfo=UTC)),
        (datetime(2020, 1, 26, 12), datetime(2020, 1, 26, 12, tzinfo=UTC)),  # noqa: DTZ001 - a zone is to be added
        (
            datetime(2020, 1, 26, 1, tzinfo=timezone(timedelta(hours=3))),
            datetime(2020, 1, 25, 22, tzinfo=UTC),
        ),
    ],
)
def test_dates_are_read_to_utc(written: object, moment: datetime) -> None:
    """ISO 8601, RFC 2822 and written months are understood; no zone means UTC."""
    parsed = parse_time(written)
    assert parsed == moment
    assert parsed is not None
    assert parsed.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "03/04/2020", "2020-13-40", "26", "January", None, 1580067000, True, [], "x" * 5000,
     "0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"],
)  # fmt: skip
def test_what_is_no_certain_date_is_none(written: object) -> None:
    """A guess would be a wrong date in an answer."""
    assert parse_time(written) is None


@given(st.text())
def test_no_text_breaks_the_date_reader(text: str) -> None:
    """Whatever stands there gives an aware time or None."""
    parsed = parse_time(text)
    assert parsed is None or parsed.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "link",
    ["https://example.com/a?b=c#d", "http://example.com", "HTTPS://bücher.example/ä", " https://a.b/ "],
)
def test_web_links_are_kept(link: str) -> None:
    """An ordinary link stays as written, without space around it."""
    assert web_link(link) == link.strip()


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://a.b/", "tg://user?id=1", "https://", "https:///a", "https://u:p@a.b/",
     "https://a b/", 'https://a.b/"><script>', "https://a.b\\c", "a.b/c", "", None, 5, "https://[::1",
     "https://a.b/" + "x" * 3000],
)  # fmt: skip
def test_other_links_are_dropped(link: object) -> None:
    """Nothing that could not be opened safely by a reader becomes an article's link."""
    assert web_link(link) is None


def test_a_site_goes_by_its_host() -> None:
    """The host without www names the publisher when nothing else does."""
    assert site_name("https://www.news.example/a") == "news.example"
    assert site_name(None) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.txt", "a.txt"),
        ("a\n\u202etxt.exe", "a txt.exe"),
        ("", "the file"),
        ("..", "the file"),
        ("x" * 300, "x" * 79 + "…"),
    ],
)
def test_a_name_is_shown_by_its_last_part(name: str, shown: str) -> None:
    """Messages never show a path, a line break or a text-direction trick."""
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("tag", "text", "code"),
    [
        ("en", "", "en"),
        (" EN_us ", "Hello", "en"),
        ("zh-Hans", "星期日", "zh"),
        ("deu", "Größe", "de"),
        ("in", "Halo", "id"),
        ("sr", "Zdravo", "sr"),
        ("sr", "Здраво", "sr"),
        ("en", "Привет", None),
        ("ru", "Hello", None),
        ("en", "2020 – 100 %", "en"),
        ("xyz", "", None),
        ("x-default", "", None),
        ("english", "", None),
        (None, "", None),
        (7, "", None),
    ],
)
def test_a_language_tag_gives_its_code_when_the_letters_fit(tag: object, text: str, code: str | None) -> None:
    """Region and script go, old and three-letter codes are turned, and a Russian text is not English."""
    assert language_code(tag, text) == code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Jane Doe; John Roe;Jane Doe", "Jane Doe, John Roe"),
        ("BY Jane\n Doe", "Jane Doe"),
        ({"@type": "Person", "name": "Jane Doe"}, "Jane Doe"),
        (["Jane Doe", {"name": "John Roe"}, 7, None], "Jane Doe, John Roe"),
        ("Reuters", "Reuters"),
        ("jane@daily.example", None),
        ("https://daily.example/jane", None),
        ("daily.example", None),
        ("Administrator", None),
        ("\u202e", None),
        ("<a>Jane</a>", None),
        ("x" * 200, None),
        ("", None),
        (None, None),
        ({"name": {"name": "x"}}, None),
    ],
)
def test_an_author_is_a_name(written: object, name: str | None) -> None:
    """From a text, an object or a list; links, addresses and placeholders are nobody."""
    assert author_name(written) == name


def test_an_author_of_many_names_is_cut() -> None:
    """A hundred names are no line to show."""
    name = author_name([f"Jane Doe {number}" for number in range(100)])
    assert name is not None
    assert len(name) <= 120


def test_a_later_change_needs_a_time_of_publishing_before_it() -> None:
    """Within five minutes it is part of publishing; in the future or without the other time it is nothing."""
    first = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
    assert later_update(first, first + timedelta(minutes=6)) == first + timedelta(minutes=6)
    assert later_update(first, first + timedelta(minutes=5)) is None
    assert later_update(first, first - timedelta(days=1)) is None
    assert later_update(first, datetime.now(UTC) + timedelta(days=2)) is None
    assert later_update(None, first) is None
    assert later_update(first, None) is None
