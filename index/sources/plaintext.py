"""Plain text and Markdown: the first line is the title, the rest the text, exactly as written."""

from __future__ import annotations

import re

from index.errors import UnreadableError
from index.sources.metadata import author_name, language_code, later_update, parse_time, shown_name, web_link
from index.sources.textclean import drop_closing_lines, normalize_line, normalize_text, shorten
from index.types import Article

_LONGEST_TITLE_LINE = 200
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_MATTER_LINE = re.compile(r"([A-Za-z_-]{1,40})[ \t]*:[ \t]*(.*)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*")


def text_article(text: str, name: str, *, markdown: bool = False) -> Article:
    """The article in a plain text, or in Markdown and its front matter.

    The front matter may name `title`, `date`, `updated`, `source`, `author`, `language` and `url`.

    The title line leaves the text, unless it is a sentence, a paragraph (over 200 characters) or all there is. The
    text is otherwise the file's own, normalised, without the web-page lines at its end.

    Raises:
        UnreadableError: nothing is written in it.
    """
    text = normalize_text(text)
    fields: dict[str, str] = {}
    if markdown:
        fields, text = split_front_matter(text)
    if not re.search(r"\w", text) and not re.search(r"\w", fields.get("title", "")):
        raise UnreadableError(f"{shown_name(name)} is empty: there is nothing to read in it.")
    first, body = _split_title(text, markdown=markdown)
    title = normalize_line(fields.get("title", "")) or first
    body = drop_closing_lines((body if title == first else text).strip())
    published = parse_time(fields.get("date") or fields.get("published_at"))
    return Article(
        title=shorten(title) if len(title) > _LONGEST_TITLE_LINE else title,
        text=body or title,
        url=web_link(fields.get("url")),
        source=normalize_line(fields.get("source", "")) or None,
        published_at=published,
        updated_at=later_update(published, parse_time(fields.get("updated") or fields.get("updated_at"))),
        author=author_name(fields.get("author")),
        language=language_code(fields.get("language") or fields.get("lang")),
    )


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` lines at the top, keys in lower case, and the text after them.

    A block with any other kind of line is no front matter; it stays in the text.
    """
    block = _FRONT_MATTER.match(text)
    if not block:
        return {}, text
    fields: dict[str, str] = {}
    for line in block[1].splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "- ")) or line.startswith((" ", "\t")):
            continue
        pair = _FRONT_MATTER_LINE.fullmatch(line.rstrip())
        if not pair:
            return {}, text
        fields[pair[1].lower()] = _unquoted(pair[2])
    return fields, text[block.end() :]


def _split_title(text: str, *, markdown: bool) -> tuple[str, str]:
    """The title that the first line with a word in it gives, and what stays as text."""
    written = re.search(r"^.*\w.*$", text, re.MULTILINE)
    if not written:
        return "", ""
    line = written[0].strip()
    heading = _HEADING.fullmatch(line) if markdown or line.startswith("#") else None
    title = normalize_line(heading[1] if heading else line)
    # A first line that is a sentence belongs to the story: it must stay quotable.
    is_prose = heading is None and (len(title) > _LONGEST_TITLE_LINE or bool(_SENTENCE_END.search(title)))
    return title, text[written.start() :] if is_prose else text[written.end() :]


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
