"""What the bot says, in the language of whom it speaks to: Project Fluent catalogues in `bot/locales`.

A catalogue is a folder of `.ftl` files, one a subject; a key that a language lacks is said in English.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource

DEFAULT = "en"
_LOCALES = Path(__file__).parent / "locales"
# Arabic is written from right to left: what is put into a sentence is kept apart from it, so that nothing is turned.
_ISOLATED = {"ar"}

Value = str | int | float


class Words:
    """The bot's words in one language; call it with a key and the values of the message."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._bundles = [_bundle(code), *([_bundle(DEFAULT)] if code != DEFAULT else [])]

    def __call__(self, key: str, **values: Value) -> str:
        """The message `key` with `values` put in.

        Raises:
            KeyError: when no language has the key.
            ValueError: when a value of the message is missing.
        """
        for bundle in self._bundles:
            if bundle.has_message(key) and (pattern := bundle.get_message(key).value):
                text, errors = bundle.format_pattern(pattern, values)
                if errors:
                    raise ValueError(f"{key} in {self.code}: {errors[0]}")
                return str(text)
        raise KeyError(key)

    def date(self, day: datetime) -> str:
        """A day with its month's name, such as "26 January 2020"."""
        # English as in the rest of askwire: the day first.
        return format_date(day, "d MMMM y" if self.code == DEFAULT else "long", locale=self.code)

    def time(self, moment: datetime) -> str:
        """A time of the day, such as "00:00", in the zone it carries."""
        return format_time(moment, "HH:mm", locale=self.code)


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages there is a catalogue for, English first."""
    found = sorted(folder.name for folder in _LOCALES.iterdir() if folder.is_dir())
    return (DEFAULT, *(code for code in found if code != DEFAULT))


@cache
def words_of(code: str | None) -> Words:
    """The words for a language code of Telegram's (IETF, such as "pt-br"); English where there is no catalogue."""
    language = (code or DEFAULT).lower().partition("-")[0]
    return Words(language if language in languages() else DEFAULT)


@cache
def _bundle(code: str) -> FluentBundle:
    bundle = FluentBundle([code], use_isolating=code in _ISOLATED)
    for file in sorted((_LOCALES / code).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle
