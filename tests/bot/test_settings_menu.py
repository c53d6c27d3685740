"""The menu of /settings, without Telegram."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton

from bot.chats import ChatSettings
from bot.digest_times import OFF, DigestPlan, due_digest
from bot.settings_menu import Menu, Press, options, parse
from bot.words import languages, words_of


def buttons(
    settings: ChatSettings | None = None, code: str = "en", *, private: bool = False, opened: str | None = None
) -> list[InlineKeyboardButton]:
    """The buttons of the menu, or of one opened line."""
    menu = Menu(settings or ChatSettings(), words_of(code), private, default_days=30)
    option = next((option for option in options(private=private) if option.name == opened), None)
    markup = menu.reply(option).buttons
    assert markup is not None
    return [button for row in markup.inline_keyboard for button in row]


def labels(
    settings: ChatSettings | None = None, code: str = "en", *, private: bool = False, opened: str | None = None
) -> list[str]:
    return [button.text for button in buttons(settings, code, private=private, opened=opened)]


def test_the_menu_of_a_group() -> None:
    """Each line shows what is set: first the defaults, among them the deployment's retention."""
    assert labels() == [
        "Language: as in each person's Telegram",
        "Answers: normal",
        "Sources under answers: on",
        "Articles are added by: everyone",
        "Articles are kept: always",
        "Talk is kept for summaries: off",
        "Kept after I leave: 30 days",
        "Digest: off",
    ]
    chosen = ChatSettings("de", "short", False, "admins", 0, article_days=7, talk=True)
    assert labels(chosen) == [
        "Language: Deutsch",
        "Answers: short",
        "Sources under answers: off",
        "Articles are added by: admins only",
        "Articles are kept: 7 days",
        "Talk is kept for summaries: on",
        "Kept after I leave: not at all",
        "Digest: off",
    ]


def test_the_menu_of_a_private_chat() -> None:
    """A person is not asked what only groups need."""
    assert labels(private=True) == [
        "Language: as in Telegram",
        "Answers: normal",
        "Sources under answers: on",
        "Articles are kept: always",
        "Digest: off",
    ]


def test_the_choices_of_a_line() -> None:
    """The choice that is set is marked, in its own language each, and a way leads back."""
    assert labels(ChatSettings("ru"), opened="language") == [
        "as in each person's Telegram",
        "English",
        "العربية",
        "Deutsch",
        "Español",
        "Bahasa Indonesia",
        "✓ Русский",
        "‹ Back",
    ]
    assert labels(opened="keeping") == ["not at all", "7 days", "✓ 30 days", "90 days", "‹ Back"]


def test_how_long_articles_are_kept() -> None:
    """The deployment's days are what a chat has until it chooses less; more is not shown, as it is not given."""

    def line(chosen: int | None, limit: int | None) -> str:
        menu = Menu(ChatSettings(article_days=chosen), words_of("en"), True, 30, limit)
        markup = menu.reply().buttons
        assert markup is not None
        return next(row[0].text for row in markup.inline_keyboard if "kept" in row[0].text)

    shown = [line(chosen, limit) for chosen, limit in ((None, 90), (7, 90), (365, 90), (0, 90), (30, None), (0, None))]
    assert [text.rpartition(": ")[2] for text in shown] == [
        "90 days",
        "7 days",
        "90 days",
        "90 days",
        "30 days",
        "always",
    ]


def test_a_retention_that_is_not_offered() -> None:
    """A deployment's own number of days is shown, and no choice is marked."""
    menu = Menu(ChatSettings(), words_of("en"), private=False, default_days=14)
    markup = menu.reply().buttons
    assert markup is not None
    assert "Kept after I leave: 14 days" in [row[0].text for row in markup.inline_keyboard]
    keeping = menu.reply(next(one for one in options(private=False) if one.name == "keeping")).buttons
    assert keeping is not None
    assert not any("✓" in button.text for row in keeping.inline_keyboard for button in row)


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("private", [True, False])
def test_every_button_can_be_read_back(code: str, private: bool) -> None:
    """In every language each button fits into Telegram's 64 bytes, has words of its own, and means what it shows."""
    names = [None, *(option.name for option in options(private=private) if not option.switch)]
    assert {"digest", "time"} < set(names)
    for name in names:
        shown = buttons(code=code, private=private, opened=name)
        assert len({button.text for button in shown}) == len(shown)
        for button in shown:
            data = str(button.callback_data)
            assert len(data.encode()) <= 64
            press = parse(data, private=private)
            assert press is not None
            if name and button is not shown[-1]:
                assert press.option is not None
                assert press.option.name == name
                assert len(press.change) == 1


def test_a_switch_names_its_value() -> None:
    """A switch says what it switches to, so that two presses at once don't undo each other."""
    [off] = [button for button in buttons() if "Sources" in button.text]
    press = parse(str(off.callback_data), private=False)
    assert press is not None
    assert press.change == {"sources": False}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "set:",
        "set:1",
        "set:1:",
        "set:2:menu",
        "set:1:menu:on",
        "set:1:nothing",
        "set:1:language:",
        "set:1:language:fr",
        "set:1:language:DE",
        "set:1:language:de:de",
        "set:1:language:de\n",
        " set:1:language:de",
        "set:1:length:endless",
        "set:1:sources",
        "set:1:sources:maybe",
        "set:1:keeping:-1",
        "set:1:keeping:36500",
        "set:1:digest:0700",
        "set:1:digest:weekly",
        "set:1:time:0701",
        "set:1:time:2400",
        "set:1:time:off",
        "set:1:who_adds:admins",
        "set:1:talk",
        "set:1:talk:always",
        "set:1:language:de;-100123",
    ],
)
def test_forged_data_means_nothing(data: str) -> None:
    """Data that stands on no button of today is refused."""
    assert parse(data, private=False) is None


@pytest.mark.parametrize("data", ["set:1:adding:admins", "set:1:keeping", "set:1:keeping:0", "set:1:talk:on"])
def test_what_only_groups_have(data: str) -> None:
    """A button of a group's menu means nothing in a private chat."""
    assert parse(data, private=False) is not None
    assert parse(data, private=True) is None


@given(st.text() | st.text("set:1lanugekipdo0379", max_size=30).map("set:1:".__add__), st.booleans())
def test_no_data_breaks_the_parser(data: str, private: bool) -> None:
    """Any text is refused or means a press whose change is valid."""
    press = parse(data, private=private)
    if press is not None and press.option is not None:
        (DigestPlan if press.option.of_digest else ChatSettings)(**press.change)


def digest_labels(plan: DigestPlan, code: str = "en", *, topic: bool = False, opened: str | None = None) -> list[str]:
    """The buttons of a menu with this plan, or of one opened line."""
    menu = Menu(ChatSettings(), words_of(code), False, 30, digest=plan, topic=topic, timezone="Europe/Berlin")
    markup = menu.reply(next((one for one in options(private=False) if one.name == opened), None)).buttons
    assert markup is not None
    return [button.text for row in markup.inline_keyboard for button in row]


@pytest.mark.parametrize(
    ("plan", "topic", "code", "line"),
    [
        (DigestPlan(), False, "en", "Digest: off"),
        (DigestPlan("off", "20:00"), True, "en", "Digest in this topic: off"),
        (DigestPlan("daily", "07:00"), False, "en", "Digest: daily, 07:00"),
        (DigestPlan("mon", "07:00"), True, "en", "Digest in this topic: Mondays, 07:00"),
        (DigestPlan("wed", "20:00"), False, "de", "Überblick: mittwochs, 20:00"),
        (DigestPlan("wed", "20:00"), False, "ru", "Обзор: по средам, 20:00"),
        (DigestPlan("fri", "20:00"), False, "ar", "الملخص: كل يوم جمعة، 20:00"),
    ],
)
def test_the_line_of_the_digest(plan: DigestPlan, topic: bool, code: str, line: str) -> None:
    """The line says how often and when, and in a topic that it is the topic's."""
    assert digest_labels(plan, code, topic=topic)[-1] == line


def test_the_choices_of_a_digest() -> None:
    """Off, daily, or one of the days of the week; then one of the day's hours, in the deployment's zone."""
    plan = DigestPlan("sun", "18:00")
    days = "off daily Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays".split()
    assert digest_labels(plan, opened="digest") == [*days, "✓ Sundays", "‹ Back"]
    hours = digest_labels(plan, opened="time")
    assert len(hours) == 25
    assert (hours[0], hours[18], hours[23]) == ("00:00", "✓ 18:00", "23:00")
    menu = Menu(ChatSettings(), words_of("en"), False, 30, digest=plan, timezone="Europe/Berlin")
    asked = menu.reply(next(one for one in options(private=False) if one.name == "time"))
    assert "Europe/Berlin" in asked.parts[0].plain


def test_a_digest_is_asked_for_in_two_steps() -> None:
    """Behind how often comes at what time, and behind off or the time the whole menu."""

    def next_asked(data: str) -> str | None:
        press = parse(data, private=True)
        assert press is not None
        return press.asks.name if press.asks else None

    asked = [
        next_asked(f"set:1:{data}") for data in ("digest", "digest:daily", "digest:fri", "digest:off", "time:0800")
    ]
    assert asked == ["digest", "time", "time", None, None]


def test_every_choice_of_a_digest_can_be_due() -> None:
    """Each day and hour that can be chosen is one that comes."""
    [every, at] = [one for one in options(private=True) if one.of_digest]
    week = [datetime(2026, 5, 4, tzinfo=UTC) + timedelta(hours=hour) for hour in range(7 * 24)]
    for how_often in every.values.values():
        for hour in at.values.values():
            plan = DigestPlan(how_often, hour)
            assert any(due_digest(plan, now, "UTC") for now in week) == (how_often != OFF)


def test_the_way_back() -> None:
    """The last button under the choices shows the whole menu and changes nothing."""
    press = parse(str(buttons(opened="length")[-1].callback_data), private=False)
    assert press == Press()
    assert press.change == {}
