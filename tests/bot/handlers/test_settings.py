"""/settings in private chats and groups."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chats import ChatSettings
from bot.digest_times import DigestPlan
from bot.words import words_of
from index.news_index import NewsIndex
from tests.bot.group_senders import press_forged, say_as_chat, until_handled
from tests.bot.harness import Bot, running_bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

ONLY_ADMINS = words_of("en")("settings-admins-only")
OUTDATED = words_of("en")("settings-outdated")


async def saved(bot: Bot, chat: Chat) -> ChatSettings:
    return await bot.application.bot_data.state.chats.settings(chat.id)


async def opened(bot: Bot, chat: Chat, user: User) -> Message:
    """The menu that /settings shows."""
    return await bot.reply_to(bot.api.say(chat, user, "/settings"))


async def pressed(bot: Bot, menu: Message, user: User, button: str) -> str | None:
    """Presses a button and returns what is said in passing, once the menu is as it stays."""
    answer = await bot.api.wait_for_answer(bot.api.press(menu, user, button))
    await until_handled(bot)
    return answer.get("text")


async def test_the_menu_changes_in_place(bot: Bot) -> None:
    """A line opens its choices, one of them is kept and leads back; all in one message, and in the new language."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    menu = await opened(bot, chat, alice)
    assert menu.button_texts == [
        "Language: as in Telegram",
        "Answers: normal",
        "Sources under answers: on",
        "Articles are kept: always",
        "Digest: off",
    ]
    assert await pressed(bot, menu, alice, "Language: as in Telegram") is None
    assert "Deutsch" in menu.button_texts
    assert await pressed(bot, menu, alice, "Deutsch") == "Gespeichert."
    assert menu.text == words_of("de")("settings-title-private")
    assert menu.button_texts == [
        "Sprache: Deutsch",
        "Antworten: normal",
        "Quellen unter Antworten: an",
        "Artikel bleiben: immer",
        "Überblick: aus",
    ]
    assert await saved(bot, chat) == ChatSettings("de")
    assert bot.api.replies(chat) == [menu]
    assert (await opened(bot, chat, alice)).text == menu.text


async def test_a_switch_and_the_way_back(bot: Bot) -> None:
    """A switch is set by one press, and a line that was opened by mistake changes nothing."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    menu = await opened(bot, chat, alice)
    assert await pressed(bot, menu, alice, "Sources under answers: on") == "Saved."
    await pressed(bot, menu, alice, "Answers: normal")
    await pressed(bot, menu, alice, "‹ Back")
    assert menu.button_texts[-3] == "Sources under answers: off"
    assert await saved(bot, chat) == ChatSettings(sources=False)


async def test_the_same_choice_again(bot: Bot) -> None:
    """What is set already can be chosen, and nobody sees an error."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    menu = await opened(bot, chat, alice)
    old = replace(menu)
    assert await pressed(bot, menu, alice, "Sources under answers: on") == "Saved."
    assert await pressed(bot, old, alice, "Sources under answers: on") == "Saved."
    assert await saved(bot, chat) == ChatSettings(sources=False)
    assert len(bot.api.replies(chat)) == 1


@pytest.mark.parametrize("status", ["creator", "administrator"])
async def test_admins_of_a_group(bot: Bot, status: str) -> None:
    """An admin of a group opens and changes its settings, which hold for this group alone."""
    alice = bot.api.user("Alice")
    group, other = (bot.api.supergroup(title, members=[alice]) for title in ("News room", "Canteen"))
    for chat in (group, other):
        chat.statuses[alice.id] = status
    menu, untouched = [await opened(bot, chat, alice) for chat in (group, other)]
    await pressed(bot, menu, alice, "Articles are added by: everyone")
    await pressed(bot, menu, alice, "Kept after I leave: 30 days")
    await pressed(bot, menu, alice, "7 days")
    assert await saved(bot, group) == ChatSettings(who_adds="admins", retention_days=7)
    assert await saved(bot, other) == ChatSettings()
    assert "Kept after I leave: 30 days" in untouched.button_texts


async def test_others_in_a_group(bot: Bot) -> None:
    """Who is no admin gets one line for the command and an alert for a press, and nothing changes."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News room", members=[bob], admins=[alice])
    refused = await opened(bot, group, bob)
    assert (refused.text, refused.buttons) == (ONLY_ADMINS, [])
    menu = await opened(bot, group, alice)
    for button in menu.button_texts:
        answer = await bot.api.wait_for_answer(bot.api.press(menu, bob, button))
        assert (answer["text"], answer["show_alert"]) == (ONLY_ADMINS, True)
    await until_handled(bot)
    assert menu.edits == []
    assert await saved(bot, group) == ChatSettings()


async def test_who_was_an_admin(bot: Bot) -> None:
    """Each press is checked anew: who is no admin any more can change nothing under an old menu."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", admins=[alice])
    menu = await opened(bot, group, alice)
    group.statuses[alice.id] = "member"
    assert await pressed(bot, menu, alice, "Sources under answers: on") == ONLY_ADMINS
    assert await saved(bot, group) == ChatSettings()


async def test_an_anonymous_admin(bot: Bot) -> None:
    """Who writes as the group itself is an admin; who writes as a channel or another group is none."""
    alice = bot.api.user("Alice")
    group = bot.api.supergroup("News room", members=[alice])
    channel = bot.api.channel("Daily Example", username="daily")
    assert (await bot.reply_to(say_as_chat(bot.api, group, "/settings"))).buttons
    assert (await bot.reply_to(say_as_chat(bot.api, group, "/settings", channel))).text == ONLY_ADMINS


async def test_an_owner_of_the_bot(api: FakeBotApi, news: NewsIndex) -> None:
    """Whoever is in ADMIN_USER_IDS may change the settings of every group."""
    alice = api.user("Alice")
    group = api.group("News room", members=[alice])
    async with running_bot(api, news, admin_user_ids=str(alice.id)) as bot:
        menu = await opened(bot, group, alice)
        assert await pressed(bot, menu, alice, "Sources under answers: on") == "Saved."
        assert await saved(bot, group) == ChatSettings(sources=False)


async def test_a_group_that_speaks_one_language(bot: Bot) -> None:
    """In a group the menu is in the group's language, whoever presses; without one, in that of who presses."""
    anna, boris = bot.api.user("Anna", language_code="de-at"), bot.api.user("Boris", language_code="ru")
    group = bot.api.group("News room", admins=[anna, boris])
    menu = await opened(bot, group, anna)
    assert menu.text == words_of("de")("settings-title-group")
    await pressed(bot, menu, boris, "Sprache: wie im Telegram jeder Person")
    assert menu.text == words_of("ru")("settings-ask-language")
    await pressed(bot, menu, boris, "Español")
    await pressed(bot, menu, anna, "Respuestas: normales")
    assert menu.text == words_of("es")("settings-ask-length")


@pytest.mark.parametrize(
    "data",
    ["set:1:language:xx", "set:0:menu", "set:1:digest:0700", "set:1:time:0701", "set:1:keeping:9999", "set:"],
)
async def test_forged_data(bot: Bot, data: str) -> None:
    """Data that stands on no button gets an alert, also from an admin, and changes nothing."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", admins=[alice])
    menu = await opened(bot, group, alice)
    answer = await bot.api.wait_for_answer(press_forged(bot.api, alice, data, menu))
    assert (answer["text"], answer["show_alert"]) == (OUTDATED, True)
    assert await saved(bot, group) == ChatSettings()


async def test_a_private_menu_has_no_group_settings(bot: Bot) -> None:
    """What only groups have cannot be forged into a private chat's settings."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    menu = await opened(bot, chat, alice)
    answer = await bot.api.wait_for_answer(press_forged(bot.api, alice, "set:1:adding:admins", menu))
    assert answer["text"] == OUTDATED
    assert await saved(bot, chat) == ChatSettings()


async def test_a_press_without_a_message(bot: Bot) -> None:
    """A press that does not say in which chat it was made changes nothing anywhere."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await opened(bot, chat, alice)
    answer = await bot.api.wait_for_answer(press_forged(bot.api, alice, "set:1:sources:off", None))
    assert answer["text"] == OUTDATED
    assert await saved(bot, chat) == ChatSettings()


async def test_telegram_does_not_tell_who_is_an_admin(bot: Bot) -> None:
    """When Telegram refuses to say, nobody is taken for an admin; when it cannot be reached, nothing changes."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", admins=[alice])
    menu = await opened(bot, group, alice)
    bot.api.fail(method="getChatMember", status=400, description="Bad Request: member list is inaccessible")
    assert await pressed(bot, menu, alice, "Sources under answers: on") == ONLY_ADMINS
    bot.api.fail(method="getChatMember", status=502)
    assert await pressed(bot, menu, alice, "Sources under answers: on") not in {None, "Saved."}
    assert await saved(bot, group) == ChatSettings()


async def test_a_menu_that_is_gone(bot: Bot) -> None:
    """A choice is kept although its menu was deleted meanwhile, and no error is shown."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    menu = await opened(bot, chat, alice)
    press = bot.api.press(menu, alice, "Sources under answers: on")
    menu.deleted = True
    assert (await bot.api.wait_for_answer(press))["text"] == "Saved."
    await until_handled(bot)
    assert await saved(bot, chat) == ChatSettings(sources=False)
    assert bot.api.replies(chat) == []


async def test_the_handlers_pass_over_other_updates(bot: Bot) -> None:
    """An edited /settings is no command."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    message = bot.api.say(chat, alice, "/help")
    await bot.reply_to(message)
    bot.api.edit(message, "/settings")
    await until_handled(bot)
    assert len(bot.api.replies(chat)) == 1


async def test_a_digest_for_a_topic(bot: Bot) -> None:
    """What is chosen in a topic of a forum holds there, and in General for the chat itself."""
    alice = bot.api.user("Alice")
    forum = bot.api.supergroup("Forum", admins=[alice], forum=True)
    topic = forum.topic("Rain")
    digests = bot.application.bot_data.state.digests
    menu = await bot.reply_to(bot.api.say(forum, alice, "/settings", topic=topic))
    assert menu.topic is topic
    assert await pressed(bot, menu, alice, "Digest in this topic: off") is None
    assert menu.text == words_of("en")("settings-ask-digest")
    assert await pressed(bot, menu, alice, "Fridays") == "Saved."
    assert menu.text == words_of("en")("settings-ask-time", zone="UTC")
    assert await pressed(bot, menu, alice, "18:00") == "Saved."
    assert menu.button_texts[-1] == "Digest in this topic: Fridays, 18:00"
    general = await opened(bot, forum, alice)
    for button in ("Digest: off", "daily", "‹ Back"):
        await pressed(bot, general, alice, button)
    assert general.button_texts[-1] == "Digest: daily, 08:00"
    plans = [await digests.plan(forum.id, at) for at in (topic.id, None)]
    assert plans == [DigestPlan("fri", "18:00"), DigestPlan("daily", "08:00")]
    for button in ("Digest in this topic: Fridays, 18:00", "off"):
        await pressed(bot, menu, alice, button)
    assert menu.button_texts[-1] == "Digest in this topic: off"
    assert [one.topic_id for one in await digests.wanted()] == [None]
    assert await saved(bot, forum) == ChatSettings()


async def test_only_admins_choose_a_digest(bot: Bot) -> None:
    """Who is no admin cannot switch a digest on, in a topic neither, by a button or by forged data."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    forum = bot.api.supergroup("Forum", admins=[alice], members=[bob], forum=True)
    menu = await bot.reply_to(bot.api.say(forum, alice, "/settings", topic=forum.topic("Rain")))
    for data in ("set:1:digest", "set:1:digest:daily", "set:1:time:0800"):
        answer = await bot.api.wait_for_answer(press_forged(bot.api, bob, data, menu))
        assert (answer["text"], answer["show_alert"]) == (ONLY_ADMINS, True)
    assert await bot.application.bot_data.state.digests.wanted() == []
