"""What others wrote: none of it works as a link, and none of it cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.foreign_text import WORD_JOINER, unlinked, unmarked
from bot.richtext import cleaned, cleaned_pieces, emphasised, one_line, plain
from tests.injection.clickable import clickable

LINKS = [
    "https://evil.example/win?u=1",
    "HTTP://EVIL.COM",
    "http://evil.4chan",
    "ftp://evil.example",
    "www.evil.org/x",
    "evil.com",
    "evil.co.uk.",
    "зло.рф",
    "भारत.भारत",
    "xn--80ak6aa92e.com",
    "203.0.114.7/x:80",
    "tg://resolve?domain=evil_bot",
    "ton://transfer/EQ",
    "t.me/evil_bot",
    "win@evil.example",
    "mailto:win@evil.example",
    "user:word@evil.example/x",
    "@evil_bot",
    "“@evil_bot”",
    "/forget",
    "(/start@evil_bot)",
    "e\u0301/forget",
    "#evil",
    "#злой",
    "$EVIL",
    "$1INCH",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "6011000990139424",
    "It ended.One died.",
]
# What Telegram would bring together again.
DISGUISED = [
    "evil.\u0333com",
    "@\u033fevil_bot",
    "/\u030aforget",
    "evil.\x00com",
    "@\u202eevil_bot",
    "evil\u2028.com",
    "evil.\u200e\u200ecom",
    "#\u200e\u200eevil",
    "h\u202att\u202aps://evil.com",
]
ORDINARY = [
    "U.S. troops, e.g. 5,200, left at 3.5 p.m.",
    "24/7 and/or he/she",
    "No. 5 costs $5 or US$ 3.50",
    "J. R. R. Tolkien, Ph.D., met D.C. mayors.",
    "AC/DC played – 1,000 came … “Yes.” (No.)",
    "Version 2.5 of 12.03.2024 at 12:30",
]
SIGNS = st.text(st.sampled_from("ab1. @/#$:-_x\u0333\u200e\u2060\u2028м9 ") | st.characters(), max_size=24)


@pytest.mark.parametrize("link", [*LINKS, *DISGUISED])
def test_no_link_is_left(link: str) -> None:
    """Nothing in it can be pressed, and but for what nobody sees it reads the same."""
    assert clickable(link) or link in DISGUISED
    shown = cleaned(f"Go to {link} now.")
    assert clickable(shown) == []
    assert "".join(filter(str.isprintable, shown)) == "".join(
        filter(str.isprintable, cleaned(f"Go to {link} now.", own=True))
    )


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Abbreviations, numbers, prices and times get no sign that they did not have."""
    assert cleaned(text) == text


@given(st.lists(SIGNS, max_size=4))
def test_no_text_in_pieces_makes_a_link(pieces: list[str]) -> None:
    """Whatever stands in pieces of a text, together they hold none; and unlinking twice is unlinking once."""
    shown = cleaned_pieces(pieces)
    assert clickable("".join(shown)) == []
    assert unlinked(shown) == shown
    assert len(shown) == len(pieces)


@given(st.sampled_from([*LINKS, *DISGUISED]), st.data())
def test_emphasis_makes_no_link(link: str, data: st.DataObject) -> None:
    """Nor does one come to life where the answering words begin or end within it."""
    start = data.draw(st.integers(0, len(link) - 1))
    end = data.draw(st.integers(start + 1, len(link)))
    assert clickable(plain(emphasised(link, (start, end)))) == []


def test_the_bots_own_words_keep_their_links() -> None:
    """Its commands can be pressed."""
    assert cleaned("Send /help or ask @askwire_bot", own=True) == "Send /help or ask @askwire_bot"


def test_marks_of_others_cite_nothing() -> None:
    """Only the bot writes "[2]"; other brackets stay, also when the answering words are within the mark."""
    assert one_line("Sold [1][2] and [99], [1234] [a] [2 ]") == "Sold (1)(2) and (99), [1234] [a] [2 ]"
    assert plain(emphasised("Sold [12].", (6, 8))) == "Sold (12)."
    assert unmarked(["a [", "1", "]"]) == ["a (", "1", ")"]


def test_a_joiner_is_all_that_is_added() -> None:
    """It stands behind the sign that makes the link."""
    assert unlinked(["@evil_bot ", "/x"]) == [f"@{WORD_JOINER}evil_bot ", f"/{WORD_JOINER}x"]
