"""The command menus."""

from __future__ import annotations

import asyncio
import json

import pytest
import structlog

from bot.commands import NAMES, commands, publish_commands, publish_owner_menu
from bot.words import languages, words_of
from index.news_index import NewsIndex
from tests.bot.harness import Bot, running_bot
from tests.helpers.bot_api.server import FakeBotApi

ENGLISH = words_of("en")


def names(*, private: bool, admin: bool, owner: bool = False) -> list[str]:
    return [command.command for command in commands(ENGLISH, private=private, admin=admin, owner=owner)]


def test_who_sees_what() -> None:
    """A group's members have no commands that change what it has, and /status is the owners' of the bot."""
    everybodys = [name for name in NAMES if name != "status"]
    assert names(private=True, admin=False) == everybodys
    assert names(private=False, admin=True) == everybodys
    assert names(private=False, admin=False) == [
        name for name in everybodys if name not in {"feeds", "remove", "settings"}
    ]
    assert names(private=True, admin=True, owner=True) == list(NAMES)


@pytest.mark.parametrize("code", languages())
def test_every_command_is_described_in_every_language(code: str) -> None:
    """Each description is the language's own and fits into a menu's line."""
    described = commands(words_of(code), private=True, admin=True, owner=True)
    for command, english in zip(described, commands(ENGLISH, private=True, admin=True, owner=True), strict=True):
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


async def test_an_owners_menu_has_status(api: FakeBotApi, news: NewsIndex) -> None:
    """In the private chats of owners alone, in every language, with all that others have."""
    owner, other = api.user("Olga"), api.user("Alice")
    async with running_bot(api, news, admin_user_ids={owner.id, owner.id + 9}) as bot:
        await publish_commands(bot.application)
        menus = {scope: menu for (scope, _), menu in api.state.commands.items() if "status" in str(menu)}
        assert {json.loads(scope).get("chat_id") for scope in menus} == {owner.id, owner.id + 9}
        own = {code: menu for (scope, code), menu in api.state.commands.items() if str(owner.id) in scope}
        assert own.keys() == {"", *languages()} - {"en"}
        for code, menu in own.items():
            assert [command["command"] for command in menu] == list(NAMES)
            assert words_of(code or "en")("commands-status") in str(menu)
        for user, shown in ((owner, True), (other, False)):
            reply = await bot.reply_to(api.say(api.private_chat(user), user, "/help"))
            assert ("/status" in reply.text) is shown


async def test_an_owner_who_never_wrote_gets_the_menu_with_start(api: FakeBotApi, news: NewsIndex) -> None:
    """Telegram sets none for a chat that is not there yet; that is no warning, and /start makes up for it."""
    owner, other = api.user("Olga"), api.user("Alice")
    async with running_bot(api, news, admin_user_ids={owner.id}) as bot:
        with structlog.testing.capture_logs() as logs:
            api.fail(method="setMyCommands", status=400, description="Bad Request: chat not found", times=6)
            await publish_owner_menu(bot.application.bot, owner.id)
        assert [(line["log_level"], line["reason"]) for line in logs] == [("info", "Chat not found")]
        assert api.state.commands == {}
        for user in (other, owner):
            assert api.state.commands == {}
            await bot.reply_to(api.say(api.private_chat(user), user, "/start"))
            await api.settle()
        async with asyncio.timeout(20):
            while len(api.state.commands) < 6:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.02)
        assert {json.loads(scope)["chat_id"] for scope, _ in api.state.commands} == {owner.id}
