"""Digests that come by themselves: to their place, once, and only when there is news."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import jobs
from bot.app import build_application
from bot.chats import ChatSettings
from bot.context import AskContext, chat_scope
from bot.digest_times import DigestPlan
from bot.digests import Digests
from bot.handlers.digest import digest_reply
from bot.jobs import send_digests
from index import catalog
from index.errors import ProviderError
from index.news_index import NewsIndex
from index.types import Article
from tests.bot.harness import STORY, Bot, running_bot
from tests.bot.talk import Clock
from tests.helpers.bot_api.records import Chat, Topic, User
from tests.helpers.bot_api.server import FakeBotApi

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(jobs, "datetime", clock)
    monkeypatch.setattr(catalog, "datetime", clock)  # by which an article is known to be new
    return clock


@pytest.fixture
def alice(bot: Bot) -> User:
    return bot.api.user("Alice")


async def want(bot: Bot, chat: Chat, clock: Clock, topic: Topic | None = None, every: str = "daily") -> None:
    """Lets a place have its digest at noon; the clock goes to a minute before, on a Monday."""
    clock.now_at = NOON - MINUTE
    digests = Digests(bot.application.bot_data.state.database, lambda: NOON - DAY)
    await digests.change(chat.id, topic.id if topic else None, lambda _: DigestPlan(every, "12:00"))


async def add(bot: Bot, clock: Clock, *articles: Article, after: timedelta = timedelta()) -> None:
    """Lets articles come in, and some time pass, two minutes at least: then it is past noon."""
    await bot.news.add(articles or [STORY])
    clock.now_at += after or 2 * MINUTE


async def send(bot: Bot, times: int = 2) -> None:
    """Some rounds of the job, one after another."""
    for _ in range(times):
        await send_digests(AskContext(bot.application))


def stories(count: int) -> list[Article]:
    """So many articles that tell one story."""
    return [replace(STORY, url=None, title=f"Story {n}", text=f"{STORY.text} {n}") for n in range(count)]


async def test_news_is_sent_once(bot: Bot, alice: User, clock: Clock) -> None:
    """What came in since yesterday is told, once, in the chat's language; a quiet day brings nothing."""
    chat = bot.api.private_chat(alice)
    await bot.application.bot_data.state.chats.save(chat.id, ChatSettings("de"))
    await want(bot, chat, clock)
    await add(bot, clock, *stories(12))
    await send(bot)
    (message,) = bot.api.replies(chat)
    assert "Neu: 1 Thema in 12 Artikeln" in message.text
    assert "– und 8 weitere Artikel" in message.text
    assert "26. Januar 2020" in message.text
    clock.now_at += DAY
    await send(bot)
    assert bot.api.replies(chat) == [message]


@pytest.mark.parametrize("every", ["daily", "mon"])
async def test_to_its_topic(bot: Bot, alice: User, clock: Clock, every: str) -> None:
    """A topic's digest goes to that topic, the chat's own to General; a topic without one gets none."""
    forum = bot.api.supergroup("Forum", members=[alice], forum=True)
    rain, _ = forum.topic("Rain"), forum.topic("Snow")
    group = bot.api.group("Group", members=[alice])
    for chat, topic in ((forum, rain), (forum, None), (group, None)):
        await want(bot, chat, clock, topic, every)
    await add(bot, clock)
    await send(bot)
    assert [message.topic for message in bot.api.replies(forum)] == [None, rain]
    assert [message.topic for message in bot.api.replies(group)] == [None]


async def test_a_quiet_week(bot: Bot, alice: User, clock: Clock) -> None:
    """A weekly digest tells what came in since the last one, quiet weeks are silent, and no other day has one."""
    chat = bot.api.private_chat(alice)
    await want(bot, chat, clock, every="mon")
    news = {0: stories(3), 15: stories(5)[3:4], 16: stories(5)[4:]}
    counts = []
    for day in range(22):
        await bot.news.add(news.get(day, []))
        clock.now_at += 2 * MINUTE
        await send(bot)
        counts.append(len(bot.api.replies(chat)))
        clock.now_at += DAY - 2 * MINUTE
    assert counts == [1] * 21 + [2]
    first, second = bot.api.replies(chat)
    assert "in 3 articles" in first.text
    assert "in 2 articles" in second.text


async def test_only_what_the_chat_may_see(bot: Bot, alice: User, clock: Clock) -> None:
    """A digest has no article of another chat."""
    chat = bot.api.private_chat(alice)
    await want(bot, chat, clock)
    await bot.news.add([STORY], scope=chat_scope(chat.id + 1))
    clock.now_at += 2 * MINUTE
    await send(bot)
    assert bot.api.replies(chat) == []


async def test_a_lost_topic_stops_its_digest(bot: Bot, alice: User, clock: Clock) -> None:
    """A deleted topic is tried once and then left alone; the forum's other digests go on."""
    forum = bot.api.supergroup("Forum", members=[alice], forum=True)
    gone, kept = forum.topic("Gone"), forum.topic("Kept")
    for topic in (gone, kept):
        await want(bot, forum, clock, topic)
    del forum.topics[gone.id]
    await add(bot, clock)
    await send(bot)
    assert [message.topic for message in bot.api.replies(forum)] == [kept]
    digests = bot.application.bot_data.state.digests
    assert [one.topic_id for one in await digests.wanted()] == [kept.id]


async def test_a_closed_topic_keeps_its_digest(bot: Bot, alice: User, clock: Clock) -> None:
    """A topic that is closed for a while has its digest again when it is open."""
    forum = bot.api.supergroup("Forum", members=[alice], forum=True)
    topic = forum.topic("Rain", closed=True)
    await want(bot, forum, clock, topic)
    await add(bot, clock)
    await send(bot)
    assert bot.api.replies(forum) == []
    topic.closed = False
    clock.now_at += DAY - 5 * MINUTE
    await add(bot, clock, *stories(1), after=10 * MINUTE)
    await send(bot)
    assert [message.topic for message in bot.api.replies(forum)] == [topic]


@pytest.mark.parametrize("how", ["left", "blocked", "kicked", "no such chat"])
async def test_a_chat_that_is_gone_gets_none(bot: Bot, alice: User, clock: Clock, how: str) -> None:
    """Where the bot was removed, blocked, or no chat is, it is tried once at most, and others get their own."""
    chat = bot.api.private_chat(alice) if how == "blocked" else bot.api.supergroup("Gone", members=[alice])
    other = bot.api.private_chat(bot.api.user("Bob"))
    for one in (chat, other):
        await want(bot, one, clock)
    await add(bot, clock)
    if how == "left":
        await bot.application.bot_data.state.chats.left(chat.id)
    elif how == "blocked":
        bot.api.block(alice)
    elif how == "kicked":
        bot.api.kick(chat)
    else:
        del bot.api.state.chats[chat.id]
    await send(bot)
    assert len(bot.api.replies(other)) == 1
    assert len(bot.api.calls("sendMessage")) == (1 if how == "left" else 2)
    assert [one.chat_id for one in await bot.application.bot_data.state.digests.wanted()] == [other.id]


async def test_a_group_that_has_moved(bot: Bot, alice: User, clock: Clock) -> None:
    """A digest that meets a group's new id arrives there once, and the next ones go there."""
    group = bot.api.group("Group", members=[alice])
    await want(bot, group, clock)
    await add(bot, clock)
    supergroup = bot.api.supergroup("Group", members=[alice])
    group.migrated_to = supergroup
    await send(bot)
    assert len(bot.api.replies(supergroup)) == 1
    await add(bot, clock, *stories(1), after=DAY)
    await send(bot)
    assert len(bot.api.replies(supergroup)) == 2
    assert [one.chat_id for one in await bot.application.bot_data.state.digests.wanted()] == [supergroup.id]


async def test_a_failure_is_made_up_for(bot: Bot, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A digest that cannot be made is tried again within its grace, and one that fails holds up no other."""
    chats = [bot.api.private_chat(bot.api.user(name)) for name in ("Alice", "Bob")]
    for chat in chats:
        await want(bot, chat, clock)
    await add(bot, clock)

    async def fail(context: AskContext, chat_id: int, *args: object, **kinds: object) -> object:
        if chat_id == chats[0].id:
            raise ProviderError("The embedder is away. Try later.")
        return await digest_reply(context, chat_id, *args, **kinds)  # type: ignore[arg-type]  # passed on as they are

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "digest_reply", fail)
        await send(bot)
    assert [len(bot.api.replies(chat)) for chat in chats] == [0, 1]
    clock.now_at += timedelta(hours=2)
    await send(bot)
    assert [len(bot.api.replies(chat)) for chat in chats] == [1, 1]


async def test_nothing_is_lost_between_two(bot: Bot, alice: User, clock: Clock) -> None:
    """What was just coming in when a digest was made stands in the next one, and in that one alone."""
    chat = bot.api.private_chat(alice)
    await want(bot, chat, clock)
    clock.now_at = NOON + timedelta(seconds=1)
    await add(bot, clock, after=timedelta(seconds=9))
    counts = []
    for _ in range(3):
        await send(bot)
        counts.append(len(bot.api.replies(chat)))
        clock.now_at += DAY
    assert counts == [0, 1, 1]


async def test_two_processes_send_one(api: FakeBotApi, news: NewsIndex, clock: Clock) -> None:
    """Two processes that look at the same moment send each place one digest."""
    async with running_bot(api, news) as bot:
        shared = bot.application.bot_data
        other = build_application(shared.settings, news, shared.reader, shared.state)
        async with other:
            chats = [api.private_chat(api.user(f"User{n}")) for n in range(6)]
            for chat in chats:
                await want(bot, chat, clock)
            await add(bot, clock)
            rounds = [AskContext(application) for application in (bot.application, other) for _ in range(2)]
            await asyncio.gather(*(send_digests(context) for context in rounds))
        assert [len(api.replies(chat)) for chat in chats] == [1] * 6


@pytest.mark.parametrize(("zone", "due"), [("Asia/Kathmandu", "06:15"), ("UTC", "12:00")])
async def test_by_the_deployments_clock(api: FakeBotApi, news: NewsIndex, clock: Clock, zone: str, due: str) -> None:
    """The time is that of the deployment's zone."""
    async with running_bot(api, news, timezone=zone) as bot:
        chat = api.private_chat(api.user("Alice"))
        await want(bot, chat, clock)
        clock.now_at = datetime.fromisoformat(f"2026-05-04T{due}:00+00:00") - MINUTE
        await add(bot, clock, after=MINUTE - timedelta(seconds=1))
        await send(bot)
        assert api.replies(chat) == []
        clock.now_at += timedelta(seconds=1)
        await send(bot)
        assert len(api.replies(chat)) == 1
