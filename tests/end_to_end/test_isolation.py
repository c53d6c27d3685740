"""The proof that chats are kept apart: what is added or said in one never appears in another.

Twenty facts are planted in each of fifty chats and 2,000 times asked for from another one: in searches, answers,
messages and inline queries; further, buttons are forged, lists turned over and questions followed up. All words of the
facts are made up, so one that gets out is recognised wherever it stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Any

import pytest
import pytest_asyncio

from index.providers.base import ModelKind
from index.types import Evidence
from tests.end_to_end.isolation_data import (
    PUBLIC,
    Fact,
    articles_of,
    facts_of,
    foreign_questions,
    own_questions,
    words_of,
)
from tests.end_to_end.isolation_world import World, planted_world

SEARCHES, ANSWERS, MESSAGES, QUERIES = 1250, 300, 300, 150

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Everything planted."""
    async with planted_world(tmp_path_factory.mktemp("data")) as planted:
        yield planted


async def test_each_string_is_found_in_its_own_chat(world: World) -> None:
    """A sample of the facts is found and answered where it was planted, so nothing is kept apart by being lost."""
    news = world.bot.news
    world.model.kind = ModelKind.READER
    for asked, (number, fact) in enumerate(own_questions(100)):
        scopes = world.places[number].scopes
        assert any(fact.sentence in found.text for found in await news.search(fact.question, scopes, k=3))
        if asked % 2:
            continue
        answer = await news.ask(fact.question, scopes)
        assert answer.short_answer == fact.number
        assert answer.citations[0].quote == fact.sentence
    world.model.prompts.clear()


async def test_searches(world: World) -> None:
    """A search finds passages of its own chat and the public ones, and no word of another chat."""

    def search(number: int, fact: Fact) -> Coroutine[Any, Any, Sequence[Evidence]]:
        return world.bot.news.search(fact.question, world.places[number].scopes)

    asked = list(foreign_questions(SEARCHES))
    results = await asyncio.gather(*(search(number, fact) for number, fact in asked))
    for (number, fact), found in zip(asked, results, strict=True):
        assert found
        assert not world.secrets.leaked(repr(found), number, words_of(fact.question))


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_answers(world: World, kind: ModelKind) -> None:
    """An answer has no word of another chat in any of its fields, nor was any shown to the model."""
    world.model.kind = kind
    half = ANSWERS // 2
    for number, fact in foreign_questions(half, start=SEARCHES + half * (kind is ModelKind.WRITER)):
        world.model.prompts.clear()
        answer = await world.bot.news.ask(fact.question, world.places[number].scopes)
        assert world.model.prompts
        for text in (repr(answer), *world.model.prompts):
            assert not world.secrets.leaked(text, number, words_of(fact.question))
    world.model.prompts.clear()


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_messages(world: World, kind: ModelKind) -> None:
    """Nothing that the bot sends for a question has a word of another chat: texts, drafts, buttons, ids."""
    world.model.kind = kind
    half = MESSAGES // 2
    start = SEARCHES + ANSWERS + half * (kind is ModelKind.WRITER)
    asked = [world.say(world.places[number], fact.question) for number, fact in foreign_questions(half, start=start)]
    replies = await world.replies_to(asked)
    assert len(replies) == half
    assert all(reply.text for reply in replies)
    assert world.leaks() == []


async def test_follow_ups(world: World) -> None:
    """A follow-up question continues its own chat's conversation, whose turns reach no other chat."""
    world.model.kind = ModelKind.READER
    facts = [facts_of(place.number)[0] for place in world.places]
    answers = await world.replies_to([world.say(place, fact.question) for place, fact in world.each(facts)])
    assert all(fact.number in answer.text for answer, fact in zip(answers, facts, strict=True))
    followed = [
        world.say(place, "And who said so?", reply_to=None if place.chat.type == "private" else answer)
        for place, answer in world.each(answers)
    ]
    continued = [(await world.history(message))[-1] for message in followed]
    assert [turn.question for turn in continued] == [fact.question for fact in facts]
    await world.replies_to(followed)
    anew = [world.say(place, "And how many are there?") for place in world.places if place.chat.type != "private"]
    assert [await world.history(message) for message in anew] == [[]] * len(anew)
    await world.replies_to(anew)
    assert world.leaks() == []


async def test_inline_queries(world: World) -> None:
    """What is offered to share is public: of no chat, not even one that the person is in."""
    world.model.kind = ModelKind.READER
    api = world.bot.api
    asked = [fact for _, fact in foreign_questions(QUERIES - len(world.places), start=SEARCHES + ANSWERS + MESSAGES)]
    own = [facts_of(place.number)[-1] for place in world.places]
    for at in range(0, QUERIES, len(world.places)):  # a person's latest query is the one that counts
        facts = [*asked, *own][at : at + len(world.places)]
        for query in [api.inline(place.user, fact.question) for place, fact in world.each(facts)]:
            assert "results" in await api.wait_for_answer(query)
    public = facts_of(PUBLIC)[: len(world.places)]
    for query, fact in [(api.inline(place.user, fact.question), fact) for place, fact in world.each(public)]:
        assert fact.number in str(await api.wait_for_answer(query))
    assert world.leaks() == []


async def test_forged_passages(world: World) -> None:
    """A button that names an article of another chat shows nothing of it; one that names an own article shows it."""
    world.model.kind = ModelKind.READER
    answers = await world.replies_to([world.say(place, facts_of(place.number)[5].question) for place in world.places])
    named = {place.number: await world.passages(place) for place in world.places}
    forged = [
        world.press(answer, place.user, data)
        for place, answer in world.each(answers)
        for data in named[(place.number + 7) % len(world.places)]
    ]
    assert all([(await world.bot.api.wait_for_answer(press))["show_alert"] for press in forged])
    honest = [world.press(answer, place.user, named[place.number][0]) for place, answer in world.each(answers)]
    for press in honest:
        assert "show_alert" not in await world.bot.api.wait_for_answer(press)
    for place, answer in world.each(answers):
        shown = await world.bot.api.wait_for_message(place.chat, after=answer)
        assert articles_of(place.number)[0].title in shown.text
    assert world.leaks() == []


async def test_sources(world: World) -> None:
    """The list of articles has a chat's own and the public ones, whatever page a button asks for."""
    lists = await world.replies_to([world.say(place, "/sources") for place in world.places])
    for place, shown in world.each(lists):
        assert all(article.title in shown.text for article in articles_of(place.number))
    for offset in (10, 4, 999_999_999):
        for press in [world.press(shown, place.user, f"s:{offset}") for place, shown in world.each(lists)]:
            await world.bot.api.wait_for_answer(press)
        assert all("News from" in shown.text for shown in lists)
    assert world.leaks() == []
