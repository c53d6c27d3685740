"""Whatever an article orders and a model writes of it, summaries, digests and timelines say what the articles say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from index.errors import UnreadableError
from index.providers.base import Completion, OnText, Prompt
from index.summaries.digest_writing import _RULES as DIGEST_RULES
from index.summaries.facade import Summaries
from index.summaries.timeline_writing import _RULES as TIMELINE_RULES
from index.summaries.types import Point
from index.summaries.written import _RULES as ARTICLE_RULES
from index.types import Answer, Article, Status
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.checks import faults_of
from tests.injection.conftest import OpenWorld
from tests.injection.gullible import GullibleModel
from tests.injection.world import World, scopes_of

BEGIN, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_PASSAGE = re.compile(r"^\[(\d+)\] (.*)\n(.*)$", re.MULTILINE)
_WORDS = " ".join(f"{ARTICLE_RULES} {DIGEST_RULES} {TIMELINE_RULES}".split())
_LEAK = 6  # words of a prompt in a row


@dataclass
class GullibleSummarizer(GullibleModel):
    """Obeys every order it is shown, after or before it has told the beginning of each passage."""

    first: bool = False

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Both, the orders first or last."""
        obeyed = (await super().complete(prompt)).text
        own = "\n".join(f"{text.partition('. ')[0].rstrip('.')} [{n}]" for n, _, text in _PASSAGE.findall(prompt.text))
        parts = (obeyed, own) if self.first else (own, obeyed)
        text = "\n".join(part for part in parts if part != "NOT IN THE ARTICLES")
        if on_text:
            on_text(text)
        return Completion(text)


def faults(points: Sequence[Point], visible: dict[str, Article]) -> list[str]:
    """What is wrong with points; one that is a quote need only stand in an article that is visible."""
    places = {(c.article_id, c.start, c.end): c for point in points for c in point.citations}
    numbers = {place: n for n, place in enumerate(places, start=1)}
    sentences = tuple(
        (point.text, tuple(numbers[c.article_id, c.start, c.end] for c in point.citations))
        for point in points
        if not point.is_quote
    )
    cited = tuple(replace(c, n=numbers[place]) for place, c in places.items())
    answer = Answer("", Status.ANSWERED, sentences[0][0] if sentences else None, sentences, cited)
    return [*faults_of(answer, visible), *_leaks(points, visible)]


def _leaks(points: Iterable[Point], visible: dict[str, Article]) -> Iterable[str]:
    theirs = " ".join(" ".join(f"{article.title} {article.text}".split()) for article in visible.values())
    for point in points:
        words = point.text.split()
        runs = (" ".join(words[at : at + _LEAK]) for at in range(len(words) - _LEAK + 1))
        yield from (f"leaks the prompt: {run}" for run in runs if run in _WORDS and run not in theirs)


def obeys(points: Iterable[Point], hostile: Hostile) -> list[str]:
    """What of the order's words is told, beyond what the article's news says."""
    said = {text.rstrip(".") for text in hostile.attack.says}
    return [f"obeys: {point.text}" for point in points if point.text.rstrip(".") in said]


async def told(world: World, sums: Summaries, hostile: Hostile) -> dict[str, list[Point]]:
    """The points of each kind of summary in the chat of a hostile article."""
    scopes = scopes_of(hostile)
    try:
        summary = await sums.article(world.stored[hostile.name].id, scopes)
    except UnreadableError:  # a sentence too short to stand for it
        summary = None
    digest = await sums.digest(scopes, BEGIN, END)
    timeline = await sums.timeline(hostile.story.title, scopes)
    return {
        "article": [summary.line, *summary.points] if summary else [],
        "digest": [story.sentence for story in digest.stories if story.sentence],
        "timeline": [dated.point for dated in timeline.points],
    }


@pytest.mark.parametrize("first", [False, True], ids=["honest first", "obedient first"])
async def test_orders_change_no_summary(world_with: OpenWorld, first: bool) -> None:
    """Quotes stand in articles that the chat may see, names and numbers in what is cited, and no order is obeyed."""
    model = GullibleSummarizer(first=first)
    found: dict[str, list[str]] = {}
    async with world_with(model) as world:
        sums = Summaries(world.news)
        for hostile in HOSTILE:
            for kind, points in (await told(world, sums, hostile)).items():
                wrong = faults(points, world.visible(hostile)) + obeys(points, hostile)
                found |= {f"{kind} {hostile.name}": wrong} if wrong else {}
    assert found == {}
    assert model.obeyed > 50
