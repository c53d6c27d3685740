"""The trial of sizes: articles that are new, vectors that were made once, laws that fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from evals.newsset import DataError
from evals.scale import Size, growth_laws, table
from evals.scale_articles import varied
from evals.scale_plot import draw_scale
from evals.stored_vectors import StoredVectors
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import Article
from tests.index.feed_site import story

DAY = datetime(2025, 5, 5, tzinfo=UTC)
ARTICLES = [
    Article(f"Title {n}", "\n\n".join(story(f"{n} {part}", 4) for part in range(5)), str(n), published_at=DAY)
    for n in range(12)
]
LINE = [Size(10**n, 10, 1000 / 10 ** (n / 2), 10**n, 5.0, 2 * 10 ** (n / 2), 9.0, 700, 800) for n in (3, 4, 5)]


async def test_varied_articles_are_new_ones(tmp_path: Path) -> None:
    """None is taken for a copy of another, and the vectors of the real ones are found again by their texts."""
    embedder = FakeEmbedder()
    async with await NewsIndex.open_with(tmp_path, embedder=embedder, chat_model=None) as news:
        report = await news.add(islice(varied(ARTICLES), 36))
        assert [added.outcome.value for added in report] == ["added"] * 36
    stored = StoredVectors(tmp_path, embedder.name)
    async with await NewsIndex.open_with(tmp_path / "again", embedder=stored, chat_model=None) as news:
        await news.add(islice(varied(ARTICLES), 36))
        assert stored.made == 0
    other = stored.embed(["what nobody has embedded"])[0]
    assert np.array_equal(other, stored.embed_query("what nobody has embedded"))
    assert np.linalg.norm(other) == pytest.approx(1, abs=1e-5)
    with pytest.raises(DataError):
        StoredVectors(tmp_path, "another:embedder")


def test_laws_are_fitted(tmp_path: Path) -> None:
    """A square root has the exponent a half; the table and the picture hold every size."""
    laws = growth_laws(LINE)
    assert laws["p50_ms"] == pytest.approx((2 * 10**1.5, 0.5))
    assert laws["chunks_per_second"][1] == pytest.approx(-0.5)
    assert growth_laws(LINE[:1]) == {}
    assert "| 100,000 | 10 |" in table(LINE, laws)
    draw_scale([replace(size) for size in LINE], tmp_path / "scale.png")
    assert (tmp_path / "scale.png").stat().st_size > 5_000
