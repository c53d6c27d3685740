"""The words in a feed's entry: its title as plain text, its HTML as lines, and whether these are the whole story."""

from __future__ import annotations

import html
import re

from index.sources.textclean import TITLE_LIMIT, normalize_line, normalize_text, shorten

FULL_SUMMARY = 1_000  # characters; hardly any teaser is as long
MIN_CONTENT = 200  # characters; less is no article, whatever element it stands in

_LONGEST_TITLE = 2_000
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|br|cite|code|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section summary table td th tr ul".split()
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg"})

# What feeds put at the end of a text that goes on elsewhere. Six languages of the bot, and French.
_GOES_ON = (
    r"(?:(?:continue|keep) reading|read (?:more|on|the (?:full|whole|rest|entire|complete))|(?:view|see) (?:the )?full"
    r"|full (?:story|article)|weiterlesen|mehr lesen|zum (?:vollständigen )?artikel|lire (?:la suite|plus|l['’]article)"
    r"|(?:leer|lee|ver) (?:más|mas|el artículo)|seguir leyendo|continuar leyendo|(?:baca )?selengkapnya"
    r"|baca (?:juga|lebih)|читать (?:далее|полностью|дальше)|подробнее|اقرأ المزيد|المزيد)"
)
_CUT_OFF = re.compile(
    rf"(?:…|\.\.\.|\(more(?:…|\.\.\.)?\)|\b{_GOES_ON})\W*$|^\W*{_GOES_ON}\b[^\n]{{0,200}}$", re.IGNORECASE
)
# The line that WordPress puts under every entry.
_FOOTER = re.compile(
    r"\b(?:the post|der beitrag|la entrada|l['’]article|запись|сообщение|pos|tulisan|artikel)\b.{0,400}"
    r"\b(?:appeared first on|erschien zuerst auf|(?:se publicó|aparece) primero en|est apparu en premier sur"
    r"|(?:впервые|сначала) появил\w+ (?:на|в)|появил\w+ (?:впервые|сначала) (?:на|в)|pertama kali tampil (?:pada|di)"
    r"|muncul pertama (?:pada|di))\b.{0,200}$",
    re.IGNORECASE,
)


def plain_line(text: str, *, limit: int = TITLE_LIMIT, is_html: bool = True) -> str:
    """One line of plain text, at most `limit` characters, out of what may be escaped once too often.

    Plain text loses only tags that format words, so that "a < b" stays.
    """
    tags = _TAG if is_html else _INLINE_TAG
    line = text[:_LONGEST_TITLE]
    for _ in range(3):  # "&amp;amp;" abounds, more than that does not
        line = tags.sub("", line)
        if not _ENTITY.search(line):
            break
        line, tags = _ENTITY.sub(lambda entity: html.unescape(entity[0]), line), _INLINE_TAG
    return shorten(normalize_line(line), limit)


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, a line for each block; without scripts and the like."""
    if "<" not in markup:
        return _tidy(html.unescape(markup))
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(f"<div>{normalize_text(markup)}</div>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return _tidy(html.unescape(_TAG.sub(" ", markup)))
    if root is None:
        return ""
    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name, begins = element.tag, event == "start"
        unseen += (1 if begins else -1) if name in _UNSEEN else 0
        if name in _BLOCKS:
            pieces.append("\n")
        words = element.text if begins else element.tail
        if words and not unseen:
            pieces.append(words)
    return _tidy("".join(pieces))


def is_whole(text: str, *, from_content: bool) -> bool:
    """Whether an entry's words are the article, and no teaser for it.

    A feed's content element is taken at its word from 200 characters on, a summary from 1,000; neither when its end
    says that it goes on ("…", "Read more").
    """
    text = without_footer(text)
    last = text.rpartition("\n")[2][-400:]
    return len(text) >= (MIN_CONTENT if from_content else FULL_SUMMARY) and not _CUT_OFF.search(last)


def without_footer(text: str) -> str:
    """The text without the line "The post … appeared first on …" at its end."""
    last = max(text.rfind("\n") + 1, len(text) - 700)
    found = _FOOTER.search(text, last)
    return text[: found.start()].rstrip() if found else text


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in normalize_text(text).split("\n"))
    return "\n".join(line for line in lines if line)
