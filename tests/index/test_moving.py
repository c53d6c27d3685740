"""A chat's collection moves to another scope, or goes: catalog, vectors and words, whatever comes between."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from index import upkeep
from index.errors import StoreError
from index.news_index import NewsIndex
from index.postgres import is_postgres
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC, Article, Scopes
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS
from tests.index.repairs import repair_here
from tests.index.test_catalog import full_text_is_in_step

GROUP, SUPERGROUP, OTHER = "chat:-5", "chat:-1005", "chat:7"
LOCKED = ("CREATE TRIGGER no BEFORE UPDATE ON articles BEGIN SELECT RAISE(ABORT, 'locked'); END",)
LOCKED_POSTGRES = (
    "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''locked''; END'",
    "CREATE TRIGGER no BEFORE UPDATE ON articles EXECUTE FUNCTION no()",
)
QUERY = "rockets at the embassy, ferry on a sandbank"


async def open_news(backend: Backend) -> NewsIndex:
    return await backend.open()


async def fill(news: NewsIndex) -> None:
    """The two stories in a group, and one of them in another chat and in public."""
    await news.add([ROCKETS, FERRY], scope=GROUP)
    await news.add([FERRY], scope=OTHER)
    await news.add([FERRY])


async def titles(news: NewsIndex, scope: str) -> set[str]:
    """What a search in one scope finds, by words and by vectors; both must find the same."""
    found = {item.title for item in await news.search(QUERY, Scopes.of(scope))}
    vectors = news._store.search(FakeEmbedder().embed_query(QUERY), Scopes.of(scope), 10)
    assert {item.title for item in news._catalog.evidence(vectors, Scopes.of(scope))} == found
    assert {article.title for article in await news.articles(Scopes.of(scope))} == found
    return found


async def is_whole(news: NewsIndex, chunks: int) -> bool:
    status = await news.status()
    return status.healthy and status.chunks == status.vectors == chunks


BOTH = {ROCKETS.title, FERRY.title}


async def test_a_collection_moves_whole(backend: Backend) -> None:
    """The new scope finds all of it, the old one nothing, and other scopes are as they were."""
    async with await open_news(backend) as news:
        await fill(news)
        assert await news.move_scope(GROUP, SUPERGROUP) == 2
        assert await titles(news, SUPERGROUP) == BOTH
        assert await titles(news, GROUP) == set()
        assert await titles(news, OTHER) == await titles(news, "public") == {FERRY.title}
        assert sorted(news._store.scopes()) == sorted([SUPERGROUP, OTHER, "public"])
        assert await is_whole(news, 4)
    async with await open_news(backend) as news:
        assert await titles(news, SUPERGROUP) == BOTH


async def test_articles_keep_their_ids(backend: Backend) -> None:
    """A button under an old reply still finds its article, from the new scope only."""
    async with await open_news(backend) as news:
        added = (await news.add([ROCKETS], scope=GROUP))[0].article
        await news.move_scope(GROUP, SUPERGROUP)
        assert await news.article(added.id, Scopes.of(SUPERGROUP)) == replace(added, text=ROCKETS.text)
        assert await news.article(added.id, Scopes.of(GROUP)) is None


async def test_moving_twice_is_harmless(backend: Backend) -> None:
    """Nor does it harm to move what is not there, or to where it is."""
    async with await open_news(backend) as news:
        await fill(news)
        moved = [await news.move_scope(GROUP, SUPERGROUP) for _ in range(2)]
        assert moved == [2, 0]
        assert await news.move_scope("chat:-99", SUPERGROUP) == 0
        assert await news.move_scope(SUPERGROUP, SUPERGROUP) == 0
        assert await titles(news, SUPERGROUP) == BOTH
        assert await is_whole(news, 4)


@pytest.mark.parametrize(
    "there",
    [
        replace(ROCKETS, title="New", text="The ferry and the rockets: all is quiet."),
        replace(ROCKETS, title="New", url=None, text=ROCKETS.text.upper()),
    ],
    ids=["address", "text"],
)
async def test_what_the_new_scope_has_already_is_dropped_from_the_old(backend: Backend, there: Article) -> None:
    """The one that is there stays as it is; of the other no version, chunk, vector or word is left."""
    async with await open_news(backend) as news:
        await fill(news)
        await news.add([there], scope=SUPERGROUP)
        assert await news.move_scope(GROUP, SUPERGROUP) == 1
        assert await titles(news, SUPERGROUP) == {"New", FERRY.title}
        assert await titles(news, GROUP) == set()
        assert await is_whole(news, 4)
        with news._catalog.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM versions")).scalar() == 4


async def test_a_group_can_be_filled_again_after_it_moved(backend: Backend) -> None:
    """Its collection is made anew, and takes the same article."""
    async with await open_news(backend) as news:
        await fill(news)
        await news.move_scope(GROUP, SUPERGROUP)
        await news.add(
            [replace(ROCKETS, id="again", url="https://news.example/again", text="A ferry, again.")], scope=GROUP
        )
        assert await titles(news, GROUP) == {ROCKETS.title}
        assert await is_whole(news, 5)


async def test_a_moved_article_is_known_when_it_comes_again(backend: Backend) -> None:
    """It is told as a duplicate in its new scope."""
    async with await open_news(backend) as news:
        await fill(news)
        await news.move_scope(GROUP, SUPERGROUP)
        report = await news.add([ROCKETS, FERRY], scope=SUPERGROUP)
        assert [added.outcome.value for added in report] == ["duplicate", "duplicate"]


@pytest.mark.parametrize("step", ["add", "drop"])
@pytest.mark.parametrize("repair", ["at the next start", "by doing it again"])
async def test_a_move_that_breaks_off_is_finished(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, step: str, repair: str
) -> None:
    """The catalog has moved, the vectors have not: words find it already, and then all is put right."""
    news = await open_news(backend)
    await fill(news)

    def fail(*_: object) -> None:
        raise StoreError("The vector index cannot be written: disk full")

    with monkeypatch.context() as patch:
        patch.setattr(type(news._store), step, fail)
        with pytest.raises(StoreError, match="disk full"):
            await news.move_scope(GROUP, SUPERGROUP)
    found = await news.search(QUERY, Scopes.of(SUPERGROUP))
    assert {item.title for item in found} == BOTH
    assert await news.search(QUERY, Scopes.of(GROUP)) == []
    if repair == "by doing it again":
        assert await news.move_scope(GROUP, SUPERGROUP) == 0
    else:
        await news.close()
        monkeypatch.setattr(upkeep, "run_repair", repair_here)
        news = await open_news(backend)
    assert await titles(news, SUPERGROUP) == BOTH
    assert await titles(news, GROUP) == set()
    assert await is_whole(news, 4)
    await news.close()


async def test_a_move_that_the_catalog_refuses_changes_nothing(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a move is none: when the last statement fails, chunks are where they were."""
    async with await open_news(backend) as news:
        await fill(news)
        postgres = is_postgres(news._catalog.engine)
        with news._catalog.engine.begin() as connection:
            for statement in LOCKED_POSTGRES if postgres else LOCKED:
                connection.execute(text(statement))
        with pytest.raises(StoreError, match="The articles cannot be moved: locked"):
            await news.move_scope(GROUP, SUPERGROUP)
        with news._catalog.engine.begin() as connection:
            connection.execute(text(f"DROP TRIGGER no {'ON articles' if postgres else ''}"))
        assert await titles(news, GROUP) == BOTH
        assert await titles(news, SUPERGROUP) == set()


async def test_a_removed_collection_is_gone_everywhere(backend: Backend) -> None:
    """Articles, all their versions, chunks, vectors and words; other scopes stay, and a second time does nothing."""
    async with await open_news(backend) as news:
        await fill(news)
        await news.add([replace(ROCKETS, text="Five drones came to the embassy.")], scope=GROUP)
        assert [await news.remove_scope(GROUP), await news.remove_scope(GROUP)] == [2, 0]
        assert await titles(news, GROUP) == set()
        assert await titles(news, OTHER) == await titles(news, "public") == {FERRY.title}
        assert GROUP not in news._store.scopes()
        assert await is_whole(news, 2)
        with news._catalog.engine.begin() as connection:
            for table in ("articles", "versions", "chunks", "embeddings"):
                assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 2  # noqa: S608 – our own names
        full_text_is_in_step(news._catalog)
    async with await open_news(backend) as news:
        assert await titles(news, GROUP) == set()


async def test_a_removal_that_breaks_off_is_finished_at_the_next_start(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors that were left behind are found by nobody, and go."""
    news = await open_news(backend)
    await fill(news)

    def fail(*_: object) -> None:
        raise StoreError("The vector index cannot be written: disk full")

    with monkeypatch.context() as patch:
        patch.setattr(type(news._store), "drop", fail)
        with pytest.raises(StoreError):
            await news.remove_scope(GROUP)
    assert await news.search(QUERY, Scopes.of(GROUP)) == []
    await news.close()
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    async with await open_news(backend) as news:
        assert news._store.count(GROUP) == 0
        assert await is_whole(news, 2)


@pytest.mark.parametrize("scope", ["public", ""])
async def test_the_public_collection_is_not_moved_or_removed(backend: Backend, scope: str) -> None:
    """No slip of a chat's id empties it, nor opens a chat's articles to everybody."""
    async with await open_news(backend) as news:
        await fill(news)
        for attempt in (news.move_scope(scope, OTHER), news.move_scope(OTHER, scope), news.remove_scope(scope)):
            with pytest.raises(ValueError, match="a chat's own collection"):
                await attempt
        assert await news.count(PUBLIC) == await news.count(Scopes.of(OTHER)) == 1


async def test_moving_waits_for_other_writes(backend: Backend) -> None:
    """What is being added while a chat moves ends up in one scope or the other, and everything fits together."""
    async with await open_news(backend) as news:
        await fill(news)
        stories = [Article(f"Ferry {n}", f"The ferry number {n} hit a sandbank.") for n in range(12)]
        adding = [news.add([story], scope=SUPERGROUP) for story in stories]
        moves = [news.move_scope(GROUP, SUPERGROUP), news.remove_scope(OTHER), news.move_scope(GROUP, SUPERGROUP)]
        await asyncio.gather(*adding[:6], *moves, *adding[6:])
        assert await news.count(Scopes.of(SUPERGROUP)) == 14
        assert await is_whole(news, 15)
