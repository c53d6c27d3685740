"""Switching a group's log on and off."""

from __future__ import annotations

import pytest

from bot.chats import ChatSettings
from bot.words import languages, words_of
from tests.bot.group_senders import press_forged, until_handled
from tests.bot.handlers.test_settings import ONLY_ADMINS, opened, pressed, saved
from tests.bot.harness import Bot
from tests.bot.talk import log_of, message, texts_kept

KEEP, KEPT = "Talk is kept for summaries: off", "Talk is kept for summaries: on"


async def test_talk_is_announced_once(bot: Bot) -> None:
    """Who switches it on lets the group read how long talk is kept and how to keep out, in the topic; and once only."""
    alice = bot.api.user("Alice")
    forum = bot.api.supergroup("News room", admins=[alice], forum=True)
    topic = forum.topic("Rain")
    menu = await bot.reply_to(bot.api.say(forum, alice, "/settings", topic=topic))
    assert await pressed(bot, menu, alice, KEEP) == "Saved."
    assert await saved(bot, forum) == ChatSettings(talk=True)
    _, hello = bot.api.replies(forum)
    words = words_of("en")
    assert hello.text == f"{words('talk-hello', count=30)} {words('talk-hello-part')}"
    assert "30 days" in hello.text
    assert hello.topic is topic
    await pressed(bot, menu, alice, KEPT)
    await pressed(bot, menu, alice, KEEP)
    assert await saved(bot, forum) == ChatSettings(talk=True)
    assert bot.api.replies(forum) == [menu, hello]


async def test_a_chats_own_days_are_announced(bot: Bot) -> None:
    """The days are the group's own, in its language; an admin bot has nothing to say of privacy mode."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", admins=[alice], bot_admin=True)
    await bot.application.bot_data.state.chats.save(group.id, ChatSettings("de", retention_days=7))
    menu = await opened(bot, group, alice)
    await pressed(bot, menu, alice, "Gespräche werden für Überblicke behalten: nein")
    _, hello = bot.api.replies(group)
    assert hello.text == words_of("de")("talk-hello", count=7)
    assert "7 Tage" in hello.text


@pytest.mark.parametrize("code", languages())
def test_the_announcement_names_the_ways_out(code: str) -> None:
    """In each language and for any number of days: how to have one's words deleted, and how to keep out."""
    for days in (0, 1, 2, 7, 30, 365):
        told = words_of(code)("talk-hello", count=days)
        assert "/forget" in told
        assert "/optout" in told
        assert len(told) < 400


async def test_switching_off_deletes(bot: Bot) -> None:
    """What was kept of this group's talk goes when its admins want none kept, and they are told so."""
    alice = bot.api.user("Alice")
    group, other = (bot.api.group(title, admins=[alice]) for title in ("News room", "Canteen"))
    state = bot.application.bot_data.state
    for chat in (group, other):
        await state.chats.save(chat.id, ChatSettings(talk=True))
        await log_of(bot).store(chat.id, [message(1)])
    menu = await opened(bot, group, alice)
    assert await pressed(bot, menu, alice, KEPT) == words_of("en")("settings-talk-deleted")
    assert [len(await texts_kept(bot, chat)) for chat in (group, other)] == [0, 1]
    assert KEEP in menu.button_texts


async def test_only_admins_let_talk_be_kept(bot: Bot) -> None:
    """A member's press, and a forged one in a private chat, change nothing, and nothing is announced."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News room", members=[bob], admins=[alice])
    await log_of(bot).store(group.id, [message(1)])
    menu = await opened(bot, group, alice)
    private = await opened(bot, bot.api.private_chat(alice), alice)
    assert await pressed(bot, menu, bob, KEEP) == ONLY_ADMINS
    for user, data, under in ((bob, "set:1:talk:off", menu), (alice, "set:1:talk:on", private)):
        await bot.api.wait_for_answer(press_forged(bot.api, user, data, under))
    await until_handled(bot)
    assert await saved(bot, group) == await saved(bot, private.chat) == ChatSettings()
    assert (bot.api.replies(group), bot.api.replies(private.chat)) == ([menu], [private])
    assert len(await texts_kept(bot, group)) == 1
