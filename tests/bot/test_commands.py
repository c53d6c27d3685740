"""The command menus."""

from __future__ import annotations

import json

import pytest
import structlog

from bot.commands import NAMES, commands, publish_commands
from bot.words import languages, words_of
from tests.bot.harness import Bot

ENGLISH = words_of("en")


def names(*, private: bool, admin: bool) -> list[str]:
    return [command.command for command in commands(ENGLISH, private=private, admin=admin)]


def test_who_sees_what() -> None:
    """A private chat has all commands, a group all but those that change what it has, which are its admins'."""
    assert names(private=True, admin=False) == list(NAMES)
    assert names(private=False, admin=True) == list(NAMES)
    assert names(private=False, admin=False) == [name for name in NAMES if name not in {"feeds", "remove", "settings"}]


@pytest.mark.parametrize("code", languages())
def test_every_command_is_described_in_every_language(code: str) -> None:
    """Each description is the language's own and fits into a menu's line."""
    described = commands(words_of(code), private=True, admin=True)
    for command, english in zip(described, commands(ENGLISH, private=True, admin=True), strict=True):
        assert 1 <= len(command.description) <= 256
        assert code == "en" or command.description != english.description


async def test_menus_are_published(bot: Bot) -> None:
    """Each kind of chat gets its menu in each language; English is for all other languages too."""
    await publish_commands(bot.application)
    menus = bot.api.state.commands
    codes = {"", *languages()} - {"en"}
    kinds = {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    assert {(json.loads(scope)["type"], code) for scope, code in menus} == {(k, c) for k in kinds for c in codes}
    for (scope, code), menu in menus.items():
        shown = [command["command"] for command in menu]
        assert ("settings" in shown) is (json.loads(scope)["type"] != "all_group_chats")
        assert menu[0]["description"] == words_of(code or "en")("commands-ask")


async def test_a_refused_menu_is_only_logged(bot: Bot) -> None:
    """When Telegram takes some menus and refuses others, the bot goes on and the log says so in one line."""
    bot.api.fail(method="setMyCommands", status=400, description="Bad Request: no", times=2)
    with structlog.testing.capture_logs() as logs:
        await publish_commands(bot.application)
    [line] = [entry for entry in logs if entry["log_level"] == "warning"]
    assert (line["failed"], line["of"], line["reason"]) == (2, 18, "No")
    assert len(bot.api.state.commands) == 16
