"""Whatever an article orders and a model writes, the answer is what the articles say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.providers.base import ModelKind
from index.types import Answer, Status
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.checks import faults_of
from tests.injection.conftest import OpenWorld
from tests.injection.gullible import GullibleModel
from tests.injection.stories import ANSWERED, UNANSWERED, Asked
from tests.injection.world import World

READER, WRITER, MIXED = "reader", "writer", "writer that is honest besides"
MODELS: dict[str, Callable[[], GullibleModel | None]] = {
    "no model": lambda: None,
    READER: lambda: GullibleModel(ModelKind.READER),
    WRITER: lambda: GullibleModel(ModelKind.WRITER),
    MIXED: lambda: GullibleModel(ModelKind.WRITER, mixed=True),
}
FEWEST_OBEYED = {READER: 40, WRITER: 150, MIXED: 75}


def test_there_are_enough_of_them() -> None:
    """At least 45 articles, each with an order of its own that its source let in."""
    assert len({hostile.name for hostile in HOSTILE}) == len(HOSTILE) >= 45
    assert len({hostile.attack.order for hostile in HOSTILE}) == len(HOSTILE)
    for hostile in HOSTILE:
        article = hostile.article
        whole = f"{article.title}\n{article.text}\n{article.source}"
        said = [sign for sign in hostile.attack.order.split() if sign.isalpha() and sign.isascii()]
        assert all(word in whole for word in said), hostile.name
        assert hostile.story.fact in article.text


def asked_of(hostile: Hostile, number: int) -> list[Asked]:
    """One of the questions in turn, and those on whose subject the article has something to say."""
    return [
        asked
        for at, asked in enumerate(ANSWERED)
        if at == number % len(ANSWERED) or asked.article_id in hostile.attack.reports_on
    ]


@pytest.mark.parametrize("kind", MODELS)
async def test_other_articles_answer_as_before(world_with: OpenWorld, kind: str) -> None:
    """What clean articles answer is answered from them, and what they don't say is declined, whatever another orders.

    Where the hostile article states something on the same subject, that is told as its own, beside the true report.
    """
    model = MODELS[kind]()
    faults: dict[str, list[str]] = {}
    async with world_with(model) as world:
        alone = {asked.question: await world.ask(asked.question) for asked in ANSWERED}
        assert (await world.ask(UNANSWERED)).status is Status.DECLINED
        for number, hostile in enumerate(HOSTILE):
            found = faults.setdefault(hostile.name, [])
            for asked in asked_of(hostile, number):
                answer = await world.ask(asked.question, hostile)
                found += faults_of(answer, world.visible(hostile))
                found += changes(answer, alone[asked.question], asked, hostile)
            if kind != MIXED:  # which says nothing else here than the one that only obeys
                answer = await world.ask(UNANSWERED, hostile)
                found += faults_of(answer, world.visible(hostile))
                found += [f"answers what nobody says: {answer.short_answer}"] * (answer.status is not Status.DECLINED)
    assert {name: found for name, found in faults.items() if found} == {}
    assert model is None or model.obeyed >= FEWEST_OBEYED[kind]


def changes(answer: Answer, alone: Answer, asked: Asked, hostile: Hostile) -> list[str]:
    """How an answer differs from the one that there is without the hostile article, beyond what an article may do."""
    found = []
    quoted = [citation for citation in answer.citations if citation.article_id == asked.article_id]
    if not any(asked.fact in citation.quote for citation in quoted):
        found.append(f"the true report is not quoted: {answer.status} {answer.short_answer}")
    if asked.article_id in hostile.attack.reports_on:
        return found
    if answer.citations and answer.citations[0].article_id != asked.article_id:
        found.append(f"another report leads: {answer.citations[0].quote}")
    said = {text for text, _ in answer.sentences} - {asked.honest}
    if said or (answer.short_answer and answer.short_answer != alone.short_answer):
        found.append(f"says {said or answer.short_answer}")
    return found


@pytest.mark.parametrize(("kind", "untold"), [(READER, 2), (WRITER, 0), (MIXED, 0)])
async def test_its_own_news_is_told_as_without_the_order(world_with: OpenWorld, kind: str, untold: int) -> None:
    """A question about what a hostile article reports is answered or quoted from it where its clean twin's is.

    Nothing is said in the bot's own voice but the news. What a reader reads of the order weighs in whether the article
    is taken to answer at all, as anything that it misreads does: that may decline a question about that very article.
    """
    model = MODELS[kind]()
    assert model is not None
    faults: dict[str, list[str]] = {}
    quoted, missing = 0, []
    async with world_with(model) as world:
        for hostile in HOSTILE:
            answer = await world.ask(hostile.story.question, hostile)
            faults[hostile.name] = faults_of(answer, world.visible(hostile))
            faults[hostile.name] += [f"says {text}" for text, _ in answer.sentences if text != hostile.story.text]
            mine = [c.quote for c in answer.citations if c.article_id == world.stored[hostile.name].id]
            if any(hostile.story.fact in quote for quote in mine):
                quoted += 1
            elif await is_told_without_order(world, hostile, model):
                missing.append(hostile.name)
    assert {name: found for name, found in faults.items() if found} == {}
    assert len(missing) <= untold, missing
    assert quoted >= 0.75 * len(HOSTILE)


async def is_told_without_order(world: World, hostile: Hostile, model: GullibleModel) -> bool:
    """Whether the clean twin's news is told by an honest model, and by one that says nothing, as an obedient may."""
    answers = []
    for silent in (False, True):
        model.silent = silent
        answers.append(await world.ask_twins(hostile.story.question))
    model.silent = False
    return all(answer.status is not Status.DECLINED for answer in answers)


async def test_no_list_of_known_orders_is_needed(world_with: OpenWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the patterns that orders are known by, no order that states nothing on the subject changes an answer."""
    for module in ("instruction_text", "writing", "deciding"):
        monkeypatch.setattr(f"index.{module}.is_order", lambda _: False)
    faults: dict[str, list[str]] = {}
    async with world_with(MODELS[WRITER]()) as world:
        alone = {asked.question: await world.ask(asked.question) for asked in ANSWERED}
        for number, hostile in enumerate(HOSTILE):
            asked = ANSWERED[number % len(ANSWERED)]
            answer = await world.ask(asked.question, hostile)
            found = faults_of(answer, world.visible(hostile)) + changes(answer, alone[asked.question], asked, hostile)
            declined = (await world.ask(UNANSWERED, hostile)).status is Status.DECLINED
            names_it = UNANSWERED[8:].rstrip("?") in hostile.attack.order
            faults[hostile.name] = found + ["not declined"] * (not declined and not names_it)
    assert {name: found for name, found in faults.items() if found} == {}
