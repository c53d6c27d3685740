"""The proof that chats are kept apart, second part: summaries, digests, timelines, feeds, old versions, lists, talk.

The same chats as in test_isolation.py; beside their facts each has an article at an address that all share, a report
that all have from papers of its own, eleven feeds, and some of the groups twenty things that were said in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot import jobs
from bot.context import AskContext, chat_scope
from bot.digest_times import DigestPlan
from bot.jobs import send_digests
from bot.words import words_of as catalogue
from index.providers.base import ModelKind
from index.types import PUBLIC, AddOutcome, Scopes
from tests.bot.talk import Clock
from tests.end_to_end.isolation_data import CHATS, articles_of, facts_of
from tests.end_to_end.isolation_extras import (
    FEEDS,
    SHARED_URL,
    WIRE,
    OfflineReader,
    carriers,
    feeds_of,
    learn_extras,
    lost_fact,
    opml_of,
    rewritten,
    shared_article,
    shared_fact,
    talk_of,
    wire_articles,
)
from tests.end_to_end.isolation_world import Place, World, planted_world
from tests.helpers.bot_api.records import Message

WORDS = catalogue("en")
OWN = 6  # articles of a chat: four with facts, the shared address, the report that all have
TALKING = 10  # groups

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Everything planted."""
    folder = tmp_path_factory.mktemp("data")
    async with planted_world(folder, OfflineReader(), privacy=False) as planted:
        learn_extras(planted.secrets)
        for place in planted.places:
            scope = chat_scope(place.chat.id)
            added = await planted.bot.news.add(
                [shared_article(place.number), *wire_articles(place.number)], scope=scope
            )
            assert [one.outcome for one in added] == [AddOutcome.ADDED, AddOutcome.ADDED, AddOutcome.DUPLICATE]
            planted.secrets.learn(place.number, {one.article.id for one in added})
        yield planted


async def ask_all(world: World, texts: Sequence[str]) -> list[Message]:
    """What the bot says when each chat sends its text."""
    return await world.replies_to([world.say(place, text) for place, text in world.each(texts)])


async def press_all(world: World, messages: Sequence[Message], data: Sequence[str]) -> list[dict[str, object]]:
    """What is said to a press under each chat's message with its data."""
    pairs = zip(messages, data, strict=True)
    presses = [world.press(message, place.user, given) for place, (message, given) in world.each(list(pairs))]
    return [await world.bot.api.wait_for_answer(press) for press in presses]


def other(place: Place, steps: int) -> int:
    """The number of another chat, of any kind."""
    return (place.number + steps) % CHATS


def own_scopes(place: Place) -> Scopes:
    """A chat's own collection."""
    return Scopes.of(chat_scope(place.chat.id))


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_summaries(world: World, kind: ModelKind) -> None:
    """/summary tells a chat its own articles by their addresses, and of another chat's address not a word."""
    world.model.kind = kind
    which = 0 if kind is ModelKind.READER else 1
    own = await ask_all(world, [f"/summary {articles_of(place.number)[which].url}" for place in world.places])
    for place, told in world.each(own):
        assert any(fact.number in told.text for fact in facts_of(place.number)[5 * which : 5 * which + 5])
    for article, steps in enumerate((7, 24, 43)):
        foreign = [f"/summary {articles_of(other(place, steps))[article].url}" for place in world.places]
        assert (
            len({reply.text for reply in await ask_all(world, foreign)}) == 1
        )  # as of any page that cannot be fetched
    assert world.leaks() == []


async def test_the_same_address(world: World) -> None:
    """An address at which fifty chats found articles leads each to its own, in summaries, answers and lists."""
    world.model.kind = ModelKind.READER
    for texts in ([f"/summary {SHARED_URL}"] * CHATS, [shared_fact(place.number).question for place in world.places]):
        for place, told in world.each(await ask_all(world, texts)):
            assert shared_fact(place.number).number in told.text
    foreign = [shared_fact(other(place, 11)).question for place in world.places]
    await ask_all(world, foreign)
    assert world.leaks() == []


async def test_the_same_report(world: World) -> None:
    """A report that all chats have is said to stand in the papers in which this chat found it, and in no other."""
    world.model.kind = ModelKind.READER
    for place, told in world.each(await ask_all(world, [WIRE.question] * CHATS)):
        assert all(name in told.text for name in carriers(place.number))
    second = [f"/summary {wire_articles(place.number)[1].url}" for place in world.places]
    for place, told in world.each(await ask_all(world, second)):
        assert carriers(place.number)[0] in told.text
    foreign = [f"/summary {wire_articles(other(place, 13))[1].url}" for place in world.places]
    assert len({told.text for told in await ask_all(world, foreign)}) == 1
    assert world.leaks() == []


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_digests(world: World, kind: ModelKind) -> None:
    """A digest has a chat's own articles and the public ones, whatever times and page a button asks for."""
    world.model.kind = kind
    told = await ask_all(world, ["/digest"] * CHATS)
    articles = await world.bot.news.count(PUBLIC) + OWN
    assert all(f"in {articles} articles" in digest.text for digest in told)
    for page in ("0:99999999999:6", "0:99999999999:0"):
        await press_all(world, told, [f"d:{page}"] * CHATS)
        assert all(f"in {articles} articles" in digest.text for digest in told)
    assert all(world.secrets.in_text(digest.text) for digest in told)
    assert world.leaks() == []


async def test_digests_by_the_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest that comes by itself goes to each chat with its own articles and the public ones."""
    state, before = world.bot.application.bot_data.state, len(world.bot.api.calls())
    clock = Clock()
    monkeypatch.setattr(jobs, "datetime", clock)
    clock.now_at += timedelta(minutes=1)
    for place in world.places:
        topic = place.topic.id if place.topic else None
        await state.digests.change(place.chat.id, topic, lambda _: DigestPlan("daily", f"{clock.now_at:%H:%M}"))
    await send_digests(AskContext(world.bot.application))
    sent = {str(call.params["chat_id"]): call.params["text"] for call in world.bot.api.calls()[before:]}
    assert {str(place.chat.id) for place in world.places} == sent.keys()
    articles = await world.bot.news.count(PUBLIC) + OWN
    assert all(f"in {articles} articles" in text for text in sent.values())
    assert all(world.secrets.in_text(text) for text in sent.values())
    assert world.leaks() == []


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_timelines(world: World, kind: ModelKind) -> None:
    """A timeline of a subject that is told of in many chats has this chat's days alone."""
    world.model.kind = kind
    for number in (0, 6, 12):
        subjects = [facts_of(place.number)[number] for place in world.places]
        told = await ask_all(world, [f"/timeline {fact.subject} of {fact.town}" for fact in subjects])
        assert all(fact.number in reply.text for reply, fact in zip(told, subjects, strict=True))
        others = [facts_of(other(place, 17 + number))[number] for place in world.places]
        told = await ask_all(world, [f"/timeline {fact.subject} of {fact.town}" for fact in others])
        assert not any(fact.number in reply.text for reply, fact in zip(told, others, strict=True))
    assert world.leaks() == []


async def test_feeds(world: World) -> None:
    """The lists, files and buttons of feeds know a chat's own feeds alone, also where chats follow the same one."""
    feeds = world.bot.application.bot_data.feeds
    api = world.bot.api
    handed_in = [
        api.upload(p.chat, p.user, "a.opml", opml_of(p.number), caption="/feeds", topic=p.topic) for p in world.places
    ]
    await world.replies_to(handed_in)
    lists = await ask_all(world, ["/feeds"] * CHATS)
    followed = [await feeds.list(chat_scope(place.chat.id)) for place in world.places]
    for place, shown in world.each(lists):
        assert all(feed.title in shown.text for feed in feeds_of(place.number)[:FEEDS])
    for place in world.places:
        world.say(place, "/feeds export")
    await api.wait_until(lambda: len(api.calls("sendDocument")) == CHATS)
    await press_all(world, lists, ["f:page:999999999999"] * CHATS)
    assert all(feeds_of(place.number)[-1].title in shown.text for place, shown in world.each(lists))
    for number in (0, FEEDS):
        forged = [f"f:stop:{followed[other(place, 9 + number)][number].id}" for place in world.places]
        answers = await press_all(world, lists, forged)
        assert {answer["text"] for answer in answers} == {WORDS("feeds-gone")}
    assert [await feeds.list(chat_scope(place.chat.id)) for place in world.places] == followed
    assert world.leaks() == []


async def test_old_versions(world: World) -> None:
    """Words that an article no longer has are shown to its own chat, and to no other by a forged button."""
    named = [(await world.passages(place))[1] for place in world.places]
    for place in world.places:
        later = rewritten(articles_of(place.number)[1])
        (updated,) = await world.bot.news.add([later], scope=chat_scope(place.chat.id))
        assert updated.outcome is AddOutcome.UPDATED
    under = await ask_all(world, ["/sources"] * CHATS)
    for steps in (7, 26):
        answers = await press_all(world, under, [named[other(place, steps)] for place in world.places])
        assert all(answer["show_alert"] for answer in answers)
    await press_all(world, under, named)
    for place, listed in world.each(under):
        shown = await world.bot.api.wait_for_message(place.chat, after=listed)
        assert lost_fact(place.number, 1).sentence in shown.text
    assert world.leaks() == []


async def test_talk(world: World) -> None:
    """What was said in a group is told there and to its members, and is no answer to anybody else."""
    world.model.kind = ModelKind.READER
    groups = [place for place in world.places if place.chat.type != "private"][:TALKING]
    state = world.bot.application.bot_data.state
    for place in groups:
        await state.chats.change(place.chat.id, lambda settings: replace(settings, talk=True))
        for _, _, message in talk_of(place.number):
            world.bot.api.say(place.chat, place.user, message, topic=place.topic)
    await world.bot.api.settle()
    async with asyncio.timeout(60):
        while await state.inbox.unfinished():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)
    assert [await state.messages.count(place.chat.id) for place in groups] == [20] * TALKING
    for place in groups[::2]:
        world.bot.api.private_chat(place.user)
    for kind in ModelKind:
        world.model.kind = kind
        asked = [world.say(place, "/catchup 20") for place in groups]
        in_groups = await world.replies_to(asked)
        for at, place in enumerate(groups):
            told = in_groups[at] if at % 2 else world.bot.api.replies(world.bot.api.private_chat(place.user))[-1]
            assert any(number in told.text for _, number, _ in talk_of(place.number))
    spoken_of = [talk_of(groups[place.number % TALKING].number) for place in world.places]
    for number, text in ((2, "/timeline boats at {}"), (13, "How many boats were counted at {}?")):
        await ask_all(world, [text.format(talk[number][0]) for talk in spoken_of])
    assert world.leaks() == []


async def test_removal(world: World) -> None:
    """A chat's list has its own articles alone, and neither forged buttons nor addresses take any of another chat's."""
    news = world.bot.news
    ids = [[article.id for article in await news.articles(own_scopes(place))] for place in world.places]
    public = [article.id for article in await news.articles(PUBLIC)]
    lists = await ask_all(world, ["/remove"] * CHATS)
    for place, shown in world.each(lists):
        assert all(article.title in shown.text for article in articles_of(place.number))
    forged = [[f"r:x:{ids[other(place, 5 + n)][n]}" for place in world.places] for n in (0, 2, 5)]
    forged += [[f"r:x:{public[place.number % len(public)]}" for place in world.places]]
    for data in forged:
        answers = await press_all(world, lists, data)
        assert {answer["text"] for answer in answers} == {WORDS("removal-unknown")}
    await press_all(world, lists, ["r:p:999999999"] * CHATS)
    foreign = [f"/remove {articles_of(other(place, 31))[0].url}" for place in world.places]
    assert {told.text for told in await ask_all(world, foreign)} == {WORDS("removal-unknown")}
    assert [await news.count(own_scopes(place)) for place in world.places] == [OWN] * CHATS
    assert await news.count(PUBLIC) == len(public)
    removing = [world.say(place, f"/remove {SHARED_URL}") for place in world.places[::2]]
    assert {told.text for told in await world.replies_to(removing)} == {WORDS("removal-done")}
    left = [await news.article_at(SHARED_URL, own_scopes(place)) is not None for place in world.places]
    assert left == [False, True] * (CHATS // 2)
    assert world.leaks() == []
