"""A strict parser of Telegram's HTML subset that fails where Telegram fails, with the same words.

Tags: b strong i em u ins s strike del a code pre blockquote tg-spoiler span tg-emoji. Offsets in errors count
bytes of UTF-8, offsets in entities count UTF-16 units. See https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.helpers.bot_api.entities import normal_url, sort_entities, utf16_length, utf16_slice
from tests.helpers.bot_api.errors import Json

_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


class MarkupError(ValueError):
    """The markup is not valid; the text is what Telegram says after "can't parse entities: "."""


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    start: int


def unescape(text: str, position: int) -> tuple[str, int]:
    """The character at `position` with a character reference decoded, and the position behind it."""
    match = _REFERENCE.match(text, position)
    if match:
        if match[3]:
            return _NAMED[match[3]], match.end()
        code = int(match[1], 16) if match[1] else int(match[2])
        if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            return chr(code), match.end()
    return text[position], position + 1


class _Parser:
    """One pass over the markup; `text` and `entities` grow as tags close."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.text = ""
        self.units = 0
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def run(self) -> tuple[str, list[Json]]:
        while self.position < len(self.markup):
            if self.markup[self.position] != "<":
                char, self.position = unescape(self.markup, self.position)
                self.text += char
                self.units += utf16_length(char)
            elif self.markup.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return self.text, sort_entities(self.entities)

    def _offset(self, position: int) -> int:
        return len(self.markup[:position].encode())

    def _peek(self) -> str:
        return self.markup[self.position : self.position + 1]

    def _skip_space(self) -> None:
        match = _SPACE.match(self.markup, self.position)
        self.position = match.end() if match else self.position

    def _until(self, stops: str) -> str:
        start = self.position
        while self._peek() and not self._peek().isspace() and self._peek() not in stops:
            self.position += 1
        return self.markup[start : self.position]

    def _start_tag(self) -> None:
        begin = self._offset(self.position)
        self.position += 1
        tag = self._until(">").lower()
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TYPES:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value, argument)
        self.position += 1
        if tag == "span" and argument != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.stack.append(_Open(tag, argument, self.units))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until("=>").lower()
        if not name:
            if not self._peek():
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._peek() != "=":
            if not self._peek():
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            return name, ""
        self.position += 1
        self._skip_space()
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._literal() if self._peek() in "\"'" else self._name_token()
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def _literal(self) -> str:
        quote, value = self._peek(), ""
        self.position += 1
        while self._peek() not in (quote, ""):
            char, self.position = unescape(self.markup, self.position)
            value += char
        self.position += bool(self._peek())
        return value

    def _name_token(self) -> str:
        start = self.position
        match = _TOKEN.match(self.markup, start)
        self.position = match.end() if match else start
        if not self._peek().isspace() and self._peek() != ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._offset(start)}")
        return self.markup[start : self.position].lower()

    def _end_tag(self) -> None:
        begin = self._offset(self.position)
        if not self.stack:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self.position += 2
        found = self._until(">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        opened = self.stack.pop()
        if found and found != opened.tag:
            raise MarkupError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.units > opened.start:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        length = self.units - opened.start
        entity: Json = {"type": _TYPES[opened.tag], "offset": opened.start, "length": length}
        if opened.tag == "a":
            if not _link(entity, opened.argument or utf16_slice(self.text, opened.start, length)):
                return
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in ("pre", "code"):
            self._add_code(opened, entity)
            return
        self.entities.append(entity)

    def _add_code(self, opened: _Open, entity: Json) -> None:
        """`<pre><code class="language-x">` over the same text is one block with a language."""
        if opened.argument:
            entity["_language"] = opened.argument
        last = self.entities[-1] if self.entities else None
        if last and {last["type"], entity["type"]} == {"pre", "code"} and last["offset"] == entity["offset"]:
            language = last.get("_language") or entity.get("_language")
            if language and last["length"] == entity["length"]:
                self.entities.pop()
                entity = {**entity, "type": "pre", "language": language}
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str, before: str) -> str:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("span", "class")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return before


def _link(entity: Json, target: str) -> bool:
    user = _USER_LINK.match(target)
    if user:
        entity.update(type="text_mention", user={"id": int(user[1]), "is_bot": False, "first_name": "User"})
        return True
    url = normal_url(target)
    entity["url"] = url
    return url is not None


def parse_html(markup: str) -> tuple[str, list[Json]]:
    """Text and entities of a message sent with `parse_mode=HTML`, before white space around it is cut.

    Raises:
        MarkupError: as Telegram refuses it.
    """
    text, entities = _Parser(markup).run()
    for entity in entities:
        entity.pop("_language", None)
    return text, entities
