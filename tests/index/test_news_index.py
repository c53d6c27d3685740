"""The facade: one process a data directory, and everything on one event loop."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from index.config import IndexConfig, lock_data_dir
from index.errors import StoreError, StoreLockedError, UnknownModelError
from index.index_status import catalog_status
from index.news_index import NewsIndex
from index.providers.base import ModelKind, ProviderKeys
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.types import PUBLIC, Added, Progress, Scopes, Status, Turn
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS, make_article

QUESTION = "How many rockets hit the American embassy?"


async def open_news(backend: Backend) -> NewsIndex:
    model = FakeChatModel(["three"], kind=ModelKind.READER)
    return await backend.open(chat_model=model)


async def test_from_an_article_to_an_answer_and_away(backend: Backend) -> None:
    """Add, list, show, search, ask, remove: one article's whole life."""
    async with await open_news(backend) as news:
        heard: list[Added] = []
        report = await news.add([ROCKETS, FERRY], on_added=heard.append)
        assert [added.outcome.value for added in report] == ["added", "added"]
        assert [added.article.text for added in heard] == [ROCKETS.text, FERRY.text]
        assert report == [replace(added, article=replace(added.article, text="")) for added in heard]
        assert await news.articles(PUBLIC) == [replace(FERRY, text=""), replace(ROCKETS, text="")]
        assert await news.count(PUBLIC) == 2
        assert await news.article("rockets", PUBLIC) == ROCKETS
        assert (await news.search("rockets", PUBLIC, k=1))[0].article_id == "rockets"
        assert (await news.ask(QUESTION, PUBLIC)).short_answer == "Three"
        assert await news.remove("rockets", PUBLIC)
        assert not await news.remove("rockets", PUBLIC)
        assert (await news.ask(QUESTION, PUBLIC)).status is Status.DECLINED
        assert (await news.status()).vectors == 1


async def test_articles_of_another_chat_cannot_be_removed_or_shown(backend: Backend) -> None:
    """Every way to an article names its scopes."""
    async with await open_news(backend) as news:
        (added,) = await news.add([ROCKETS], scope="chat:1")
        other = Scopes.of("public", "chat:2")
        assert await news.article(added.article.id, other) is None
        assert not await news.remove(added.article.id, other)
        assert (await news.ask(QUESTION, other)).status is Status.DECLINED
        assert (await news.ask(QUESTION, Scopes.of("chat:1"))).short_answer == "Three"


async def test_closing_and_opening_again_keeps_everything(backend: Backend) -> None:
    """The same process can open the directory again and finds the same."""
    for turn in range(3):
        async with await open_news(backend) as news:
            await news.add([make_article(f"Rocket {turn} fell here.", article_id=f"a{turn}")])
            status = await news.status()
            assert (status.articles, status.vectors, status.healthy) == (turn + 1, turn + 1, True)


async def test_adding_and_asking_at_the_same_time(backend: Backend) -> None:
    """Writers go one after another, readers beside them, and all are answered rightly."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS])
        adding = [news.add([make_article(f"Story number {n}.", article_id=f"n{n}")]) for n in range(12)]
        asking = [news.ask(QUESTION, PUBLIC) for _ in range(6)]
        changing = [news.add([replace(FERRY, text=f"{FERRY.text} Turn {n}.")]) for n in range(4)]
        writing = asyncio.gather(*adding, *changing)
        answers = await asyncio.gather(*asking)
        await writing
        assert [answer.short_answer for answer in answers] == ["Three"] * 6
        status = await news.status()
        assert (status.articles, status.healthy) == (14, True)
        assert status.vectors == status.chunks == 14


async def test_the_status_tells_what_is_missing(tmp_path: Path) -> None:
    """An index that has lost vectors says so, and what to run."""
    async with await open_news(Backend(tmp_path)) as news:
        await news.add([ROCKETS, FERRY])
        news._store.delete(["ferry-1-0"], "public")
        status = await news.status()
        assert (status.healthy, status.vectors) == (False, 1)
        assert status.problems[0].startswith("The vector index lacks 1 of 2 chunks")
        news._store.add([(name, "x", FakeEmbedder().embed_query("x")) for name in ("ferry-1-0", "stray")], "public")
        assert (await news.status()).problems[0].startswith("The vector index holds 1 too many")
        news._store.delete(["ferry-1-0", "stray"], "public")
        status = await news.status()
        assert status.as_json()["embedding_model"] == "fake:words"
        assert status.as_json()["data_dir"] == str(tmp_path)
    beside = catalog_status(IndexConfig(tmp_path, tmp_path))
    assert (beside.articles, beside.chunks, beside.vectors) == (2, 2, None)


async def test_a_failing_vector_index_is_a_problem_not_an_error(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The status can be asked for when the index is down."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS])

        def fail(*_: object) -> int:
            raise StoreError("The vector index cannot be read: gone")

        with monkeypatch.context() as patch:
            patch.setattr(type(news._store), "count", fail)
            status = await news.status()
        assert (status.healthy, status.problems) == (False, ("The vector index cannot be read: gone",))
        assert status.vectors is None  # not none at all


async def test_a_second_process_is_kept_out(tmp_path: Path, weights_dir: Path) -> None:
    """The line names the directory; once it is free, it opens, and closing frees it."""
    config = IndexConfig(tmp_path, weights_dir, chat_model="none")
    lock = lock_data_dir(tmp_path)
    with pytest.raises(StoreLockedError, match="Another askwire has the data directory"):
        await NewsIndex.open(config)
    lock.release()
    async with await NewsIndex.open(config) as news:
        assert (await news.status()).chat_model == "none"
        with pytest.raises(StoreLockedError):
            lock_data_dir(tmp_path)
    lock_data_dir(tmp_path).release()


async def test_a_failed_opening_frees_the_directory(tmp_path: Path, weights_dir: Path) -> None:
    """After an error the directory is not left locked."""
    (tmp_path / "askwire.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="cannot be used"):
        await NewsIndex.open(IndexConfig(tmp_path, weights_dir, chat_model="none"))
    lock_data_dir(tmp_path).release()


async def test_unknown_models_are_refused_before_anything_is_touched(tmp_path: Path) -> None:
    """No directory is made for a setting that cannot work."""
    config = IndexConfig(tmp_path / "data", tmp_path / "cache", chat_model="local:gpt-99")
    with pytest.raises(UnknownModelError, match="gpt-99"):
        await NewsIndex.open(config)
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_data_directory_is_one_clear_line(tmp_path: Path) -> None:
    """The line names the directory and the setting."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written .*ASKWIRE_DATA_DIR") as caught:
        lock_data_dir(tmp_path / "file" / "data")
    assert "\n" not in str(caught.value)


def test_keys_do_not_show() -> None:
    """A configuration can be logged."""
    keys = ProviderKeys(openai_api_key="sk-secret", anthropic_api_key="ant-secret", gemini_api_key="gem-secret")
    assert "secret" not in repr(IndexConfig(Path("a"), Path("b"), keys=keys))


async def test_a_follow_up_question_is_told_as_it_was_understood(backend: Backend) -> None:
    """Its answer keeps the asker's own words beside; a question that stands alone has no other form."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS, FERRY])
        first = await news.ask(QUESTION, PUBLIC)
        assert (first.question, first.understood_as) == (QUESTION, None)
        history = [Turn(first.understood_as or first.question, first.short_answer)]
        more = await news.ask("and  in Baghdad?", PUBLIC, history=history)
        understood = "How many rockets hit the American embassy in Baghdad?"
        assert (more.question, more.understood_as) == ("and in Baghdad?", understood)
        assert more.short_answer == "Three"
        alone = await news.ask("Where did the ferry Marta hit a sandbank?", PUBLIC, history=history)
        assert (alone.understood_as, alone.evidence[0].article_id) == (None, "ferry")


async def test_history_changes_nothing_for_a_question_that_stands_alone(backend: Backend) -> None:
    """The answer is the same to the letter, and so is what the model was asked."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS, FERRY])
        plain = await news.ask(QUESTION, PUBLIC)
        told = await news.ask(QUESTION, PUBLIC, history=[Turn("Who is the mayor of Lindholm?", "Ines Calder")])
        assert replace(told, timings=plain.timings) == plain
        assert (told.timings.tokens, told.timings.prompt_tokens) == (plain.timings.tokens, plain.timings.prompt_tokens)


async def test_progress_and_quotes_only_go_through(backend: Backend) -> None:
    """What the answering offers is offered here."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS])
        heard: list[Progress] = []
        answer = await news.ask(QUESTION, PUBLIC, on_progress=heard.append, use_model=False)
        assert [progress.stage for progress in heard] == ["searching", "reading"]
        assert (answer.status, answer.model) == (Status.QUOTED, None)


async def test_a_reranker_ranks_and_is_closed(tmp_path: Path) -> None:
    """It is opened with the others, and lets go with them."""
    ranker, closed = FakeChatModel(["[2] > [1]"]), []

    async def close() -> None:
        closed.append(ranker.name)

    ranker.close = close  # type: ignore[method-assign]  # to see it called
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=None, reranker=ranker) as news:
        await news.add([ROCKETS, FERRY])
        found = [item.article_id for item in await news.search(QUESTION, PUBLIC)]
        answer = await news.ask(QUESTION, PUBLIC)
        assert [item.article_id for item in answer.evidence] == found[::-1]
    assert closed == ["fake:replies"]


async def test_a_reranker_that_cannot_rank_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    """The line names its setting."""
    config = IndexConfig(tmp_path / "data", tmp_path / "cache", chat_model="none", rerank_model="local:gemma-3-270m")
    with pytest.raises(UnknownModelError, match=r"^RERANK_MODEL=local:gemma-3-270m: a small local model cannot"):
        await NewsIndex.open(config)
    assert list(tmp_path.iterdir()) == []


async def test_closing_closes_the_model(tmp_path: Path) -> None:
    """Connections to a model's server do not outlive the index."""
    closed: list[str] = []

    class Closing(FakeChatModel):
        async def close(self) -> None:
            closed.append(self.name)

    news = await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=Closing())
    assert closed == []
    await news.close()
    assert closed == ["fake:replies"]
