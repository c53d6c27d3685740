"""Which stored article is this one? By its id, an address, its words, or as a copy with small changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import Connection, and_, delete, insert, select

from index.appearances import article_at
from index.catalog_schema import articles, signature_bands, versions
from index.near_duplicates import bands, is_copy, is_cut, signature
from index.sources.metadata import site_name
from index.types import AddOutcome, Article

_CANDIDATES = 20


class Way(StrEnum):
    """How a stored article was recognised."""

    ID = "id"
    ADDRESS = "address"
    OTHER_ADDRESS = "other address"  # one that it was found at later
    WORDS = "words"
    COPY = "copy"  # nearly the same words


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article, and how it was recognised."""

    article: Article
    way: Way
    had_before: bool = False  # a version of it had the words and the title of the one that was looked for


def outcome_for(given: Article, known: Known | None) -> AddOutcome:
    """What becomes of an article that is handed in.

    An address whose text changed gives a new version. An address of a copy is different: as long as it still is a
    copy nothing is new; once another story stands there, that is an article of its own, unless the publisher moved it.
    """
    if known is None:
        return AddOutcome.ADDED
    stored = known.article
    if known.way in (Way.WORDS, Way.COPY) or (stored.text, stored.title) == (given.text, given.title):
        return AddOutcome.DUPLICATE
    if _is_older(given, known):
        return AddOutcome.DUPLICATE
    if known.way is Way.OTHER_ADDRESS:
        if copied_from(given, [stored]):
            return AddOutcome.DUPLICATE
        if site_name(given.url) != site_name(stored.url):
            return AddOutcome.ADDED
    return AddOutcome.UPDATED


def _is_older(given: Article, known: Known) -> bool:
    """Whether it is an older form of what is there, such as a set that is loaded again brings."""
    given_at, stored_at = given.updated_at, known.article.updated_at
    if given_at and stored_at and given_at != stored_at:
        return given_at < stored_at
    return known.had_before


def candidate_ids(connection: Connection, article: Article, scope: str) -> list[str]:
    """The ids of articles of this scope that may be copies of this one, the likeliest first."""
    values = text_bands(article.title, article.text)
    table = signature_bands
    if not values:
        return []
    # A value tells its band. With the bands in the query SQLite would read all of the scope: 58 ms for 0.02.
    rows = connection.execute(
        select(table.c.article_id).where(table.c.scope == scope, table.c.value.in_(values))
    ).scalars()
    counts: dict[str, int] = {}
    for article_id in rows:
        counts[article_id] = counts.get(article_id, 0) + 1
    return sorted(counts, key=lambda article_id: -counts[article_id])[:_CANDIDATES]


def copied_from(given: Article, stored: Iterable[Article]) -> Article | None:
    """The first of these articles that the given one is a copy of, or all of whose words stand in it."""
    return next((article for article in stored if is_copy(given, article) or is_cut(given, article)), None)


def had_before(connection: Connection, article_id: str, digest: str, title: str) -> bool:
    """Whether a version of an article had these words and this title, as when a set is loaded again."""
    mine = and_(versions.c.article_id == article_id, versions.c.text_hash == digest, versions.c.title == title)
    return connection.execute(select(versions.c.version).where(mine).limit(1)).first() is not None


def has_the_words_of(given: Article, stored: Article) -> bool:
    """Whether equal words make one article of two: not when both are a notice that stands in the place of an article.

    An older version of the stored one may have had them, too: then it is that article.
    """
    return given.text != stored.text or is_copy(given, stored)


def share_a_band(one: Article, other: Article) -> bool:
    """Whether one may be a copy of the other."""
    pairs = zip(text_bands(one.title, one.text), text_bands(other.title, other.text), strict=False)
    return any(mine == theirs for mine, theirs in pairs)


def address_match(connection: Connection, article: Article, scope: str) -> tuple[str, Way] | None:
    """The id of the stored article with this one's address."""
    found = article_at(connection, article.url, scope) if article.url else None
    return (found[0], Way.ADDRESS if found[1] else Way.OTHER_ADDRESS) if found else None


def words_match(connection: Connection, digest: str, scope: str) -> str | None:
    """The id of a stored article that has, or once had, these very words; one that has them now comes first."""
    joined = versions.join(articles, articles.c.id == versions.c.article_id)
    query = select(articles.c.id).select_from(joined).where(versions.c.text_hash == digest, articles.c.scope == scope)
    return connection.execute(query.order_by(articles.c.version != versions.c.version).limit(1)).scalar()


def save_bands(connection: Connection, article: Article, scope: str) -> None:
    """Keeps what copies of an article are found by, instead of what was kept for its last version."""
    connection.execute(delete(signature_bands).where(signature_bands.c.article_id == article.id))
    rows = [
        {"article_id": article.id, "scope": scope, "band": number, "value": value}
        for number, value in enumerate(text_bands(article.title, article.text))
    ]
    if rows:
        connection.execute(insert(signature_bands), rows)


@lru_cache(maxsize=64)
def text_bands(title: str, text: str) -> tuple[int, ...]:
    """The bands of an article, computed once for a step of ingest."""
    return tuple(bands(signature(title, text)))
