"""The list of articles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.bot.harness import STORY, Bot


async def fill(bot: Bot, scope: str, count: int, **changes: Any) -> None:
    story = replace(STORY, url=None, **changes)
    stories = (replace(story, title=f"Story {n}", text=f"Report {n}. {STORY.text}") for n in range(count))
    await bot.news.add(stories, scope=scope)


def titles(text: str) -> list[str]:
    """The titles in a list, with their numbers."""
    return [line.partition(" – ")[0] for line in text.splitlines()[1:]]


async def test_empty(bot: Bot) -> None:
    """Without articles the list says how to add one."""
    alice = bot.api.user("Alice")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, "/sources"))
    assert "/add" in reply.text


async def test_in_another_language(bot: Bot) -> None:
    """The list, its buttons and what stands for a date are in the user's language, also when a page is turned."""
    alice = bot.api.user("Alice", language_code="ru")
    chat = bot.api.private_chat(alice)
    await fill(bot, f"chat:{chat.id}", 11, published_at=None)
    listed = await bot.reply_to(bot.api.say(chat, alice, "/sources"))
    assert listed.text.splitlines()[0] == "11 статей, 1–10"
    assert listed.text.splitlines()[1].endswith(" – The Daily Example, без даты")
    await bot.api.wait_for_answer(bot.api.press(listed, alice, "Старее ›"))
    assert listed.text.splitlines()[0] == "11 статей, 11–11"
    assert listed.button_texts == ["‹ Новее"]


async def test_pages(bot: Bot) -> None:
    """Many articles come in pages that the buttons turn in the same message, each article on one page."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await fill(bot, f"chat:{chat.id}", 23)
    listed = await bot.reply_to(bot.api.say(chat, alice, "/sources"))
    assert listed.text.splitlines()[0] == "23 articles, 1–10"
    assert listed.button_texts == ["Older ›"]
    seen = titles(listed.text)
    for first_line, buttons in (
        ("23 articles, 11–20", ["‹ Newer", "Older ›"]),
        ("23 articles, 21–23", ["‹ Newer"]),
    ):
        await bot.api.wait_for_answer(bot.api.press(listed, alice, "Older ›"))
        assert listed.text.splitlines()[0] == first_line
        assert listed.button_texts == buttons
        seen += titles(listed.text)
    await bot.api.wait_for_answer(bot.api.press(listed, alice, "‹ Newer"))
    assert titles(listed.text) == seen[10:20]
    assert [title.partition(".")[0] for title in seen] == [str(n) for n in range(1, 24)]
    assert {title.partition(". ")[2] for title in seen} == {f"Story {n}" for n in range(23)}
    assert len(bot.api.replies(chat)) == 1


async def test_turning_to_the_same_page(bot: Bot) -> None:
    """A second press that changes nothing is answered all the same."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await fill(bot, f"chat:{chat.id}", 11)
    listed = await bot.reply_to(bot.api.say(chat, alice, "/sources"))
    presses = [bot.api.press(listed, alice, "Older ›") for _ in range(2)]
    for press in presses:
        await bot.api.wait_for_answer(press)
    assert listed.text.startswith("11 articles, 11–11\n11. Story")
    assert len(bot.api.replies(chat)) == 1


async def test_page_that_is_gone(bot: Bot) -> None:
    """A button to a page behind the end shows the last page."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await fill(bot, f"chat:{chat.id}", 11)
    listed = await bot.reply_to(bot.api.say(chat, alice, "/sources"))
    assert listed.reply_markup is not None
    listed.reply_markup["inline_keyboard"][0][0]["callback_data"] = "s:999999"
    await bot.api.wait_for_answer(bot.api.press(listed, alice, "Older ›"))
    assert listed.text.startswith("11 articles, 11–11")


async def test_other_chats_articles_are_not_listed(bot: Bot) -> None:
    """The list holds the public articles and the chat's own, and nobody else's."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    hers, his = bot.api.private_chat(alice), bot.api.private_chat(bob)
    await fill(bot, "public", 1)
    await bot.news.add([replace(STORY, title="Hers", text=f"For Alice only. {STORY.text}")], scope=f"chat:{hers.id}")
    assert "Hers" in (await bot.reply_to(bot.api.say(hers, alice, "/sources"))).text
    listed = await bot.reply_to(bot.api.say(his, bob, "/sources"))
    assert listed.text.startswith("1 article\n1. Story 0")
