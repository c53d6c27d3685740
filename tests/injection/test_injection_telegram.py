"""Hostile posts and articles in chats of their own, asked about through the bot."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.context import chat_scope
from index.news_index import NewsIndex
from index.providers.base import ModelKind
from tests.bot.harness import Bot, running_bot
from tests.end_to_end.isolation_models import QuickEmbedder
from tests.helpers.bot_api.entities import detect_entities
from tests.helpers.bot_api.markup import parse_html
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.clickable import clickable, clickable_words
from tests.injection.gullible import GullibleModel
from tests.injection.markup import MARKUP
from tests.injection.stories import ANSWERED, CLEAN, PRIVATE, PRIVATE_SCOPE, SECRETS, UNANSWERED

ADDRESSES = {article.url for article in CLEAN}
# All with links or markup in them, and every second of the others.
CHOSEN = [hostile for number, hostile in enumerate(HOSTILE) if hostile.attack in MARKUP or number % 2]
POSTS = [hostile for hostile in HOSTILE if hostile.attack.place == "text" and len(hostile.attack.order) < 3500]


async def open_news(data_dir: Path, kind: ModelKind) -> NewsIndex:
    """The clean articles, a secret in another chat, and a model that obeys."""
    news = await NewsIndex.open_with(data_dir, embedder=QuickEmbedder(), chat_model=GullibleModel(kind))
    await news.add(CLEAN)
    await news.add([PRIVATE], scope=PRIVATE_SCOPE)
    return news


def check(message: Message, hostile: Hostile, api: FakeBotApi, links: set[str | None]) -> None:
    """Nothing in a message can be pressed but links to these addresses, and no secret stands in it."""
    others, found = clickable_words(message.text, message.entities)
    assert others == [], (hostile.name, message.text)
    assert {link.rstrip("/") for link in found} <= {(link or "").rstrip("/") for link in links}, hostile.name
    assert not any(secret in message.text for secret in (*SECRETS, api.token)), hostile.name
    assert {button.url for button in message.buttons} <= {None}


async def ask(bot: Bot, chat: Chat, user: User, question: str) -> Message:
    """The answer to a question."""
    return await bot.reply_to(bot.api.say(chat, user, question))


async def test_questions_beside_a_hostile_article(api: FakeBotApi, tmp_path: Path) -> None:
    """In a chat with one, clean articles answer as ever and its own news is told; sources and passages hold no link."""
    async with await open_news(tmp_path / "data", ModelKind.WRITER) as news, running_bot(api, news) as bot:
        await asyncio.gather(*(one_chat(bot, number, hostile) for number, hostile in enumerate(CHOSEN)))


async def one_chat(bot: Bot, number: int, hostile: Hostile) -> None:
    """Asks everything in a chat of its own."""
    user = bot.api.user(f"Reader {number}")
    chat = bot.api.private_chat(user)
    (added,) = await bot.news.add([hostile.article], scope=chat_scope(chat.id))
    links = ADDRESSES | {added.article.url}
    asked = ANSWERED[number % len(ANSWERED)]
    reply = await ask(bot, chat, user, asked.question)
    check(reply, hostile, bot.api, links)
    assert asked.fact in reply.text, (hostile.name, reply.text)
    shown = reply
    for button in reply.buttons[:2]:
        bot.api.press(reply, user, button.text)
        shown = await bot.reply_to(shown)
        check(shown, hostile, bot.api, links)
    reply = await ask(bot, chat, user, UNANSWERED)
    check(reply, hostile, bot.api, links)
    assert reply.text.startswith("The articles I have don't say."), (hostile.name, reply.text)
    reply = await ask(bot, chat, user, hostile.story.question)
    check(reply, hostile, bot.api, links)
    check(await ask(bot, chat, user, "/sources"), hostile, bot.api, links)


async def test_forwarded_orders_are_articles(api: FakeBotApi, tmp_path: Path) -> None:
    """A forwarded post of orders is taken in like any other, and told of without a link of its own."""
    async with await open_news(tmp_path / "data", ModelKind.READER) as news, running_bot(api, news) as bot:
        await asyncio.gather(*(one_forward(bot, number, hostile) for number, hostile in enumerate(POSTS[::4])))


async def one_forward(bot: Bot, number: int, hostile: Hostile) -> None:
    """Forwards a post whose channel and text are hostile, and asks about it."""
    user = bot.api.user(f"Reader {number}")
    chat = bot.api.private_chat(user)
    channel = bot.api.channel("evil.com @evil_bot /forget", username="evilchannel")
    text = f"{hostile.story.text}\n\n{hostile.attack.order}"
    added = await bot.reply_to(bot.api.forward(chat, user, text, from_channel=channel, post_id=7))
    links: set[str | None] = {"https://t.me/evilchannel/7", *ADDRESSES}
    check(added, hostile, bot.api, links)
    asked = ANSWERED[number % len(ANSWERED)]
    reply = await ask(bot, chat, user, asked.question)
    check(reply, hostile, bot.api, links)
    assert asked.fact in reply.text, (hostile.name, reply.text)
    check(await ask(bot, chat, user, hostile.story.question), hostile, bot.api, links)


async def test_a_files_name_is_no_link(api: FakeBotApi, tmp_path: Path) -> None:
    """A file that cannot be read is named in the reply, where nothing of its name can be pressed."""
    async with await open_news(tmp_path / "data", ModelKind.READER) as news, running_bot(api, news) as bot:
        user = api.user("Reader")
        chat = api.private_chat(user)
        upload = api.upload(chat, user, "visit evil.com @evil_bot.pdf", b"%PDF-1.7 broken", "application/pdf")
        reply = await bot.reply_to(upload)
        assert "evil" in reply.text
        check(reply, HOSTILE[0], api, set())


async def test_an_inline_result_holds_no_link_but_its_sources(api: FakeBotApi, tmp_path: Path) -> None:
    """What is shared in other chats is made of public articles, with their addresses alone."""
    hostile = next(hostile for hostile in HOSTILE if hostile.name == "link")
    async with await open_news(tmp_path / "data", ModelKind.WRITER) as news, running_bot(api, news) as bot:
        (added,) = await news.add([hostile.article])
        query = api.inline(api.user("Reader"), hostile.story.question)
        await bot.api.wait_for_answer(query)
        (result,) = query.results
        assert f'<a href="{added.article.url}">' in result["input_message_content"]["message_text"]
        text, entities = parse_html(result["input_message_content"]["message_text"])
        others, links = clickable_words(text, detect_entities(text, entities))
        assert (others, links <= ADDRESSES | {added.article.url}) == ([], True)
        assert clickable(f"{result['title']} {result['description']}") == []
        assert hostile.story.fact in text
