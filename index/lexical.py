"""Lexical retrieval: BM25 over the catalog's own full-text index (SQLite or PostgreSQL), and how rare words are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from index import postgres_search
from index.catalog import Catalog
from index.database import mapped_errors
from index.postgres import is_postgres
from index.types import Scopes
from index.words import content_words, search_form, stem, stems

_MATCHES = 16_000  # rows that BM25 is computed for, about 1 µs each; fused recall was the same without a bound
_FEWEST_TERMS = 3
_AHEAD = 4
_BEST = text(
    """SELECT chunks.id AS id, best.rank AS cost, chunks.scope AS scope
       FROM (SELECT rowid, rank FROM chunks_fts WHERE chunks_fts MATCH :terms AND rank MATCH 'bm25(2.0, 1.0)'
             ORDER BY rank LIMIT :ahead) AS best
       JOIN chunks ON chunks.seq = best.rowid ORDER BY cost, chunks.seq"""
)
_BEST_OF_SCOPES = text(
    """SELECT chunks.id AS id, bm25(chunks_fts, 2.0, 1.0) AS cost
       FROM chunks_fts JOIN chunks ON chunks.seq = chunks_fts.rowid
       WHERE chunks_fts MATCH :terms AND chunks.scope IN :scopes
       ORDER BY cost, chunks.seq LIMIT :k"""
).bindparams(bindparam("scopes", expanding=True))
_COUNTS = text("SELECT term, doc FROM chunks_vocabulary WHERE term IN :terms").bindparams(
    bindparam("terms", expanding=True)
)


def lexical_search(
    catalog: Catalog, query: str, scopes: Scopes, k: int, counts: Mapping[str, int] | None = None
) -> list[tuple[str, float]]:
    """The best `k` chunks of these scopes by BM25 of the query's words: (chunk id, score), best first.

    A title counts twice. Of many words the rarest are searched for, as long as not too many chunks hold them; in
    PostgreSQL the common ones by twos, see `postgres_search`.
    `counts` is what `word_counts` gives, where that is known already. Blocking. Raises StoreError when the database
    fails.
    """
    asked = content_words(query)
    if not asked:
        return []
    counts = word_counts(catalog, query) if counts is None else counts
    total = catalog.size()
    ahead = _AHEAD * k
    with mapped_errors("searched"), catalog.engine.connect() as connection:
        best = _best(connection, asked, counts, total, ahead)
        mine = [row for row in best if row.scope in scopes.names][:k]
        if len(mine) < k and len(best) == ahead:
            # Other chats' chunks took the places: ask for these scopes alone, which takes twice as long.
            mine = list(_best(connection, asked, counts, total, k, scopes))
        return [(row.id, -float(row.cost)) for row in mine]


def _best(
    connection: Connection,
    asked: Sequence[str],
    counts: Mapping[str, int],
    total: int,
    k: int,
    scopes: Scopes | None = None,
) -> Sequence[Row[Any]]:
    """The best `k` chunks that hold any of these words, of these scopes or of all: id, cost and scope."""
    if is_postgres(connection):
        held = {found: counts[found] for found in map(stem, asked) if found in counts}
        return postgres_search.best_chunks(connection, held, total, k, None if scopes is None else scopes.names)
    # Each word is quoted, so nothing in a question is ever read as query syntax.
    match = " OR ".join(f'"{search_form(term)}"' for term in _rarest(asked, counts))
    if scopes is None:
        return connection.execute(_BEST, {"terms": match, "ahead": k}).all()
    return connection.execute(_BEST_OF_SCOPES, {"terms": match, "scopes": sorted(scopes.names), "k": k}).all()


def _rarest(terms: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """The rarest of these words, three at least, that together match about 16,000 chunks at most."""
    kept: list[str] = []
    matches = 0
    for term in sorted(terms, key=lambda term: counts.get(stem(term), 0)):
        matches += counts.get(stem(term), 0)
        if len(kept) >= _FEWEST_TERMS and matches > _MATCHES:
            break
        kept.append(term)
    return kept


def word_counts(catalog: Catalog, question: str) -> dict[str, int]:
    """How many chunks hold each stem of a question's content words, of those that any holds; blocking.

    Raises StoreError when the database fails.
    """
    return document_counts(catalog, list(dict.fromkeys([*map(stem, content_words(question)), *_asked_stems(question)])))


def question_weights(catalog: Catalog, question: str, counts: Mapping[str, int] | None = None) -> dict[str, float]:
    """Each stem of a question's content words with its inverse document frequency; blocking.

    `counts` is what `word_counts` gives, where it is known already. Raises StoreError when the database fails.
    """
    return inverse_document_frequencies(catalog, _asked_stems(question), counts)


def _asked_stems(question: str) -> list[str]:
    return stems(question) or stems(question, keep_stop_words=True)


def inverse_document_frequencies(
    catalog: Catalog, wanted_stems: Sequence[str], counts: Mapping[str, int] | None = None
) -> dict[str, float]:
    """For each stem ln(1 + (N + 1) / (n + 0.5)), n of N chunks holding it: rare words weigh most (Spärck Jones 1972).

    Blocking. Raises StoreError when the database fails.
    """
    counts = document_counts(catalog, wanted_stems) if counts is None else counts
    total = catalog.size()
    return {wanted: math.log(1 + (total + 1) / (counts.get(wanted, 0) + 0.5)) for wanted in wanted_stems}


def document_counts(catalog: Catalog, wanted_stems: Sequence[str]) -> dict[str, int]:
    """How many chunks hold each stem, of those that any holds; blocking.

    Raises StoreError when the database fails.
    """
    if not wanted_stems:
        return {}
    total = catalog.size()
    with mapped_errors("searched"), catalog.engine.connect() as connection:
        if is_postgres(connection):
            return postgres_search.document_counts(connection, wanted_stems, total)
        forms = {search_form(wanted): wanted for wanted in wanted_stems}
        return {forms[row.term]: row.doc for row in connection.execute(_COUNTS, {"terms": list(forms)})}
