"""The menu of /settings: what can be chosen, how the buttons show it, and what a pressed one means. Pure, no I/O.

The data of a button is `set:1:OPTION` to see the choices, `set:1:OPTION:CHOICE` to choose and `set:1:menu` to go back;
1 is the version of this form. It can be forged, so whatever is not on a button of today means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chats import ChatSettings
from bot.digest_times import DAILY, OFF, WEEKDAYS, DigestPlan
from bot.replies import Reply
from bot.retention import article_days
from bot.richtext import Span
from bot.words import Words, languages, words_of

PATTERN = re.compile("set:")
_DATA = re.compile(r"set:1:([a-z]{1,10})(?::([a-z0-9]{1,10}))?")
_MENU = "menu"
_IN_A_ROW = 2
_HOURS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: its name in data and catalogues, its field of ChatSettings, its values by their token.

    A `switch` has two values and is changed by one press. What is `of_digest` is a field of DigestPlan, and one that
    is no `line` of the menu is asked for behind another.
    """

    name: str
    field: str
    values: Mapping[str, Any]
    groups_only: bool = False
    switch: bool = False
    of_digest: bool = False
    line: bool = True


@dataclass(frozen=True, slots=True)
class Press:
    """What a button asks for: the whole menu (no option), the choices of an option, or one of them."""

    option: Option | None = None
    token: str | None = None

    @property
    def change(self) -> dict[str, Any]:
        """The field to set and its value; empty when nothing is chosen."""
        if self.option is None or self.token is None:
            return {}
        return {self.option.field: self.option.values[self.token]}

    @property
    def asks(self) -> Option | None:
        """The option whose choices are shown next; None for the whole menu."""
        if self.token is None:
            return self.option
        return _TIME if self.option is _DIGEST and self.token != OFF else None


_DIGEST = Option("digest", "every", {every: every for every in (OFF, DAILY, *WEEKDAYS)}, of_digest=True)
_TIME = Option("time", "at", {f"{hour:02}00": f"{hour:02}:00" for hour in range(24)}, of_digest=True, line=False)
_OPTIONS = (
    Option("language", "language", {"own": None, **{code: code for code in languages()}}),
    Option("length", "length", {length: length for length in ("short", "normal", "long")}),
    Option("sources", "sources", {"on": True, "off": False}, switch=True),
    Option("adding", "who_adds", {who: who for who in ("everyone", "admins")}, groups_only=True, switch=True),
    Option("articles", "article_days", {"always": 0, **{str(days): days for days in (7, 30, 90, 365)}}),
    Option("talk", "talk", {"on": True, "off": False}, groups_only=True, switch=True),
    Option("keeping", "retention_days", {str(days): days for days in (0, 7, 30, 90)}, groups_only=True),
    _DIGEST,
    _TIME,
)


def options(*, private: bool) -> Sequence[Option]:
    """What can be set in a private chat, or in a group."""
    return [option for option in _OPTIONS if not (private and option.groups_only)]


def parse(data: str, *, private: bool) -> Press | None:
    """What a button's data asks for in such a chat; None when no button of today carries it."""
    match = _DATA.fullmatch(data)
    if match is None:
        return None
    name, token = match.groups()
    if name == _MENU and token is None:
        return Press()
    option = next((option for option in options(private=private) if option.name == name), None)
    if option is None or (option.switch if token is None else token not in option.values):
        return None
    return Press(option, token)


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu in one chat, or in a `topic` of it.

    `default_days` is the deployment's MESSAGE_RETENTION_DAYS, `article_days` its ARTICLE_RETENTION_DAYS, `timezone` its
    TIMEZONE. `digest` is what is wanted in this place.
    """

    settings: ChatSettings
    words: Words
    private: bool
    default_days: int
    article_days: int | None = None
    digest: DigestPlan = field(default_factory=DigestPlan)
    topic: bool = False
    timezone: str = "UTC"

    def reply(self, option: Option | None = None) -> Reply:
        """The whole menu, or the choices of one option."""
        if option is None:
            title = self.words("settings-title-private" if self.private else "settings-title-group")
            rows = [[self._line(one)] for one in options(private=self.private) if one.line]
        else:
            title = self.words(f"settings-ask-{option.name}", zone=self.timezone)
            rows = self._choices(option)
        return Reply.of([Span(title)], InlineKeyboardMarkup(rows))

    def _line(self, option: Option) -> InlineKeyboardButton:
        """An option with what is set; a switch goes to its other value at once."""
        value = self._value(option)
        other = next((token for token, choice in option.values.items() if choice != value), None)
        label = self._label(option, value)
        if option is _DIGEST and value != OFF:
            label = self.words.listed([label, self.digest.at])
        in_topic = option is _DIGEST and self.topic
        return InlineKeyboardButton(
            self.words("settings-digest-topic" if in_topic else f"settings-{option.name}", value=label),
            callback_data=_data(option.name, other if option.switch else None),
        )

    def _choices(self, option: Option) -> list[list[InlineKeyboardButton]]:
        chosen = self._value(option)
        buttons = [
            InlineKeyboardButton(
                f"{'✓ ' if value == chosen else ''}{self._label(option, value)}",
                callback_data=_data(option.name, token),
            )
            for token, value in option.values.items()
        ]
        width = _HOURS_IN_A_ROW if option is _TIME else _IN_A_ROW
        rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
        return [*rows, [InlineKeyboardButton(self.words("settings-back"), callback_data=_data(_MENU))]]

    def _value(self, option: Option) -> Any:
        if option.name == "articles":
            return article_days(self.settings, self.article_days) or 0
        value = getattr(self.digest if option.of_digest else self.settings, option.field)
        return self.default_days if option.name == "keeping" and value is None else value

    def _label(self, option: Option, value: Any) -> str:
        if option.name == "keeping" or (option.name == "articles" and value):
            return self.words("settings-days", count=value)
        if option.name == "language":
            own = f"settings-language-own-{'private' if self.private else 'group'}"
            return words_of(value)("language-name") if value else self.words(own)
        if option is _TIME:
            return str(value)
        if option is _DIGEST and value in WEEKDAYS:
            return self.words("settings-digest-weekly", day=value)
        token = next(token for token, choice in option.values.items() if choice == value)
        return self.words(f"settings-{option.name}-{token}")


def _data(name: str, token: str | None = None) -> str:
    return f"set:1:{name}" if token is None else f"set:1:{name}:{token}"
