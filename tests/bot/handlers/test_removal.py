"""/remove: articles leave the chat's own collection, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

from bot.context import chat_scope
from bot.words import words_of
from index.types import PUBLIC, Scopes
from tests.bot.harness import STORY, Bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.index.builders import FERRY

WORDS = words_of("en")
LINK = "https://news.example/rockets"


async def fill(bot: Bot, chat: Chat) -> None:
    """Two articles of the chat, one of them public as well."""
    await bot.news.add([FERRY, replace(STORY, url=LINK)], scope=chat_scope(chat.id))
    await bot.news.add([FERRY])


async def said(bot: Bot, chat: Chat, user: User, text: str, reply_to: Message | None = None) -> Message:
    return await bot.reply_to(bot.api.say(chat, user, text, reply_to=reply_to))


async def count(bot: Bot, scopes: Scopes) -> int:
    return await bot.news.count(scopes)


async def test_by_its_link(bot: Bot) -> None:
    """However the link is spelled, or when the message with it is replied to; a second time it is unknown."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await fill(bot, chat)
    mine = Scopes.of(chat_scope(chat.id))
    removed = await said(bot, chat, alice, "/remove https://www.news.example/rockets/?utm_source=x")
    assert removed.text == WORDS("removal-done")
    assert await count(bot, mine) == 1
    for text in (f"/remove {LINK}", "/remove https://news.example/other"):
        assert (await said(bot, chat, alice, text)).text == WORDS("removal-unknown")
    assert {found.title for found in await bot.news.search("rockets embassy Baghdad", mine)} == {FERRY.title}


async def test_from_the_list(bot: Bot) -> None:
    """Each article of the chat has a button; pressed, it is gone from the list and from every search."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await fill(bot, chat)
    listed = await said(bot, chat, alice, "/remove")
    assert listed.button_texts == ["✕ 1", "✕ 2"]
    answer = await bot.api.wait_for_answer(bot.api.press(listed, alice, "✕ 2"))
    assert answer["text"] == WORDS("removal-done")
    await bot.api.wait_until(lambda: listed.button_texts == ["✕ 1"])
    answer = await bot.api.wait_for_answer(bot.api.press(listed, alice, "✕ 1"))
    await bot.api.wait_until(lambda: listed.text == WORDS("removal-empty"))
    assert await count(bot, PUBLIC) == 1


async def test_nothing_of_anothers_goes(bot: Bot) -> None:
    """A forged button names another chat's or a public article in vain."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    chat, other = bot.api.private_chat(alice), bot.api.private_chat(bob)
    await fill(bot, chat)
    ids = [article.id for article in await bot.news.articles(Scopes.of(chat_scope(chat.id), "public"))]
    message = await said(bot, other, bob, "/remove")
    assert message.text == WORDS("removal-empty")
    for article_id in ids:
        answer = await bot.api.wait_for_answer(bot.api.press_data(message, bob, f"r:x:{article_id}"))
        assert answer["text"] == WORDS("removal-unknown")
    assert await count(bot, Scopes.of(chat_scope(chat.id), "public")) == len(ids) == 3


async def test_in_a_group_only_admins_remove(bot: Bot) -> None:
    """A member is told so, by command and by button."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News", members=[bob], admins=[alice])
    await fill(bot, group)
    assert (await said(bot, group, bob, f"/remove {LINK}")).text == WORDS("removal-admins-only")
    listed = await said(bot, group, alice, "/remove")
    answer = await bot.api.wait_for_answer(bot.api.press(listed, bob, "✕ 1"))
    assert answer["text"] == WORDS("removal-admins-only")
    assert await count(bot, Scopes.of(chat_scope(group.id))) == 2
    assert (await said(bot, group, alice, f"/remove {LINK}")).text == WORDS("removal-done")
