"""An article in its own sentences, or a model's that it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelUnavailableError, UnreadableError
from index.news_index import NewsIndex
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.summaries.article import extracted_summary, prose_sentences
from index.summaries.facade import Summaries
from index.types import PUBLIC, Article, Scopes

TEXT = """Three rockets hit the American embassy in Baghdad on Sunday evening, two security sources said.

One person was slightly hurt when a rocket struck the canteen at dinner time. The ministry condemned the attack and
promised to find those behind it. Nobody has claimed the attack so far, a spokesman told reporters.

Subscribe to our newsletter for more stories like this one every single morning. Photo: A. Author
About 5,200 American troops are based in Iraq, where attacks on them have become more frequent since autumn. It was the
third such attack this month."""
ARTICLE = Article(
    title="Rockets hit embassy canteen",
    text=TEXT.replace("\nOne person", "\nOne person"),
    id="rockets",
    source="The Daily Example",
)


async def summaries(
    data: Path, *replies: str | Exception, kind: ModelKind = ModelKind.WRITER
) -> tuple[NewsIndex, Summaries]:
    model = FakeChatModel(replies, kind=kind) if replies else None
    news = await NewsIndex.open_with(data, embedder=FakeEmbedder(), chat_model=model)
    await news.add([ARTICLE])
    return news, Summaries(news)


async def test_extracted_points_are_verbatim() -> None:
    """Each point is a whole sentence that stands at its place, no two are the same, and adverts are left out."""
    found = await extracted_summary(ARTICLE, FakeEmbedder())
    assert found is not None
    points = [found.line, *found.points]
    assert 3 <= len(points) <= 5
    assert len({point.text for point in points}) == len(points)
    for number, point in enumerate(points, start=1):
        (citation,) = point.citations
        assert citation.n == number
        assert ARTICLE.text[citation.start : citation.end] == citation.quote == point.text
        assert "Subscribe" not in point.text
    assert found.line.text.startswith("Three rockets hit")
    starts = [point.citations[0].start for point in found.points]
    assert starts == sorted(starts)
    assert found.written.model is None


def test_what_is_no_sentence_of_the_story_is_not_chosen() -> None:
    """Captions, pleas and fragments are no candidates."""
    assert [
        s.text for s in prose_sentences("Photo: AP\nRead more at https://a.example now and then again.\nShort one.")
    ] == []


async def test_a_capable_model_writes_what_the_article_says(tmp_path: Path) -> None:
    """Its checked sentences are the points; one with another number and one with no citation are dropped."""
    reply = (
        "Three rockets hit the American embassy in Baghdad on Sunday [1]\n"
        "- One person was slightly hurt in the canteen [1]\n"
        "Twelve people died in the attack [1]\nThe embassy will close for good."
    )
    news, sums = await summaries(tmp_path, reply)
    async with news:
        found = await sums.article("rockets", PUBLIC)
    assert found is not None
    assert [found.line.text, *(point.text for point in found.points)] == [
        "Three rockets hit the American embassy in Baghdad on Sunday",
        "One person was slightly hurt in the canteen",
    ]
    assert found.written.model == "fake:replies"
    assert all(point.citations for point in (found.line, *found.points))


@pytest.mark.parametrize("reply", ["Nine aliens landed in Paris [1]", ModelUnavailableError("The model is down.")])
async def test_without_a_point_that_holds_the_sentences_are_the_articles(
    tmp_path: Path, reply: str | Exception
) -> None:
    """A model that invents or fails leaves the extracted summary, which says why when it failed."""
    news, sums = await summaries(tmp_path, reply)
    async with news:
        found = await sums.article("rockets", PUBLIC)
    assert found is not None
    assert found.written.model is None
    assert found.written.notice == (None if isinstance(reply, str) else "The model is down.")
    assert found.line.text in ARTICLE.text


async def test_the_small_model_writes_no_summary(tmp_path: Path) -> None:
    """A reader is never asked: its sentences would not be worth reading."""
    news, sums = await summaries(tmp_path, "Something it made up.", kind=ModelKind.READER)
    async with news:
        found = await sums.article("rockets", PUBLIC)
    assert found is not None
    assert found.written.model is None


async def test_only_who_may_see_it_gets_it(tmp_path: Path) -> None:
    """Another chat's article is unknown, and one without a sentence cannot be summed up."""
    news, sums = await summaries(tmp_path)
    async with news:
        assert await sums.article("rockets", Scopes.of("chat:1")) is None
        await news.add([replace(ARTICLE, id="short", title="Weather", text="Rain.")])
        with pytest.raises(UnreadableError, match="too short"):
            await sums.article("short", PUBLIC)


async def test_what_was_read_of_an_article_is_not_asked_again(tmp_path: Path) -> None:
    """The same version costs one request in all, a new one costs another, and another chat's is never told from it."""
    reply = "Three rockets hit the American embassy in Baghdad on Sunday [1]"
    model = FakeChatModel([reply])
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=model) as news:
        sums = Summaries(news)
        (added,) = await news.add([ARTICLE], scope="chat:1")
        chat = Scopes.of("chat:1")
        first = await sums.article(added.article.id, chat)
        assert first is not None and first.written.model == model.name
        assert await sums.article(added.article.id, chat) == first
        assert len(model.prompts) == 1
        assert await sums.article(added.article.id, PUBLIC) is None
        later = replace(ARTICLE, text=f"{ARTICLE.text} Later the embassy was closed for the night by its guards.")
        await news.add([later], scope="chat:1")
        changed = await sums.article(added.article.id, chat)
        assert changed is not None and changed.article.version == 2
        assert len(model.prompts) == 2
        assert await news.remove(added.article.id, chat)
        assert await sums.article(added.article.id, chat) is None


async def test_a_long_article_costs_only_the_windows_that_were_not_read(tmp_path: Path) -> None:
    """A model that failed in the middle is asked for the rest the next time."""
    long = replace(ARTICLE, text="\n\n".join(f"{ARTICLE.text} It was day {day} of the siege." for day in range(60)))
    reply = "Three rockets hit the American embassy in Baghdad [1]"
    model = FakeChatModel([reply, ModelUnavailableError("The model is down."), reply])
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=model) as news:
        sums = Summaries(news)
        (added,) = await news.add([long])
        found = await sums.article(added.article.id, PUBLIC)
        assert found is not None and found.written.model == model.name
        assert found.written.notice == "The model is down. Its end is not summed up."
        again = await sums.article(added.article.id, PUBLIC)
        assert again is not None and again.written.notice is None
        assert len(model.prompts) == 3


async def test_what_is_too_long_is_read_up_to_a_bound_and_told_so(tmp_path: Path) -> None:
    """Twelve requests at most, and replies without end are kept in part."""
    long = replace(ARTICLE, text="\n\n".join(f"{ARTICLE.text} It was day {day} of the siege." for day in range(500)))
    model = FakeChatModel(["Three rockets hit the American embassy in Baghdad [1]\n" * 5_000])
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=model) as news:
        (added,) = await news.add([long])
        found = await Summaries(news).article(added.article.id, PUBLIC)
    assert found is not None and found.written.model == model.name
    assert found.written.notice == "It is longer than 12 requests to the model can hold. Its end is not summed up."
    assert len(model.prompts) == 12
