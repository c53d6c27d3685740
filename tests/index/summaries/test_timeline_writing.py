"""A timeline's points, written by a capable model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelUnavailableError
from index.summaries.types import Timeline
from index.types import PUBLIC, Scopes
from tests.index.summaries.test_timeline import BACK, FIRST, LATER, OTHER
from tests.index.summaries.writing_trials import honest, written_index

SUBJECT = "embassy in Baghdad"


def texts(timeline: Timeline) -> list[str]:
    return [dated.point.text for dated in timeline.points]


async def test_one_request_writes_all_points(tmp_path: Path) -> None:
    """Each rests on its own sentence and stays on its day; the same timeline again costs nothing."""
    async with written_index(tmp_path) as (news, sums, model):
        await news.add([LATER, FIRST, BACK])
        found = await sums.timeline(SUBJECT, PUBLIC)
        assert len(model.prompts) == 1
        assert found.written.model == model.name and found.written.notice is None
        assert [point.day.day for point in found.points] == [26, 28, 29]
        for article, dated in zip((FIRST, BACK, LATER), found.points, strict=True):
            assert dated.point.text == article.text.rstrip(".")
            assert [citation.quote for citation in dated.point.citations] == [article.text]
        assert await sums.timeline(SUBJECT, PUBLIC) == found
        assert len(model.prompts) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Seven rockets hit the embassy in Baghdad [{n}]",
        "Three rockets hit the embassy in Baghdad on 27 January [{n}]",
        "Three rockets hit the embassy in Baghdad [99]",
        "Three rockets hit the embassy in Baghdad",
        "The embassy in Baghdad is the best place of all to spend a quiet holiday [{n}]",
        "A spokesman was asked about it [{n}]",
    ],
    ids=["number", "day", "no passage", "no mark", "invented", "the sentence before"],
)
async def test_what_does_not_hold_leaves_the_sentence(tmp_path: Path, line: str) -> None:
    """Another number or day, no passage behind it, the model's own words, or what the sentence before tells."""
    article = replace(FIRST, text=f"A spokesman was asked about it in the evening. {FIRST.text}")
    async with written_index(tmp_path, lambda n, *_: line.format(n=n)) as (news, sums, model):
        await news.add([article])
        found = await sums.timeline(SUBJECT, PUBLIC)
        assert texts(found) == [FIRST.text]
        assert found.written.model is None
        assert "A spokesman was asked" in model.prompts[0].text


async def test_a_value_that_others_contradict_is_told(tmp_path: Path) -> None:
    """A point beside which another value stands must hold its own."""
    said = {"hit": "Three rockets hit the embassy in Baghdad [{n}]", "more": "Rockets hit the embassy in Baghdad [{n}]"}

    def says(number: str, title: str, text: str) -> str:
        return next(line for word, line in said.items() if f"Embassy {word}" in title).format(n=number)

    async with written_index(tmp_path, says) as (news, sums, _):
        await news.add([FIRST, OTHER])
        found = await sums.timeline("rockets embassy Baghdad", PUBLIC)
        assert found.points and all(point.conflicts for point in found.points)
        assert set(texts(found)) <= {"Three rockets hit the embassy in Baghdad", OTHER.text, FIRST.text}
        assert not any(text.startswith("Rockets") for text in texts(found))


async def test_a_model_that_fails_keeps_what_was_written(tmp_path: Path) -> None:
    """The points of before are told as before, the new one in its article's words, and the notice counts it."""
    async with written_index(tmp_path) as (news, sums, model):
        await news.add([FIRST])
        assert (await sums.timeline(SUBJECT, PUBLIC)).written.model == model.name
        await news.add([LATER])
        model.error = ModelUnavailableError("It is down.")
        found = await sums.timeline(SUBJECT, PUBLIC)
        assert [dated.point.is_quote for dated in found.points] == [False, True]
        assert found.written.notice == "It is down. 1 of 2 sentences are the articles' own for this reason."


async def test_another_chats_article_never_shows(tmp_path: Path) -> None:
    """Neither to the model nor from what it wrote for the chat that may see it."""
    async with written_index(tmp_path, honest) as (news, sums, model):
        await news.add([FIRST])
        secret = "The embassy in Baghdad changes its code word to Quillfeather, an officer told reporters on Monday."
        await news.add([replace(LATER, text=secret)], scope="chat:1")
        assert "Quillfeather" in str(await sums.timeline(SUBJECT, Scopes.of("public", "chat:1")))
        assert "Quillfeather" not in str(await sums.timeline(SUBJECT, PUBLIC))
        assert len(model.prompts) == 1
