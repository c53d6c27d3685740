"""Who may add articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telegram.constants import ChatID

from bot.chats import ChatSettings
from bot.context import AskContext
from bot.incoming import Incoming, Origin, Place
from bot.rights import is_admin, may_add
from tests.bot.harness import Bot


def adding(bot: Bot, chat_id: int, user_id: int | None, *, private: bool = False) -> Incoming:
    """A message that adds something."""
    return Incoming(
        place=Place(chat_id),
        private=private,
        user_id=user_id,
        text="",
        question="",
        command="add",
        foreign=False,
        mentioned=False,
        answers_me=False,
        author=Origin(),
        origin=None,
        attachment=None,
        links=(),
        reply=None,
    )


def context_of(bot: Bot, settings: ChatSettings) -> AskContext:
    context = AskContext(bot.application)
    context.chat_settings = settings
    return context


@pytest.mark.parametrize("status", ["creator", "administrator", "member", "restricted", "left", "kicked"])
async def test_admins_are_the_owner_and_the_administrators(bot: Bot, status: str) -> None:
    """No other status decides for a group, and no admin of another group does."""
    alice = bot.api.user("Alice")
    group, other = bot.api.group("News room"), bot.api.group("Canteen", admins=[alice])
    group.statuses[alice.id] = status
    context = context_of(bot, ChatSettings())
    if status != "restricted":  # the server has no such member's rights
        assert await is_admin(group.id, alice.id, context) is (status in {"creator", "administrator"})
    assert await is_admin(other.id, alice.id, context)


async def test_everyone_may_add_unless_the_chat_says_otherwise(bot: Bot) -> None:
    """With "everyone" nobody is looked up; with "admins" a member is refused and an admin is not."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News room", members=[bob], admins=[alice])
    everyone, admins = context_of(bot, ChatSettings()), context_of(bot, ChatSettings(who_adds="admins"))
    assert await may_add(adding(bot, group.id, bob.id), everyone)
    assert bot.api.calls("getChatMember") == []
    assert not await may_add(adding(bot, group.id, bob.id), admins)
    assert await may_add(adding(bot, group.id, alice.id), admins)


async def test_who_shows_as_a_chat(bot: Bot) -> None:
    """An admin who writes as the group may add; a channel, or a sender that Telegram doesn't name, may not."""
    group = bot.api.group("News room")
    admins = context_of(bot, ChatSettings(who_adds="admins"))
    assert await may_add(adding(bot, group.id, ChatID.ANONYMOUS_ADMIN), admins)
    for nobody in (ChatID.FAKE_CHANNEL, None):
        assert not await may_add(adding(bot, group.id, nobody), admins)


async def test_in_private_everybody_may_add(bot: Bot) -> None:
    """A private chat is its person's own, whatever its settings say."""
    alice = bot.api.user("Alice")
    incoming = adding(bot, bot.api.private_chat(alice).id, alice.id, private=True)
    assert await may_add(incoming, context_of(bot, ChatSettings(who_adds="admins")))
    assert not await may_add(replace(incoming, private=False), context_of(bot, ChatSettings(who_adds="admins")))
