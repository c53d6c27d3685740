"""Retrieved chunks joined with their neighbours, so that a passage is not cut where its answer stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, select

from index.catalog import Catalog
from index.catalog_schema import articles, chunks, versions
from index.database import mapped_errors
from index.types import Evidence

PASSAGE_CHARACTERS = 4000


def widen(
    catalog: Catalog, found: Sequence[Evidence], limit: int, characters: int = PASSAGE_CHARACTERS
) -> list[Evidence]:
    """The first `limit` passages: each hit with whole neighbouring chunks, up to about `characters` in all.

    A hit that an earlier passage holds already is passed over, and one whose article was changed or removed since
    it was found. Blocking.

    Raises:
        StoreError: when the database fails.
    """
    texts: dict[str, tuple[int, str]] = {}
    edges: dict[str, list[tuple[int, int]]] = {}
    passages: list[Evidence] = []
    for place, item in enumerate(found):
        if len(passages) == limit:
            break
        if place % limit == 0:  # most searches need no more than the first texts
            more = {one.article_id for one in found[place : place + limit]} - texts.keys()
            new_texts, new_edges = _surroundings(catalog, more)
            texts |= new_texts
            edges |= new_edges
        if item.article_id not in texts or texts[item.article_id][0] != item.version:
            continue
        if any(p.article_id == item.article_id and p.start <= item.start and item.end <= p.end for p in passages):
            continue
        start, end = _grown(item, edges[item.article_id], characters)
        passages.append(replace(item, text=texts[item.article_id][1][start:end], start=start, end=end))
    return passages


def _grown(item: Evidence, edges: Sequence[tuple[int, int]], characters: int) -> tuple[int, int]:
    """The hit's place, grown by the chunk behind it and the chunk in front of it in turn."""
    start, end = item.start, item.end
    after = [edge for edge in edges if edge[0] >= item.end]
    before = [edge for edge in reversed(edges) if edge[1] <= item.start]
    while after or before:
        for side in (after, before):
            if side and max(end, side[0][1]) - min(start, side[0][0]) <= characters:
                start, end = min(start, side[0][0]), max(end, side[0][1])
                side.pop(0)
            else:
                side.clear()
    return start, end


def _surroundings(
    catalog: Catalog, ids: set[str]
) -> tuple[dict[str, tuple[int, str]], dict[str, list[tuple[int, int]]]]:
    """The current version and text of each article, and the places of its chunks in order."""
    current = and_(versions.c.article_id == articles.c.id, versions.c.version == articles.c.version)
    of_texts = (
        select(articles.c.id, articles.c.version, versions.c.text).join(versions, current).where(articles.c.id.in_(ids))
    )
    of_edges = select(chunks.c.article_id, chunks.c.start, chunks.c.end).where(chunks.c.article_id.in_(ids))
    edges: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        texts = {row.id: (row.version, row.text) for row in connection.execute(of_texts)}
        # Unpacked: asked by name, each of some 700 rows takes twice as long.
        for article_id, start, end in connection.execute(of_edges.order_by(chunks.c.article_id, chunks.c.position)):
            edges[article_id].append((start, end))
    return texts, edges
