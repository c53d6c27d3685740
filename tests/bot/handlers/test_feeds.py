"""/feeds: sites and feeds that a chat follows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from bot.context import AskContext, chat_scope
from bot.jobs import poll_feeds
from bot.words import words_of
from index.news_index import NewsIndex
from index.types import Scopes
from tests.bot.handlers.feed_site import FeedSite, feed_site
from tests.bot.handlers.test_articles import local_reader
from tests.bot.harness import Bot, running_bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

WORDS = words_of("en")


@pytest.fixture
async def site() -> AsyncIterator[FeedSite]:
    async with feed_site() as site:
        yield site


@pytest.fixture
async def bot(api: FakeBotApi, news: NewsIndex) -> AsyncIterator[Bot]:
    """A bot that may fetch from this machine, and lets a chat follow two feeds."""
    async with running_bot(api, news, reader=local_reader(), feeds_per_chat=2) as running:
        yield running


@pytest.fixture
def alice(api: FakeBotApi) -> User:
    return api.user("Alice")


@pytest.fixture
def chat(api: FakeBotApi, alice: User) -> Chat:
    return api.private_chat(alice)


async def said(bot: Bot, chat: Chat, user: User, text: str) -> Message:
    return await bot.reply_to(bot.api.say(chat, user, text))


async def titles(bot: Bot, chat: Chat) -> list[str]:
    return [article.title for article in await bot.news.articles(Scopes.of(chat_scope(chat.id)))]


async def test_a_site_is_followed(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """Its feed is found, its articles are there at once, its other feeds are named, and the list shows it."""
    followed = await said(bot, chat, alice, f"/feeds {site.root}/")
    assert followed.text.startswith("I follow The Daily Example from now on.")
    assert "Added: Rockets hit embassy canteen" in followed.text
    assert "Sport" in followed.text
    assert await titles(bot, chat) == ["Rockets hit embassy canteen"]
    listed = await said(bot, chat, alice, "/feeds")
    assert listed.text.startswith("I follow 1 feed here:\n1. The Daily Example – 1 article, looked at ")
    assert listed.button_texts == ["✕ 1"]


async def test_the_same_feed_again(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """A feed that is followed is not followed twice."""
    await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    again = await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    assert again.text.startswith("I follow The Daily Example already.")


async def test_new_articles_come_by_the_clock(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """When its time has come the feed is looked at, also when that was while the bot was away."""
    await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    site.titles["ferry"] = "Ferry runs aground near Split"
    context = AskContext(bot.application)
    await poll_feeds(context)
    assert len(await titles(bot, chat)) == 1
    with patch.object(bot.application.bot_data.feeds, "_now", lambda: datetime.now(UTC) + timedelta(days=2)):
        await poll_feeds(context)
    assert await titles(bot, chat) == ["Ferry runs aground near Split", "Rockets hit embassy canteen"]


async def test_a_feed_is_dropped(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """Its button ends it and the list shows it no more; its articles stay, and a second press does no harm."""
    await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    listed = await said(bot, chat, alice, "/feeds")
    for expected in ("feeds-removed", "feeds-gone"):
        answer = await bot.api.wait_for_answer(bot.api.press_data(listed, alice, "f:stop:1"))
        assert answer["text"] == WORDS(expected)
    await bot.api.wait_until(lambda: listed.text == WORDS("feeds-empty"))
    assert len(await titles(bot, chat)) == 1


async def test_anothers_feed_cannot_be_dropped(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """A forged button names a feed of another chat in vain."""
    await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    bob = bot.api.user("Bob")
    other = bot.api.private_chat(bob)
    message = await said(bot, other, bob, "/feeds")
    answer = await bot.api.wait_for_answer(bot.api.press_data(message, bob, "f:stop:1"))
    assert answer["text"] == WORDS("feeds-gone")
    assert (await said(bot, chat, alice, "/feeds")).button_texts == ["✕ 1"]


async def test_in_a_group_admins_decide(bot: Bot, alice: User, site: FeedSite) -> None:
    """Members see the list without buttons and cannot follow; an admin can."""
    bob = bot.api.user("Bob")
    group = bot.api.group("News", members=[bob], admins=[alice])
    assert (await said(bot, group, bob, f"/feeds {site.root}/feed.xml")).text == WORDS("feeds-admins-only")
    assert (await said(bot, group, alice, f"/feeds {site.root}/feed.xml")).text.startswith("I follow The Daily")
    listed = await said(bot, group, bob, "/feeds")
    assert listed.button_texts == []
    answer = await bot.api.wait_for_answer(bot.api.press_data(listed, bob, "f:stop:1"))
    assert answer["text"] == WORDS("feeds-admins-only")
    assert await titles(bot, group) == ["Rockets hit embassy canteen"]


async def test_a_list_of_feeds(bot: Bot, alice: User, chat: Chat, site: FeedSite) -> None:
    """An exported list can be handed to another chat, up to the number a chat may follow."""
    await said(bot, chat, alice, f"/feeds {site.root}/feed.xml")
    exported = await said(bot, chat, alice, "/feeds export")
    assert exported.document is not None
    assert f"{site.root}/feed.xml".encode() in exported.document.data
    bob = bot.api.user("Bob")
    other = bot.api.private_chat(bob)
    opml = exported.document.data.replace(
        b"</body>",
        b'<outline type="rss" xmlUrl="http://localhost:9/a"/><outline xmlUrl="http://localhost:9/b"/></body>',
    )
    report = await bot.reply_to(bot.api.upload(other, bob, "feeds.opml", opml, caption="/feeds"))
    assert report.text.startswith("2 feeds added. I read them within the next minutes.")
    assert (await said(bot, other, bob, "/feeds")).button_texts == ["✕ 1", "✕ 2"]
    assert (await said(bot, other, bob, "/feeds http://localhost:9/c")).text == WORDS("feeds-too-many", count=2)
    await bot.api.settle()
    with patch.object(bot.application.bot_data.feeds, "_now", lambda: datetime.now(UTC) + timedelta(minutes=2)):
        await poll_feeds(AskContext(bot.application))
    assert await titles(bot, other) == ["Rockets hit embassy canteen"]
    assert "could not be reached" in (await said(bot, other, bob, "/feeds")).text


@pytest.mark.parametrize(
    ("text", "key"),
    [("/feeds", "feeds-empty"), ("/feeds export", "feeds-empty"), ("/feeds the news please", "feeds-no-address")],
)
async def test_nothing_to_follow(bot: Bot, alice: User, chat: Chat, text: str, key: str) -> None:
    """Without an address the bot says what to send."""
    assert (await said(bot, chat, alice, text)).text == WORDS(key)


async def test_a_page_without_a_feed(bot: Bot, alice: User, chat: Chat) -> None:
    """The reason is said, and nothing is followed."""
    refused = await said(bot, chat, alice, "/feeds http://localhost:9/")
    assert "could not be reached" in refused.text
    assert (await said(bot, chat, alice, "/feeds")).text == WORDS("feeds-empty")


async def test_feeds_follow_a_group(bot: Bot, alice: User, site: FeedSite) -> None:
    """A group that becomes a supergroup keeps its feeds."""
    group = bot.api.group("News", members=[], admins=[alice])
    await said(bot, group, alice, f"/feeds {site.root}/feed.xml")
    await AskContext(bot.application).move_chat(group.id, -100777)
    feeds = bot.application.bot_data.feeds
    assert [feed.title for feed in await feeds.list(chat_scope(-100777))] == ["The Daily Example"]
    assert await feeds.list(chat_scope(group.id)) == []
