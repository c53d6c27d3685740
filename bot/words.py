"""What the bot says, in the language of whom it speaks to: Project Fluent catalogues in `bot/locales`.

A catalogue is a folder of `.ftl` files, one a subject; a key that a language lacks is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton, format_time
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from bot.richtext import cleaned

DEFAULT = "en"
_LOCALES = Path(__file__).parent / "locales"
# What others wrote is set apart where lines run from right to left, so that neither turns the other's order.
_ISOLATES = {"ar": ("\u2068", "\u2069")}
_COMMAS = {"ar": "، "}
_MARK = re.compile("\ue000(.+?)\ue001")

Value = str | int | float


class Said(str):
    """Text in the bot's own words: what others wrote in it is cleaned and set apart already."""

    __slots__ = ()


class Words:
    """The bot's words in one language; call it with a key and the values of the message."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.isolates = _ISOLATES.get(code, ("", ""))
        self._bundles = [_bundle(code), *([_bundle(DEFAULT)] if code != DEFAULT else [])]

    def __call__(self, key: str, /, **values: Value) -> Said:
        """The message `key` with `values` put in; texts among them may come from anybody.

        Raises:
            KeyError: when no language has the key.
            ValueError: when a value of the message is missing.
        """
        for bundle in self._bundles:
            if bundle.has_message(key) and (pattern := bundle.get_message(key).value):
                given = {name: _Text(name, v) if isinstance(v, str) else v for name, v in values.items()}
                text, errors = bundle.format_pattern(pattern, given)
                if errors:
                    raise ValueError(f"{key} in {self.code}: {errors[0]}")
                return Said(_MARK.sub(lambda mark: self._put_in(values[mark[1]]), str(text)))
        raise KeyError(key)

    def foreign(self, text: str) -> Said:
        """What others wrote, cleaned, and set apart from the words around it where that matters."""
        before, after = self.isolates
        clean = cleaned(text)
        return Said(f"{before}{clean}{after}" if clean else "")

    def listed(self, parts: Iterable[str]) -> Said:
        """Texts behind each other with commas between them; each must be cleaned or the bot's own."""
        return Said(_COMMAS.get(self.code, ", ").join(parts))

    def date(self, day: datetime, *, year: bool = True) -> str:
        """A day with its month's name, such as "26 January 2020", or "26 January" without the year."""
        if self.code == DEFAULT:  # as in the rest of askwire: the day first
            return format_date(day, "d MMMM y" if year else "d MMMM", locale=DEFAULT)
        return format_date(day, "long", locale=self.code) if year else format_skeleton("MMMMd", day, locale=self.code)

    def time(self, moment: datetime) -> str:
        """A time of the day, such as "00:00", in the zone it carries."""
        return format_time(moment, "HH:mm", locale=self.code)

    def _put_in(self, value: Value) -> str:
        return value if isinstance(value, Said) else self.foreign(str(value))


@dataclass(frozen=True, slots=True, eq=False)
class _Text(FluentType):
    """A text among the values. Fluent puts its mark in, as it takes no text over 2,500 characters."""

    name: str
    text: str

    def format(self, locale: object) -> str:  # noqa: ARG002 - as Fluent calls it
        return f"\ue000{self.name}\ue001"

    def __eq__(self, other: object) -> bool:
        """Whether a variant is chosen by this text."""
        return self.text == other

    def __hash__(self) -> int:
        return hash(self.text)


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages there is a catalogue for, English first."""
    found = sorted(folder.name for folder in _LOCALES.iterdir() if folder.is_dir())
    return (DEFAULT, *(code for code in found if code != DEFAULT))


def words_of(code: str | None) -> Words:
    """The words for a language code of Telegram's (IETF, such as "pt-br"); English where there is no catalogue."""
    language = (code or DEFAULT).lower().replace("_", "-").partition("-")[0]
    return _words(language if language in languages() else DEFAULT)


@cache
def _words(code: str) -> Words:
    return Words(code)


@cache
def _bundle(code: str) -> FluentBundle:
    # Words sets apart what needs it, and only that: numbers and the bot's own words don't.
    bundle = FluentBundle([code], use_isolating=False)
    for file in sorted((_LOCALES / code).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle
