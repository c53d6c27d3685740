"""/forget, /optout and /optin."""

from __future__ import annotations

import pytest

from bot.words import Words, languages, words_of
from tests.bot.group_senders import say_as_chat, until_handled
from tests.bot.handlers.test_talk_log import api as api  # noqa: PLC0414 - a fixture
from tests.bot.harness import Bot
from tests.bot.talk import log_of, say_all, switch_on, texts_kept
from tests.helpers.bot_api.records import Chat, User

WORDS = words_of("en")


async def told(bot: Bot, chat: Chat, user: User, command: str) -> str:
    """What the bot says to a command, and to nobody else."""
    before = len(bot.api.replies(chat))
    text = (await bot.reply_to(bot.api.say(chat, user, command))).text
    await until_handled(bot)
    assert len(bot.api.replies(chat)) == before + 1
    return text


async def two_groups(bot: Bot) -> tuple[User, User, Chat, Chat]:
    """Alice and Bob have said something in each of two groups."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    one, two = bot.api.group("One", members=[alice, bob]), bot.api.supergroup("Two", members=[alice, bob])
    await switch_on(bot, one, two)
    for chat in (one, two):
        await say_all(bot, chat, alice, "Alice 1", "Alice 2")
        await say_all(bot, chat, bob, "Bob")
    return alice, bob, one, two


async def test_forget_in_a_group(bot: Bot) -> None:
    """What the sender wrote in this group goes; the other group's, and other people's, stays; new words are kept."""
    alice, _, one, two = await two_groups(bot)
    assert await told(bot, one, alice, "/forget") == WORDS("privacy-forgotten", count=2)
    assert await texts_kept(bot, one) == ["Bob"]
    assert await texts_kept(bot, two) == ["Alice 1", "Alice 2", "Bob"]
    assert await told(bot, one, alice, "/forget") == WORDS("privacy-forgotten", count=0)
    await say_all(bot, one, alice, "Alice 3")
    assert await texts_kept(bot, one) == ["Bob", "Alice 3"]


async def test_forget_in_private(bot: Bot) -> None:
    """In a private chat it is all that the sender wrote anywhere."""
    alice, _, one, two = await two_groups(bot)
    assert await told(bot, bot.api.private_chat(alice), alice, "/forget") == WORDS("privacy-forgotten", count=4)
    assert [await texts_kept(bot, chat) for chat in (one, two)] == [["Bob"], ["Bob"]]


async def test_opting_out_in_a_group(bot: Bot) -> None:
    """What was kept goes, and nothing more comes in, in this group alone; until it is undone there."""
    alice, _, one, two = await two_groups(bot)
    assert await told(bot, one, alice, "/optout") == WORDS("privacy-out-group")
    for chat in (one, two):
        await say_all(bot, chat, alice, "Alice 3")
    assert await texts_kept(bot, one) == ["Bob"]
    assert await texts_kept(bot, two) == ["Alice 1", "Alice 2", "Bob", "Alice 3"]
    private = bot.api.private_chat(alice)
    assert await told(bot, private, alice, "/optin") == WORDS("privacy-in-private")
    await say_all(bot, one, alice, "still out")
    assert await texts_kept(bot, one) == ["Bob"]
    assert await told(bot, one, alice, "/optin") == WORDS("privacy-in-group")
    await say_all(bot, one, alice, "in again")
    assert await texts_kept(bot, one) == ["Bob", "in again"]


async def test_opting_out_in_private(bot: Bot) -> None:
    """It holds in all groups, also in those that come later; /optin in a group says that it does not undo it."""
    alice, _, one, two = await two_groups(bot)
    private = bot.api.private_chat(alice)
    assert await told(bot, private, alice, "/optout") == WORDS("privacy-out-private")
    later = bot.api.group("Three", members=[alice])
    await switch_on(bot, later)
    assert await told(bot, one, alice, "/optin") == WORDS("privacy-still-out")
    for chat in (one, two, later):
        await say_all(bot, chat, alice, "Alice 3")
    assert [await texts_kept(bot, chat) for chat in (one, two, later)] == [["Bob"], ["Bob"], []]
    assert await told(bot, private, alice, "/optin") == WORDS("privacy-in-private")
    await say_all(bot, one, alice, "in again")
    assert await texts_kept(bot, one) == ["Bob", "in again"]


async def test_in_the_name_of_the_group(bot: Bot) -> None:
    """What an anonymous admin forgets is what was said in the group's name; nobody's own words."""
    _, _, one, two = await two_groups(bot)
    say_as_chat(bot.api, two, "We meet at two")
    await until_handled(bot)
    forgotten = await bot.reply_to(say_as_chat(bot.api, two, "/forget"))
    assert forgotten.text == WORDS("privacy-forgotten", count=1)
    assert await texts_kept(bot, two) == ["Alice 1", "Alice 2", "Bob"]
    assert (await bot.reply_to(say_as_chat(bot.api, two, "/optout"))).text == WORDS("privacy-out-group")
    say_as_chat(bot.api, two, "We meet at three")
    await until_handled(bot)
    assert await texts_kept(bot, two) == ["Alice 1", "Alice 2", "Bob"]
    assert len(await texts_kept(bot, one)) == 3


async def test_without_a_log(bot: Bot) -> None:
    """Opting out works before a group keeps anything, and holds when it begins to."""
    alice = bot.api.user("Alice")
    group = bot.api.group("G", members=[alice])
    assert await told(bot, group, alice, "/optout") == WORDS("privacy-out-group")
    await switch_on(bot, group)
    await say_all(bot, group, alice, "not me")
    assert await log_of(bot).count(group.id) == 0


@pytest.mark.parametrize("words", [words_of(code) for code in languages()], ids=languages())
def test_each_answer_names_the_way_back(words: Words) -> None:
    """Whoever opts out reads how to undo it, in each language."""
    for key in ("privacy-out-group", "privacy-out-private", "privacy-still-out"):
        assert "/optin" in words(key)
