"""The ingest part of the bench in its small form, with the shipped fake as embedder."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.ingest_bench import run_ingest_bench
from evals.ingest_checks import Searched, catalog_digest, search_all
from evals.ingest_comparison import ASKWIRE, DEFAULTS, SAME_CHUNKS, compare_ingest, share_embedded
from evals.ingest_loading import FAKE, Loading, as_line, from_line, load
from evals.ingest_trial import IngestTrial
from evals.memory import growth, peak_mb, resident_mb
from index.config import DATABASE
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC_SCOPE, Article
from tests.evals.builders import ARTICLES

LONG = Article(
    id="long",
    title="A long one",
    text="\n\n".join(
        f"Paragraph {n} tells of house {n}. " + "It has a red roof and a garden. " * 12 for n in range(30)
    ),
)


def write_articles(path: Path, count: int) -> Path:
    """A file of so many articles of several chunks each, no two alike: their words are drawn."""
    chance = random.Random(1)  # noqa: S311 – no secret

    def sentence() -> str:
        return " ".join("".join(chance.choices("abdeiklmnorstu", k=5)) for _ in range(12)) + "."

    with gzip.open(path, "wt", encoding="utf-8") as file:
        for n in range(count):
            text = "\n\n".join(" ".join(sentence() for _ in range(12)) for _ in range(6))
            file.write(json.dumps({"id": f"story-{n}", "title": f"Story {sentence()}", "text": text}) + "\n")
    return path


def a_trial(
    *, killed: Loading | None = None, resumed: Loading | None = None, again: Loading | None = None
) -> IngestTrial:
    """A trial of ten articles in which nothing is wrong: the kill came after four, of which five were saved."""
    first = Loading(outcomes={"added": 4}, chunks=8, embedded=8, loading_s=2.0, embedding_s=1.5)
    second = Loading(
        kept_articles=5, kept_chunks=10, outcomes={"duplicate": 5, "added": 5}, chunks=10, embedded=10, loading_s=2.5,
        embedding_s=2.0, total_articles=10, total_chunks=20, finished=True,
    )  # fmt: skip
    third = Loading(outcomes={"duplicate": 10}, finished=True, unchanged=True, searched=Searched(0, 20, 20, 10, 10))
    return IngestTrial(killed or first, resumed or second, again or third)


@pytest.mark.timeout(300)
async def test_the_bench_runs_from_a_file_to_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A load that is killed goes on, all are there once, and each is found; the figures are printed and written."""
    write_articles(tmp_path / "articles.jsonl.gz", 50)
    target = tmp_path / "figures.json"
    assert await run_ingest_bench(tmp_path, 40, quick=True, target=target, embedder=FAKE) == 0
    out = capsys.readouterr().out
    assert "40 articles, 240 chunks" in out
    assert "chunks that find themselves               240 of 240" in out
    assert "FAULT" not in out
    figures = json.loads(target.read_text("utf-8"))
    loading = figures["loading"]
    assert loading["faults"] == []
    assert 8 <= sum(loading["killed"]["outcomes"].values()) <= 40
    assert loading["resumed"]["embedded"] == 6 * loading["resumed"]["outcomes"].get("added", 0)
    assert loading["again"]["outcomes"] == {"duplicate": 40}
    assert 0 < loading["embedding_share"] < 1
    assert [way["name"] for way in figures["comparison"]] == [ASKWIRE, DEFAULTS, SAME_CHUNKS]
    assert figures["comparison"][0]["ratio"] == 1


async def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without data the command ends with 2 and says what to name."""
    assert await run_ingest_bench(tmp_path, 0, embedder=FAKE) == 2
    assert "--data" in capsys.readouterr().err


def test_figures_are_of_the_process_that_ended() -> None:
    """What was there before is no work of it; where nothing was left for it, those of the killed one stand."""
    trial = a_trial()
    assert trial.faults == []
    assert (trial.articles_per_second, trial.chunks_per_second) == (5 / 2.5, 10 / 2.5)
    assert trial.embedding_share == 2 / 2.5
    early = replace(trial, resumed=replace(trial.resumed, chunks=0, embedded=0))
    assert (early.articles_per_second, early.chunks_per_second, early.embedding_share) == (2, 4, 0.75)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: replace(t, resumed=replace(t.resumed, kept_articles=3)), "lost by the kill"),
        (lambda t: replace(t, resumed=replace(t.resumed, outcomes={"added": 10})), "did again"),
        (lambda t: replace(t, resumed=replace(t.resumed, embedded=11)), "did again"),
        (lambda t: replace(t, again=replace(t.again, outcomes={"duplicate": 9, "updated": 1})), "1 updated"),
        (lambda t: replace(t, again=replace(t.again, unchanged=False)), "second time changed"),
        (lambda t: replace(t, again=replace(t.again, searched=Searched(0, 20, 19, 10, 10))), "own vector"),
        (lambda t: replace(t, again=replace(t.again, searched=Searched(1, 20, 20, 10, 10))), "own vector"),
    ],
)
def test_every_fault_is_told(change: Callable[[IngestTrial], IngestTrial], fault: str) -> None:
    """One line says what was lost, done again, changed or not found."""
    faults = change(a_trial()).faults
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_report_survives_the_way_between_processes() -> None:
    """The last line of a process holds all that it measured."""
    loading = Loading(
        outcomes={"added": 2}, samples=[(1, 90.5), (2, 91.0)], finished=True, searched=Searched(0, 1, 1, 1, 1)
    )
    assert from_line(as_line(loading)) == loading
    assert from_line(as_line(replace(loading, finished=False))).samples == [(2, 91.0)]


async def test_loading_again_embeds_nothing(tmp_path: Path) -> None:
    """Articles that are there are passed over, and no byte of the catalog changes."""
    first = await load(tmp_path, ARTICLES, FakeEmbedder(), lambda _: None)
    assert (first.outcomes, first.embedded, first.unchanged) == ({"added": 3}, 3, None)
    again = await load(tmp_path, ARTICLES, FakeEmbedder(), lambda _: None, check=True)
    assert (again.outcomes, again.embedded, again.unchanged) == ({"duplicate": 3}, 0, True)
    more = await load(tmp_path, [LONG], FakeEmbedder(), lambda _: None, check=True)
    assert (more.kept_articles, more.total_articles, more.unchanged) == (3, 4, False)


async def test_a_chunk_that_is_gone_from_the_vector_index_is_missed(tmp_path: Path) -> None:
    """The search after loading tells a whole collection from one with a hole."""
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=None) as news:
        await news.add([*ARTICLES, LONG])
        whole = await search_all(news)
        assert whole.whole
        assert (whole.articles, whole.articles_found) == (4, 4)
        chunk_id = min(news.retriever.catalog.chunk_ids(PUBLIC_SCOPE))
        news.retriever.store.delete([chunk_id], PUBLIC_SCOPE)
        holed = await search_all(news)
    assert not holed.whole
    assert (holed.missing, holed.chunks - holed.chunks_found) == (1, 1)


async def test_the_digest_sees_one_changed_word(tmp_path: Path) -> None:
    """Two readings of a catalog agree, until a row differs."""
    await load(tmp_path, ARTICLES, FakeEmbedder(), lambda _: None)
    database = tmp_path / DATABASE
    before = catalog_digest(database)
    assert before == catalog_digest(database)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE articles SET source = 'Another' WHERE id = 'goats'")
    connection.close()
    assert catalog_digest(database) != before
    assert catalog_digest(tmp_path / "none.db") is None


async def test_what_the_embedder_cuts_off_is_not_counted_as_embedded() -> None:
    """Large chunks under an embedder that reads 1,000 characters lose text; small ones lose none."""
    done: list[int] = []
    ways = await compare_ingest([*ARTICLES, LONG], FakeEmbedder(), lambda text: min(len(text), 1100), done.append)
    shares = {way.name: way.text_embedded for way in ways}
    assert done == [4]
    assert shares[ASKWIRE] == shares[SAME_CHUNKS] == 1
    assert 0.1 < shares[DEFAULTS] < 0.5
    chunks = {way.name: way.chunks for way in ways}
    assert chunks[DEFAULTS] < chunks[ASKWIRE] / 2
    assert all(way.articles_per_second > way.embedded_articles_per_second * 0.99 > 0 for way in ways)


def test_overlapping_places_are_counted_once() -> None:
    """The share is of letters, whatever the order and overlap of the places."""
    article = Article(title="", text="abcd efgh  ijkl mnop")
    assert share_embedded([article], lambda _: [(5, 9), (0, 7), (2, 4)]) == 0.5
    assert share_embedded([article], lambda _: []) == 0
    assert share_embedded([], lambda _: []) == 0


def test_growth_is_a_slope_without_the_start() -> None:
    """What is taken in the first quarter is no growth; too few samples give no slope."""
    start = [(0.0, 10.0), (10.0, 300.0), (20.0, 340.0)]
    rest = [(float(at), 400 + at / 10) for at in range(25, 101, 5)]
    slope = growth([*start, *rest])
    assert slope is not None
    assert abs(slope - 0.1) < 1e-6
    assert growth(rest[:7]) is None
    assert growth([rest[0]] * 20) is None
    assert growth([]) is None


def test_memory_is_of_this_process() -> None:
    """Python with numpy takes some 30 MB at least, and never more than its peak."""
    assert 20 < resident_mb() <= peak_mb() + 1
