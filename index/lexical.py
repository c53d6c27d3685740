"""Lexical retrieval: BM25 over the catalog's own full-text index (SQLite FTS5), and how rare words are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sqlalchemy import bindparam, text

from index.catalog import Catalog
from index.database import mapped_errors
from index.types import Scopes
from index.words import content_words

_TITLE_WEIGHT = 2.0
_SEARCH = text(
    """SELECT chunks.id AS id, bm25(chunks_fts, :title_weight, 1.0) AS cost
       FROM chunks_fts JOIN chunks ON chunks.seq = chunks_fts.rowid
       WHERE chunks_fts MATCH :terms AND chunks.scope IN :scopes
       ORDER BY cost, chunks.seq LIMIT :k"""
).bindparams(bindparam("scopes", expanding=True))
_COUNTS = text("SELECT term, doc FROM chunks_vocabulary WHERE term IN :terms").bindparams(
    bindparam("terms", expanding=True)
)


def lexical_search(catalog: Catalog, query: str, scopes: Scopes, k: int) -> list[tuple[str, float]]:
    """The best `k` chunks of these scopes by BM25 of any of the query's words: (chunk id, score), best first.

    Blocking. Raises StoreError when the database fails.
    """
    terms = content_words(query)
    if not terms:
        return []
    # Each word is quoted, so nothing in a question is ever read as query syntax.
    match = " OR ".join(f'"{term}"' for term in terms)
    values = {"terms": match, "title_weight": _TITLE_WEIGHT, "scopes": sorted(scopes.names), "k": k}
    with mapped_errors("searched"), catalog.engine.connect() as connection:
        return [(row.id, -float(row.cost)) for row in connection.execute(_SEARCH, values)]


def inverse_document_frequencies(catalog: Catalog, stems: Sequence[str]) -> dict[str, float]:
    """For each stem ln(1 + (N + 1) / (n + 0.5)), n of N chunks holding it: rare words weigh most (Spärck Jones 1972).

    Blocking. Raises StoreError when the database fails.
    """
    wanted = list(dict.fromkeys(stems))
    with mapped_errors("searched"), catalog.engine.connect() as connection:
        total = connection.execute(text("SELECT count(*) FROM chunks")).scalar_one()
        found = {row.term: row.doc for row in connection.execute(_COUNTS, {"terms": wanted})} if wanted else {}
    return {term: math.log(1 + (total + 1) / (found.get(term, 0) + 0.5)) for term in wanted}
