"""/summary and /digest in a chat."""

from __future__ import annotations

from dataclasses import replace

from bot.context import chat_scope
from bot.words import words_of
from tests.bot.harness import STORY, Bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.index.builders import FERRY
from tests.index.summaries.test_article import ARTICLE

WORDS = words_of("en")
LINK = "https://news.example/rockets"


async def said(bot: Bot, chat: Chat, user: User, text: str, reply_to: Message | None = None) -> Message:
    return await bot.reply_to(bot.api.say(chat, user, text, reply_to=reply_to))


async def test_an_article_is_summed_up_by_its_link(bot: Bot) -> None:
    """In its own sentences, with a button that shows each in its paragraph, in private, group and topic."""
    alice = bot.api.user("Alice")
    await bot.news.add([replace(ARTICLE, url=LINK)])
    forum = bot.api.supergroup("News", members=[alice], forum=True)
    topic = forum.topic("Iraq")
    for message in (
        bot.api.say(bot.api.private_chat(alice), alice, f"/summary {LINK}"),
        bot.api.say(bot.api.group("G", members=[alice]), alice, f"/summary@{bot.api.state.bot.username} {LINK}"),
        bot.api.say(forum, alice, f"/summary {LINK}", topic=topic),
    ):
        reply = await bot.reply_to(message)
        assert reply.topic is message.topic
        assert reply.text.startswith("Rockets hit embassy canteen – The Daily Example")
        assert "“Three rockets hit the American embassy in Baghdad" in reply.text
        assert reply.text.endswith(WORDS("summary-chosen"))
        assert reply.links == [LINK]
    passage = await bot.api.wait_for_answer(bot.api.press(reply, alice, reply.button_texts[0]))
    assert "show_alert" not in passage


async def test_as_a_reply_to_an_answer_or_to_what_was_added(bot: Bot) -> None:
    """The first article that the bot's message names is meant."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await bot.news.add([replace(ARTICLE, url=LINK)])
    answer = await said(bot, chat, alice, "How many rockets hit the American embassy in Baghdad?")
    assert (await said(bot, chat, alice, "/summary", answer)).text.startswith("Rockets hit embassy canteen")


async def test_an_answer_from_an_article_without_an_address(bot: Bot) -> None:
    """The article that the answer quotes first is meant; a link in the message goes before it."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await bot.news.add([ARTICLE], scope=chat_scope(chat.id))
    await bot.news.add([replace(FERRY, url="https://news.example/ferry")])
    answer = await said(bot, chat, alice, "How many rockets hit the American embassy in Baghdad?")
    assert answer.links == []
    assert (await said(bot, chat, alice, "/summary", answer)).text.startswith("Rockets hit embassy canteen")
    linked = await said(bot, chat, alice, "/summary https://news.example/ferry", answer)
    assert linked.text.startswith("Ferry runs aground")


async def test_a_quote_of_another_chats_article(bot: Bot) -> None:
    """A button under the bot's message that names an article of another chat leads nowhere."""
    alice = bot.api.user("Alice")
    chat, other = bot.api.private_chat(alice), bot.api.group("Other", members=[alice])
    (added,) = await bot.news.add([ARTICLE], scope=chat_scope(other.id))
    shown = await said(bot, chat, alice, "/help")
    data = {"text": "Passage 1", "callback_data": f"p:{added.article.id}:0:20:AAAA"}
    shown.reply_markup = {"inline_keyboard": [[data]]}
    assert (await said(bot, chat, alice, "/summary", shown)).text == WORDS("summary-which")
    (mine,) = await bot.news.add([ARTICLE], scope=chat_scope(chat.id))
    data["callback_data"] = f"p:{mine.article.id}:0:20:AAAA"
    assert (await said(bot, chat, alice, "/summary", shown)).text.startswith("Rockets hit embassy canteen")


async def test_a_post_that_is_not_there_yet(bot: Bot) -> None:
    """A reply to somebody's text adds it first, to this chat alone."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News", members=[alice])
    post = bot.api.say(group, alice, ARTICLE.text)
    reply = await said(bot, group, alice, "/summary", post)
    assert "“Three rockets hit" in reply.text
    assert len(await bot.news.articles(bot_scopes(group))) == 1


def bot_scopes(chat: Chat):  # type: ignore[no-untyped-def]  # Scopes
    from index.types import Scopes

    return Scopes.of(chat_scope(chat.id))


async def test_nothing_to_sum_up(bot: Bot) -> None:
    """Without an article the bot says what to reply to; a text that is too short is said to be so."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    assert (await said(bot, chat, alice, "/summary")).text == WORDS("summary-which")
    await bot.news.add([replace(STORY, url=LINK, text="Rain.", title="Weather")])
    assert "too short" in (await said(bot, chat, alice, f"/summary {LINK}")).text


async def test_what_is_new(bot: Bot) -> None:
    """/digest tells stories with their sources and pages; nothing new is said to be so."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    assert (await said(bot, chat, alice, "/digest")).text == WORDS("digest-nothing")
    await bot.news.add([replace(ARTICLE, url=LINK), FERRY])
    places = "Oslo Rome Paris Tokyo Lima Cairo Quito".split()
    for place in places:
        text = f"{place} opened its new tram line on Monday, and {place.lower()} people rode it for free all day long."
        await bot.news.add([replace(FERRY, id=place, title=f"Tram of {place}", text=text)], scope=chat_scope(chat.id))
    await bot.news.add([replace(FERRY, id="x", title="Hidden")], scope=chat_scope(99))
    shown = await said(bot, chat, alice, "/digest 2d")
    assert "Hidden" not in shown.text
    assert shown.text.startswith("What is new: ")
    if shown.button_texts:
        first = shown.text
        await bot.api.wait_for_answer(bot.api.press(shown, alice, "Next ›"))
        await bot.api.wait_until(lambda: shown.text != first)
        assert shown.button_texts[0] == "‹ Back"
        assert "Hidden" not in shown.text
    forged = await bot.api.wait_for_answer(bot.api.press_data(shown, alice, "d:0:99999999999:77777"))
    assert forged["text"] == WORDS("digest-nothing")
