"""Retrieved chunks joined with their neighbours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.catalog import Catalog
from index.types import PUBLIC, Article, Evidence
from index.widening import widen
from tests.index.test_catalog import save

ARTICLE = Article("Title", " ".join(f"Sentence number {n} stands here." for n in range(40)), id="a")


@pytest.fixture
def hits(catalog: Catalog) -> list[Evidence]:
    """Every chunk of an article as a hit, in order."""
    parts, _ = save(catalog, ARTICLE, size=100)
    return catalog.evidence([(part.id, 1.0) for part in parts], PUBLIC)


def test_a_hit_grows_to_both_sides_by_whole_chunks(catalog: Catalog, hits: list[Evidence]) -> None:
    """The passage is the article's own text at its place, as long as allowed."""
    middle = hits[len(hits) // 2]
    passage = widen(catalog, [middle], 1, 500)[0]
    assert ARTICLE.text[passage.start : passage.end] == passage.text
    assert passage.start < middle.start < middle.end < passage.end
    assert len(passage.text) <= 500
    assert {passage.start, passage.end} <= {edge for hit in hits for edge in (hit.start, hit.end)}
    assert replace(passage, text="", start=0, end=0) == replace(middle, text="", start=0, end=0)


def test_at_an_end_of_the_article_it_grows_to_the_other_side(catalog: Catalog, hits: list[Evidence]) -> None:
    """The first and the last chunk make passages too."""
    first, last = (widen(catalog, [hit], 1, 300)[0] for hit in (hits[0], hits[-1]))
    assert (first.start, last.end) == (0, len(ARTICLE.text))
    assert len(first.text) > 150 < len(last.text)


def test_a_hit_within_an_earlier_passage_is_passed_over(catalog: Catalog, hits: list[Evidence]) -> None:
    """Neighbouring hits become one passage, and the next best takes the free place."""
    passages = widen(catalog, hits, 2, 400)
    assert len(passages) == 2
    assert passages[0].end <= hits[3].end <= passages[1].end
    assert len(widen(catalog, hits, 99, 10_000)) == 1


def test_a_chunk_longer_than_a_passage_stays_as_it_is(catalog: Catalog, hits: list[Evidence]) -> None:
    """A hit is never made shorter."""
    assert widen(catalog, hits[:1], 1, 10) == hits[:1]


def test_a_hit_whose_article_changed_meanwhile_is_passed_over(catalog: Catalog, hits: list[Evidence]) -> None:
    """Between finding and reading, a new version or a removal takes the old words out of the answer."""
    save(catalog, replace(ARTICLE, text="Short now.", version=2))
    assert widen(catalog, hits, 5) == []
    catalog.remove("a", PUBLIC)
    assert widen(catalog, hits, 5) == []


def test_nothing_found_stays_nothing(catalog: Catalog) -> None:
    """An empty ranking is answered without asking."""
    assert widen(catalog, [], 10) == []
