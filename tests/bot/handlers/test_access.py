"""Who may use the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handlers.access import is_allowed
from bot.settings import Settings
from index.news_index import NewsIndex
from tests.bot.harness import QUESTION, running_bot
from tests.helpers.bot_api.server import FakeBotApi

ALICE, BOB, GROUP, OTHER = 1, 2, -100, -200
ALLOWED = {
    "nobody is listed": ({}, {ALICE: True, GROUP: True}),
    "empty lists": (
        {"allowed_telegram_user_ids": "", "allowed_telegram_group_ids": ""},
        {ALICE: True, GROUP: True},
    ),
    "one user": ({"allowed_telegram_user_ids": "1"}, {ALICE: True, BOB: False, GROUP: True}),
    "one group": ({"allowed_telegram_group_ids": "-100"}, {ALICE: True, GROUP: True, OTHER: False}),
    "an admin": (
        {"admin_user_ids": "1", "allowed_telegram_user_ids": "9", "allowed_telegram_group_ids": "-9"},
        {ALICE: True, BOB: False, GROUP: True},
    ),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_rules(case: str) -> None:
    """Users, groups and admins are let in as `.env.example` says; in groups here it is Alice who writes."""
    lists, expected = ALLOWED[case]
    settings = Settings.model_validate(lists)
    for chat, allowed in expected.items():
        user = chat if chat > 0 else ALICE
        assert is_allowed(settings, chat, user, private=chat > 0) is allowed


def test_stranger_in_a_group_of_any_kind() -> None:
    """Where all groups are allowed, the list of users decides in them; a listed group is open to its members."""
    anywhere = Settings.model_validate({"allowed_telegram_user_ids": "1"})
    assert not is_allowed(anywhere, GROUP, BOB, private=False)
    listed = Settings.model_validate({"allowed_telegram_user_ids": "1", "allowed_telegram_group_ids": "-100"})
    assert is_allowed(listed, GROUP, BOB, private=False)
    assert is_allowed(listed, GROUP, None, private=False)


async def test_strangers(api: FakeBotApi, news: NewsIndex) -> None:
    """A stranger gets one polite line in private and silence in a group; buttons do nothing for them."""
    alice, bob = api.user("Alice"), api.user("Bob")
    limits: dict[str, Any] = {"allowed_telegram_user_ids": str(alice.id), "allowed_telegram_group_ids": "-1"}
    async with running_bot(api, news, **limits) as bot:
        refused = await bot.reply_to(api.say(api.private_chat(bob), bob, QUESTION))
        assert str(bob.id) in refused.text
        assert "private" in refused.text
        group = api.group("News room", members=[alice, bob])
        api.say(group, bob, f"/ask {QUESTION}")
        assert await bot.said_nothing(group)
        answered = await bot.reply_to(api.say(api.private_chat(alice), alice, QUESTION))
        assert "don't say" in answered.text
