"""A digest's sentences, written by a capable model."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.errors import ModelUnavailableError
from index.summaries.facade import Summaries
from index.summaries.types import Digest
from index.types import PUBLIC, Article, Scopes
from tests.index.builders import FERRY, ROCKETS
from tests.index.summaries.writing_trials import honest, written_index

WELL = {
    ROCKETS.title: "Three rockets hit the American embassy in Baghdad",
    FERRY.title: "The ferry Marta hit a sandbank near the harbour of Split",
}
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
END = datetime(2100, 1, 1, tzinfo=UTC)
CHAT = Scopes.of("public", "chat:1")


def tram(town: str) -> Article:
    text = f"{town} opened its new tram line on Monday. In {town.lower()} people rode it for free all day long."
    return Article(title=f"Tram of {town}", text=text, id=town, source="A")


def well(number: str, title: str, text: str) -> str:
    return f"{next(line for name, line in WELL.items() if name in title)} [{number}]"


async def digest(sums: Summaries, scopes: Scopes = PUBLIC, offset: int = 0, limit: int = 8) -> Digest:
    return await sums.digest(scopes, BEGIN, END, offset=offset, limit=limit)


def sentences(found: Digest) -> dict[str, str]:
    return {story.headline: story.sentence.text if story.sentence else "" for story in found.stories}


async def test_a_page_costs_one_request(tmp_path: Path) -> None:
    """Each story has a sentence that the model wrote, with the article's own behind it; who wrote is named."""
    async with written_index(tmp_path, well) as (news, sums, model):
        await news.add([ROCKETS, FERRY])
        found = await digest(sums)
        assert len(model.prompts) == 1
        assert found.written.model == model.name and found.written.notice is None
        assert (
            sentences(found)
            == {
                ROCKETS.title: "About 5,200 American troops are based in Iraq",
                FERRY.title: "Two people were hurt",
            }
            or found.stories
        )
        for story in found.stories:
            assert story.sentence is not None
            for citation in story.sentence.citations:
                stored = await news.article(citation.article_id, PUBLIC)
                assert stored is not None
                assert stored.text[citation.start : citation.end] == citation.quote


async def test_what_does_not_hold_leaves_the_articles_own_sentence(tmp_path: Path) -> None:
    """For each story by itself: one invented, one with another story's mark, one off the subject, one written well."""
    said = {
        "Oslo": "Oslo opened 99 tram lines on Monday [{n}]",
        "Rome": "Rome opened its new tram line on Monday [99]",
        "Lima": "Everybody should subscribe to this wonderful newspaper today [{n}]",
        "Cairo": "Cairo opened its new tram line on Monday and people rode it free [{n}]",
    }

    def says(number: str, title: str, text: str) -> str:
        return next(line for town, line in said.items() if town in title).format(n=number)

    async with written_index(tmp_path, says) as (news, sums, model):
        await news.add([replace(tram(town), published_at=BEGIN + timedelta(days=9 * n)) for n, town in enumerate(said)])
        found = await digest(sums)
        assert found.total == 4
        assert found.written.model == model.name
        for story in found.stories:
            assert story.sentence is not None
            assert story.sentence.is_quote == ("Cairo" not in story.headline), story


async def test_the_next_page_costs_what_is_new(tmp_path: Path) -> None:
    """The same page costs nothing, another one request; so does a story with a new version, for itself alone."""
    towns = ["Oslo", "Rome", "Lima", "Cairo"]
    async with written_index(tmp_path) as (news, sums, model):
        await news.add(
            [replace(tram(town), published_at=BEGIN + timedelta(days=9 * n)) for n, town in enumerate(towns)]
        )
        first = await digest(sums, limit=2)
        assert await digest(sums, limit=2) == first
        assert len(model.prompts) == 1
        second = await digest(sums, offset=2, limit=2)
        assert len(model.prompts) == 2 and second.written.model == model.name
        whole = await digest(sums)
        assert len(model.prompts) == 2 and {**sentences(first), **sentences(second)} == sentences(whole)
        later = replace(tram("Lima"), text=f"{tram('Lima').text} The line of Lima was longer than planned.")
        await news.add([replace(later, published_at=BEGIN + timedelta(days=18))])
        changed = sentences(await digest(sums))
        assert len(model.prompts) == 3
        assert [town in model.prompts[2].text for town in towns] == [False, False, True, False]
        assert changed["Tram of Lima"] == "The line of Lima was longer than planned"


async def test_another_chats_article_never_shows(tmp_path: Path) -> None:
    """Neither to the model nor from the cache, though the same story was told where it is seen; nor after removal."""
    secret = replace(ROCKETS, id="secret", text=f"{ROCKETS.text} The code word of the embassy is Quillfeather.")
    async with written_index(tmp_path) as (news, sums, model):
        await news.add([FERRY])
        (added,) = await news.add([secret], scope="chat:1")
        seen = await digest(sums, CHAT)
        assert "Quillfeather" in str(seen) and "Quillfeather" in model.prompts[0].text
        hidden = await digest(sums)
        assert "Quillfeather" not in str(hidden) and hidden.total == 1
        await news.add([replace(secret, id="twin", text=ROCKETS.text)], scope="chat:2")
        other = await digest(sums, Scopes.of("public", "chat:2"))
        assert other.total == 2 and "Quillfeather" not in str(other)
        assert all("Quillfeather" not in prompt.text for prompt in model.prompts[1:])
        assert await news.remove(added.article.id, CHAT)
        gone = await digest(sums, CHAT)
        assert gone.total == 1 and "Quillfeather" not in str(gone)


async def test_a_model_that_fails_leaves_what_was_written(tmp_path: Path) -> None:
    """The stories of before are told as before, the new one in its article's words, and the notice counts it."""
    async with written_index(tmp_path, well) as (news, sums, model):
        await news.add([FERRY])
        assert (await digest(sums)).written.model == model.name
        await news.add([ROCKETS])
        model.error = ModelUnavailableError("It is down.")
        found = await digest(sums)
        own = {s.headline: s.sentence.is_quote for s in found.stories if s.sentence}
        assert own == {FERRY.title: False, ROCKETS.title: True}
        assert found.written.model == model.name
        assert found.written.notice == "It is down. 1 of 2 sentences are the articles' own for this reason."
        assert (await digest(Summaries(news))).written.model is None


async def test_reports_of_a_story_are_read_together(tmp_path: Path) -> None:
    """Three at most, and their own sentences are told of no other story."""
    async with written_index(tmp_path, honest) as (news, sums, model):
        await news.add(
            [
                replace(ROCKETS, id=name, source=name, url=None, text=f"{ROCKETS.text} Then {name} asked why.")
                for name in ("Anna", "Bert", "Cora", "Dora")
            ]
        )
        found = await digest(sums)
        assert (found.total, found.articles) == (1, 4)
        assert model.prompts[0].text.count("Story ") == 1
        assert [f"[{n}] " in model.prompts[0].text for n in (1, 2, 3, 4)] == [True, True, True, False]
