"""Lexical search in PostgreSQL: its own full-text index over the stems of each chunk, as `words` gives them.

Stems come from here and not from a text search configuration of the server, so that both databases find the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, MetaData, Row, Table, delete, insert, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSVECTOR

from index.catalog_schema import chunks, meta
from index.words import stem, words

WORDS_VERSION = "1"  # changes with what `search_vector` gives, so that an older index is made anew
_KEY = "search_words"
_LONGEST = 500  # characters of a stem; PostgreSQL takes 2,046 bytes
_BATCH = 500
_LEAST_ODDS = 1.000001
_RARE_MATCHES, _PAIR_MATCHES = 1000, 2000  # chunks, each of which is ranked: about 8 µs
_MOST_COMMON = 12  # words; of more the rarest
_FEWEST_WORDS = 3
_STATISTICS = (
    500  # times ten: so many common words the server counts by itself, which takes a second for 300,000 chunks
)
_COUNTED = 1000  # chunks that hold a word: of one in fewer, each is counted, which takes some ms
# A rank of one word a time is ts_rank's: 1, 1.25, 1.36 … times that of one place, near BM25's 1, 1.38, 1.57. With these
# weights of a place in the text and one in the title, the latter has what two places have in BM25.
_WEIGHTS = "{0.727, 0.727, 0.727, 1.0}"
# What BM25 (k1 = 1.2, b = 0.75) makes of a chunk's length, in different words, of which a usual one has a hundred.
_LENGTH = "(1.44 + length(words) / 100.0)"

search_metadata = MetaData()
chunk_words = Table(
    "chunk_words",
    search_metadata,
    Column("chunk_id", ForeignKey(chunks.c.id, ondelete="CASCADE"), primary_key=True),
    Column("words", TSVECTOR, nullable=False),
    Index("chunk_words_by_word", "words", postgresql_using="gin"),
    # Stays in its row: a rank that must fetch it from elsewhere takes many times as long.
    postgresql_with={"toast_tuple_target": "8160"},
)

# The server's statistics (ANALYZE) tell how common the common words are; to count all chunks that hold one takes long.
_COUNTS = sql(
    """WITH common AS (
           SELECT listed.term, round(listed.share * :total) AS doc FROM pg_stats,
               unnest(most_common_elems::text::text[], most_common_elem_freqs) AS listed(term, share)
           WHERE schemaname = current_schema() AND tablename = 'chunk_words' AND attname = 'words'
               AND listed.share * :total >= :counted)
       SELECT term, CAST(COALESCE(common.doc,
           (SELECT count(*) FROM chunk_words WHERE words @@ written::tsquery)) AS bigint) AS doc
       FROM unnest(CAST(:terms AS text[]), CAST(:written AS text[])) AS wanted(term, written)
       LEFT JOIN common USING (term)"""
)
_KEPT_STATISTICS = """SELECT attstattarget FROM pg_attribute
    WHERE attrelid = 'chunk_words'::regclass AND attname = 'words'"""
_BEST = """SELECT chunks.id AS id, best.cost AS cost, chunks.scope AS scope
    FROM (SELECT chunk_id, -({rank}) AS cost FROM chunk_words WHERE words @@ CAST(:any AS tsquery)
          ORDER BY cost, chunk_id LIMIT :limit) AS best
    JOIN chunks ON chunks.id = best.chunk_id ORDER BY cost, chunks.seq"""
_BEST_OF_SCOPES = """SELECT chunks.id AS id, -({rank}) AS cost, chunks.scope AS scope
    FROM chunk_words JOIN chunks ON chunks.id = chunk_words.chunk_id
    WHERE words @@ CAST(:any AS tsquery) AND chunks.scope = ANY(CAST(:scopes AS text[]))
    ORDER BY cost, chunks.seq LIMIT :limit"""


def best_chunks(
    connection: Connection, counts: Mapping[str, int], total: int, limit: int, scopes: Iterable[str] | None = None
) -> Sequence[Row[Any]]:
    """Rows of the chunks that hold a rare one of the stems or two common ones, best first: id, cost and scope.

    A cost is the negated score: the sum of each stem's rank times its inverse document frequency as in BM25, as
    PostgreSQL's own ranks know nothing of other chunks. `counts` are the numbers of chunks, of `total`, that hold each.
    Without `scopes` they are of all. That two words are asked for leaves out few of the best, and a great many others.
    """
    by_rarity = sorted(counts, key=lambda term: counts[term])
    rare = _rare(by_rarity, counts)
    common = by_rarity[len(rare) :][:_MOST_COMMON]
    matched = [*map(quoted, rare), *_pairs(common, counts, total)]
    weights = {term: _weight(counts[term], total) for term in (*rare, *common)}
    found = _ranked(connection, matched, weights, limit, scopes) if matched else []
    if len(found) < limit and len(common) > 0:
        any_word = by_rarity[: max(len(rare), _FEWEST_WORDS)]
        found = _ranked(connection, list(map(quoted, any_word)), weights, limit, scopes)
    return found


def _rare(by_rarity: Sequence[str], counts: Mapping[str, int]) -> Sequence[str]:
    """The first of these stems, as many as not too many chunks hold."""
    matches = 0
    for number, term in enumerate(by_rarity):
        matches += counts[term]
        if matches > _RARE_MATCHES:
            return by_rarity[:number]
    return by_rarity


def _pairs(common: Sequence[str], counts: Mapping[str, int], total: int) -> list[str]:
    """Conditions that two of these stems stand in a chunk, the rarest pairs, as if words knew nothing of each other."""
    expected = sorted((counts[one] * counts[other] / total, one, other) for one, other in combinations(common, 2))
    kept: list[str] = []
    matches = 0.0
    for few, one, other in expected:
        matches += few
        if kept and matches > _PAIR_MATCHES:
            break
        kept.append(f"({quoted(one)} & {quoted(other)})")
    return kept


def _ranked(
    connection: Connection,
    matched: Sequence[str],
    weights: Mapping[str, float],
    limit: int,
    scopes: Iterable[str] | None,
) -> Sequence[Row[Any]]:
    values: dict[str, Any] = {"any": " | ".join(matched), "limit": limit}
    parts: list[str] = []
    for number, (term, weight) in enumerate(weights.items()):
        values |= {f"w{number}": weight, f"t{number}": quoted(term)}
        parts.append(f"CAST(:w{number} AS float) * ts_rank('{_WEIGHTS}', words, CAST(:t{number} AS tsquery))")
    query = _BEST
    if scopes is not None:
        query, values["scopes"] = _BEST_OF_SCOPES, sorted(scopes)
    return connection.execute(sql(query.format(rank=f"({' + '.join(parts)}) / {_LENGTH}")), values).all()


def _weight(count: int, total: int) -> float:
    """ln((N - n + 0.5) / (n + 0.5)), n of N chunks holding a stem, and a little for one that most hold."""
    return math.log(max((total - count + 0.5) / (count + 0.5), _LEAST_ODDS))


def document_counts(connection: Connection, stems: Sequence[str], total: int) -> dict[str, int]:
    """How many chunks of `total` hold each stem, of those that any holds; about so many of a stem in over 1,000."""
    values = {"terms": list(stems), "written": [quoted(term) for term in stems], "total": total, "counted": _COUNTED}
    return {row.term: row.doc for row in connection.execute(_COUNTS, values) if row.doc}


def write_words(connection: Connection, parts: Iterable[tuple[str, str, str]]) -> None:
    """Takes chunks into the full-text index: (id, title, text)."""
    rows = [{"chunk_id": chunk_id, "words": search_vector(title, text)} for chunk_id, title, text in parts]
    if rows:
        connection.execute(insert(chunk_words), rows)


def bring_up(connection: Connection) -> None:
    """Makes the full-text index anew when it holds other words than `search_vector` gives now."""
    if connection.execute(sql(_KEPT_STATISTICS)).scalar() != _STATISTICS:
        connection.execute(sql(f"ALTER TABLE chunk_words ALTER COLUMN words SET STATISTICS {_STATISTICS}"))
    if connection.execute(select(meta.c.value).where(meta.c.key == _KEY)).scalar() == WORDS_VERSION:
        return
    connection.execute(delete(chunk_words))
    ids = connection.execute(select(chunks.c.id)).scalars().all()
    for at in range(0, len(ids), _BATCH):
        part = select(chunks.c.id, chunks.c.title, chunks.c.text).where(chunks.c.id.in_(ids[at : at + _BATCH]))
        write_words(connection, ((row.id, row.title, row.text) for row in connection.execute(part).all()))
    connection.execute(delete(meta).where(meta.c.key == _KEY))
    connection.execute(insert(meta).values(key=_KEY, value=WORDS_VERSION))


def search_vector(title: str, text: str) -> str:
    """The stems of a chunk as PostgreSQL writes a tsvector: each with its places, those of the title with weight A."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    at = 0
    for part, weight in ((title, "A"), (text, "")):
        for word in words(part):
            at += 1
            if len(word) <= _LONGEST:
                places[stem(word)].append(f"{at}{weight}")
    return " ".join(f"{quoted(term)}:{','.join(at)}" for term, at in places.items())


def quoted(term: str) -> str:
    """A stem as it is written within a tsvector or a tsquery."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
