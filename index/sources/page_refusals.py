"""Pages that are no article, told by what they show: walls, shells, errors, lists. Each reason says what to do.

A check on the text looks at short texts only, or at most of a text, so that an article that speaks of cookies or ends
with an offer to subscribe passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.sources import page_phrases as phrases
from index.sources.page_metadata import PageMetadata
from index.sources.textclean import normalize_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

MIN_CHARACTERS = 200
MIN_WORDS = 30

# Chinese, Japanese and Thai write no spaces: each of their characters counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]|[^\W_]+")
_MESSAGE_WORDS = 120  # errors, logins and bot checks say less than this
_TEASER_WORDS = 300  # a text that ends with an offer to subscribe is whole when it is longer
_NOT_FREE_WORDS = 150  # and one that its publisher sells, without such an offer
_WHOLE_SHARE = 0.7  # of the words that the publisher counts
_END = 500  # characters in which an offer to subscribe stands
_CONSENT_WORDS = 900
_CONSENT_MARKS = 4
_CONSENT_MARKS_SHORT = 2
_VISIBLE = 20_000  # characters
_LIST_LINKS = 8
_LIST_SHARE = 0.35
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
_APP_ROOTS = frozenset("root app __next __nuxt ___gatsby app-root main-app svelte react-root q-app ember-app".split())
_SEND_TEXT = "Copy the article's text and send that instead."
_SEND_LINK = (
    "Send the link of one of them; to read them all, add the site as a feed (in a chat /feeds, on the command line "
    "askwire feeds add)."
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows beside its article.

    `heading` is its `<title>`, `visible` the beginning of all text that a reader sees and `pieces` the same as the page
    parts it, `without_scripts` what it says to readers without them, `links` the texts of its links.
    """

    heading: str = ""
    visible: str = ""
    pieces: tuple[str, ...] = ()
    without_scripts: str = ""
    links: frozenset[str] = frozenset()
    has_password: bool = False
    has_scripts: bool = False
    has_app_root: bool = False
    has_bot_check: bool = False
    is_home: bool = False


def count_words(text: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def page_signs(tree: HtmlElement, url: str | None) -> Signs:
    """The signs in a page's markup; `url` is where it came from."""
    heads = [normalize_line(title.text_content()) for title in tree.iter("title")]
    shown: list[str] = []
    room = _VISIBLE
    for text in _shown_texts(tree):
        shown.append(text)
        room -= len(text)
        if room < 0:
            break
    scripts = [script.get("src") or script.text or "" for script in tree.iter("script")]
    return Signs(
        heading=heads[0] if heads else "",
        visible=" ".join(" ".join(shown).split()),
        pieces=tuple(filter(None, map(normalize_line, shown))),
        without_scripts=" ".join(element.text_content() for element in tree.iter("noscript"))[:_VISIBLE].lower(),
        links=frozenset(normalize_line(link.text_content()[:400]) for link in tree.iter("a")) - {""},
        has_password=any((field.get("type") or "").lower() == "password" for field in tree.iter("input")),
        has_scripts=bool(scripts),
        has_app_root=any((box.get("id") or "").lower() in _APP_ROOTS for box in tree.iter("div", "main", "section")),
        has_bot_check=any(phrases.BOT_CHECK_MARKUP.search(script[:5000].lower()) for script in scripts),
        is_home=url is not None and urlsplit(url).path in ("", "/"),
    )


def refusal(title: str, text: str, signs: Signs, metadata: PageMetadata) -> str | None:
    """Why a page is no article that can be read, in words that follow the site's name; None when it is one.

    Args:
        title: the article's title.
        text: the article's text, as far as one was found.
        signs: what the page shows beside it.
        metadata: what the page says of itself.
    """
    words = count_words(text)
    is_short = len(text) < MIN_CHARACTERS or words < MIN_WORDS or is_advert_form(text)
    if text_refusal := _message_refusal(title, text, words, signs):
        return text_refusal
    if _asks_for_consent(text, words) or (is_short and is_consent(signs.pieces)):
        return f"shows only its question about cookies and privacy, not the article. {_SEND_TEXT}"
    if _is_paywalled(text, words, signs, metadata):
        return f"shows only the beginning of this article without a subscription. {_SEND_TEXT}"
    if not is_short:
        if not metadata.is_article and _is_list(text, signs):
            return f"shows a list of articles here, not a single one. {_SEND_LINK}"
        return None
    return _short_refusal(words, signs)


def text_refusal(title: str, text: str) -> str | None:
    """As `refusal`, for a text without its page."""
    return refusal(title, text, Signs(), PageMetadata())


def is_advert_form(text: str) -> bool:
    """Whether a text is only the form in which some sites ask about their adverts."""
    return "how relevant is this ad to you" in text[:100].lower() and count_words(text) < _MESSAGE_WORDS


def is_consent(pieces: Sequence[str], least: int = _CONSENT_MARKS) -> bool:
    """Whether most of a text, given in sentences or lines, asks for consent to cookies or to the use of personal data.

    Args:
        pieces: the sentences or lines.
        least: how many kinds of marks of such a question there must be.
    """
    lowered = [piece.lower() for piece in pieces]
    if sum(map(count_words, lowered)) > _CONSENT_WORDS:
        return False
    whole = " ".join(lowered)
    marks = [mark for mark in phrases.CONSENT_MARKS if mark.search(whole)]
    if len(marks) < least:
        return False
    asking = sum(len(piece) for piece in lowered if any(mark.search(piece) for mark in marks))
    return 2 * asking >= len(whole)


def _asks_for_consent(text: str, words: int) -> bool:
    if words > _CONSENT_WORDS or len(text) > _VISIBLE:
        return False
    least = _CONSENT_MARKS_SHORT if words < _MESSAGE_WORDS else _CONSENT_MARKS
    return is_consent(re.split(r"\n|(?<=[.!?]) ", text), least)


def _message_refusal(title: str, text: str, words: int, signs: Signs) -> str | None:
    """Of pages that hold a short message to the reader instead of an article."""
    if words >= _MESSAGE_WORDS:
        return None
    titles = [written.lower() for written in (signs.heading, title) if written]
    shown = f"{text}\n{signs.visible}".lower()[:_VISIBLE] if words < MIN_WORDS else text.lower()
    few = count_words(signs.visible) < 2 * _MESSAGE_WORDS
    if (
        (few and words < MIN_WORDS and signs.has_bot_check)
        or any(map(phrases.BOT_CHECK_TITLE.search, titles))
        or (few and phrases.BOT_CHECK.search(shown))
    ):
        return f"first wants to see that its reader is no program, and shows no article. {_SEND_TEXT}"
    if any(map(phrases.ERROR_TITLE.search, titles)) or (few and words < MIN_WORDS and phrases.ERROR_TEXT.search(shown)):
        return "shows an error message instead of an article. Check the link, or try again later."
    return None


def _is_paywalled(text: str, words: int, signs: Signs, metadata: PageMetadata) -> bool:
    if phrases.PAYWALL.search(text[-_END:].lower()) and words < _TEASER_WORDS:
        return True
    offered = bool(phrases.PAYWALL.search(signs.visible.lower()))
    if metadata.is_free is False:
        if metadata.words:
            return words < _WHOLE_SHARE * metadata.words and words < 10 * _TEASER_WORDS
        return words < (_TEASER_WORDS if offered else _NOT_FREE_WORDS)
    return offered and metadata.is_free is None and words < _MESSAGE_WORDS


def _is_list(text: str, signs: Signs) -> bool:
    """Whether much of the text is the texts of links."""
    lines = [normalize_line(line).lstrip("-•* ") for line in text.splitlines() if line.strip()]
    linked = [line for line in lines if line in signs.links]
    if len(linked) < (_LIST_LINKS // 2 if signs.is_home else _LIST_LINKS):
        return False
    return _length(linked) >= _LIST_SHARE * _length(lines)


def _short_refusal(words: int, signs: Signs) -> str:
    shown = signs.visible.lower()
    if signs.has_password or (count_words(shown) < _MESSAGE_WORDS and phrases.LOGIN.search(shown)):
        return f"wants a login before it shows an article. {_SEND_TEXT}"
    asks_for_scripts = phrases.SCRIPTS_NEEDED.search(signs.without_scripts) or phrases.SCRIPTS_NEEDED.search(shown)
    is_empty = signs.has_scripts and count_words(shown) < MIN_WORDS
    if asks_for_scripts or signs.has_app_root or is_empty:
        return f"builds its pages with scripts, which askwire does not run. {_SEND_TEXT}"
    if len(signs.links) > 5 * _LIST_LINKS:
        return f"shows links here, but no article. {_SEND_LINK}"
    counted = "1 word" if words == 1 else f"{words:,} words"
    return f"has too little text here for an article ({counted}). {_SEND_TEXT}"


def _shown_texts(tree: HtmlElement) -> Iterator[str]:
    """The texts outside scripts and such, in order."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    skipped = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start" and skipped is None:
            if element.tag in _HIDDEN:
                skipped = element
            elif element.text:
                yield element.text
        elif event != "start":
            skipped = None if skipped is element else skipped
            if skipped is None and element.tail:
                yield element.tail


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))
