"""What a start does where putting the vector index right does not help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import probe, upkeep
from index.vector_index import VectorRow
from tests.index.repairs import repair_here
from tests.index.test_upkeep import data as data  # noqa: PLC0414 - a fixture
from tests.index.test_upkeep import fill, found, is_whole, open_news
from tests.index.test_upkeep import here as here  # noqa: PLC0414 - a fixture


@pytest.mark.parametrize(("tries", "kept"), [(2, True), (10**6, False)])
async def test_a_vector_that_stays_hidden_is_put_in_again_or_all_is_built_anew(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch, tries: int, *, kept: bool
) -> None:
    """Some tries are enough at times; when none helps, an index of this size is built again."""
    await fill(data)
    (data / "index.dirty").touch()
    asked = 0

    def stubborn(_store: object, rows: Sequence[VectorRow], *_: object) -> Sequence[VectorRow]:
        nonlocal asked
        asked += bool(rows)
        return rows if asked <= tries else []

    monkeypatch.setattr(upkeep, "probe", SimpleNamespace(MODULE=probe.MODULE, missed_rows=stubborn))
    monkeypatch.setattr(upkeep, "run_repair", lambda *given, **_: ["rockets-1-0"] if not asked else repair_here(*given))
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert asked > 2
    assert ([path.name for path in data.glob("chroma-*")] == ["chroma-1"]) == kept


async def test_an_index_whose_opening_ended_the_process_is_built_anew(data: Path, here: None) -> None:
    """A probe may find nothing, and Chroma still crash on what is damaged: the next start does not try again."""
    before = await fill(data)
    (data / "index.dirty").touch()
    (data / "index.opening").touch()
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)
    assert [path.name for path in data.glob("chroma-*")] != ["chroma-1"]
    assert not (data / "index.opening").exists()
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert not (data / "index.opening").exists()
