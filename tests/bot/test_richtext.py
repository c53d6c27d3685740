"""Styled text: escaping, cutting, links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.foreign_text import WORD_JOINER
from bot.richtext import Span, cleaned, emphasised, one_line, plain, safe_link, split, to_html, utf16_units
from tests.helpers.bot_api.entities import utf16_length
from tests.helpers.bot_api.markup import parse_html

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]))
SPANS = st.lists(
    st.builds(
        Span,
        ANY_TEXT.map(cleaned),
        st.sampled_from(["", "b", "i"]),
        st.none() | st.just('https://example.org/?a=1&b="<x>"'),
    ),
    max_size=12,
)


def words(text: str) -> str:
    return "".join(text.split())


def seen(text: str) -> str:
    """The text without the signs that end links, and with one kind of brackets."""
    return text.replace(WORD_JOINER, "").replace("[", "(").replace("]", ")")


@given(SPANS, st.integers(2, 60))
def test_any_text_survives_the_cut(spans: list[Span], limit: int) -> None:
    """Whatever the text, each message fits, is well formed, and nothing but white space is lost between them."""
    messages = split(spans, limit)
    assert all(0 < utf16_length(plain(message)) <= limit for message in messages)
    assert words("".join(plain(message) for message in messages)) == words(plain(spans))
    for message in messages:
        assert parse_html(to_html(message))[0] == plain(message)


@given(ANY_TEXT)
def test_cleaned_text_can_be_sent(text: str) -> None:
    """Cleaned text is valid UTF-8 without control characters, and cleaning it again changes nothing."""
    result = cleaned(text)
    result.encode()
    assert not any(ord(c) < 32 and c not in "\n\t" for c in result)
    assert cleaned(result) == result
    assert utf16_units(result) == utf16_length(result)


@pytest.mark.parametrize("disguise", ["\u202e", "\u2066", "\x00", "\x1b", "\x85", "\ud800"])
def test_disguises_go(disguise: str) -> None:
    """Characters that break or turn around other text are dropped; the letters stay."""
    assert one_line(f"a{disguise}b \r\n c") == "ab c"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One.\n\nTwo and three.", "One."),
        ("First line\nsecond line", "First line"),
        ("Alpha beta. Gamma delta epsilon", "Alpha beta."),
        ("Alpha beta gamma delta", "Alpha beta gamma"),
        ("x" * 30, "x" * 18),
        ("😀" * 20, "😀" * 9),
    ],
)
def test_where_it_is_cut(text: str, first: str) -> None:
    """A cut prefers a paragraph's end, then a line's, a sentence's, a word's, and splits no surrogate pair."""
    assert plain(split([Span(text)], 18)[0]) == first


@given(ANY_TEXT, st.data())
def test_emphasis_changes_no_word(text: str, data: st.DataObject) -> None:
    """Whatever is bold, the words are those of the line, and the bold ones are those of the stretch."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = emphasised(text, (start, end))
    assert plain(spans) == one_line(text)
    assert seen("".join(span.text for span in spans if span.style)) == seen(one_line(text[start:end]))
    assert plain(emphasised(text, None)) == one_line(text)


def test_offsets_of_emphasis_are_utf16_units() -> None:
    """Letters beyond the basic plane count twice for Telegram, once in an article."""
    text = "😀 Three 😀 rockets"
    _, entities = parse_html(to_html(emphasised(text, (text.index("Three"), text.index("Three") + 7))))
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [("bold", 3, 8)]


def test_style_goes_on_in_the_next_message() -> None:
    """A style or link that is cut is closed in one message and opened again in the next."""
    parts = split([Span("one two three four", "b", "https://example.org/")], 10)
    assert [to_html(part) for part in parts] == [
        '<b><a href="https://example.org/">one two</a></b>',
        '<b><a href="https://example.org/">three four</a></b>',
    ]


@pytest.mark.parametrize("url", ["https://example.org/a?b=c&d", "http://пример.испытание/", "https://[::1]/"])
def test_web_links_are_links(url: str) -> None:
    """An http or https address is linked as it is."""
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "tg://user?id=1",
        "file:///etc/passwd",
        "https://",
        "//example.org",
        "https://a b",
        "https://a\nb",
        "https://[::1",
        "https://bank.example@evil.example/",
        "https://a\u2028b",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_other_links_are_not(url: str | None) -> None:
    """Anything but a plain web address of reasonable length is no link."""
    assert safe_link(url) is None
