"""The record of feeds and their entries: what is kept, and how much of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from index.catalog import Catalog
from index.feed_catalog import FeedAnswer, FeedCatalog, feed_key
from index.feed_queue import KEPT, MOST_WAITING
from index.feed_schema import feed_entries
from index.sources.feed_entries import FeedEntry
from tests.index.feed_site import START


def entry(name: str, words: str = "words") -> FeedEntry:
    """An entry whose content is `words`."""
    return FeedEntry(name, f"https://a.example/{name}", name, words, False, START, None, "Ann", None, digest=words)


class Record:
    """One feed in a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.feeds = FeedCatalog(catalog.engine)
        ((self.id,), _) = self.feeds.add("public", [("https://a.example/feed", "A")], START)

    def answer(self, *entries: FeedEntry, hours: float = 0) -> int:
        """The feed answers with these entries after a while."""
        answer = FeedAnswer("https://a.example/feed", None, None, 1800.0, START, entries)
        return self.feeds.note_answer(self.id, answer, START + timedelta(hours=hours))

    def rows(self) -> int:
        """How many entries are remembered."""
        with self.catalog.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(feed_entries)).scalar_one())

    def waiting(self, limit: int = 10_000) -> list[str]:
        """The keys of the entries that wait."""
        return [one.entry.key for one in self.feeds.waiting(self.id, START + timedelta(days=99), limit)]


@pytest.fixture
def record(catalog: Catalog) -> Record:
    return Record(catalog)


def test_an_entry_waits_as_it_came(record: Record) -> None:
    """Nothing of it is lost in the database."""
    assert record.answer(entry("a"), entry("b")) == 2
    assert [one.entry for one in record.feeds.waiting(record.id, START, 9)] == [entry("a"), entry("b")]


def test_entries_that_left_the_feed_are_forgotten_after_a_month(record: Record) -> None:
    """Those that it still has, and those that still wait, are not."""
    record.answer(entry("gone"), entry("there"), entry("waits"))
    for key in ("gone", "there"):
        record.feeds.note_read(record.id, key, "a1", START)
    month = KEPT / timedelta(hours=1)
    record.answer(entry("there"), hours=month / 2)
    assert record.rows() == 3
    record.answer(entry("there"), hours=month + 1)
    assert record.rows() == 2
    assert record.answer(entry("there"), hours=month + 2) == 0
    assert record.waiting() == ["waits"]


def test_a_feed_that_pours_out_entries_is_bounded(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest ones wait; of all, so many are remembered."""
    monkeypatch.setattr("index.feed_queue.MOST_KEPT", 600)
    for batch in range(4):
        record.answer(*(entry(f"{batch}-{number}") for number in range(200)), hours=batch)
    assert len(record.waiting()) == MOST_WAITING
    assert record.waiting()[0] == "3-0"
    assert not any(key.startswith(("0-", "1-")) for key in record.waiting())
    assert record.rows() == 600


def test_an_entry_that_waits_is_brought_up_to_date(record: Record) -> None:
    """A change before it is read is no second entry, and no new chance for one that keeps failing."""
    record.answer(entry("a"))
    record.feeds.note_skipped(record.id, "a", "403", START + timedelta(hours=2))
    assert record.answer(entry("a", "others"), hours=1) == 1
    (one,) = record.feeds.waiting(record.id, START + timedelta(hours=2), 9)
    assert (one.entry.html, one.tries) == ("others", 1)
    assert record.feeds.waiting(record.id, START + timedelta(hours=1), 9) == []


def test_an_article_counts_once_for_its_entry(record: Record) -> None:
    """A new version of it is no further article."""
    record.answer(entry("a"), entry("b"))
    for key, article_id in (("a", "1"), ("a", "1"), ("b", None)):
        record.feeds.note_read(record.id, key, article_id, START)
    (feed,) = record.feeds.feeds()
    assert feed.articles == 1


def test_nothing_is_written_for_a_feed_that_was_removed(record: Record) -> None:
    """Its entries go with it, and a look that was under way leaves nothing."""
    record.answer(entry("a"))
    assert record.feeds.remove(record.id, "public")
    assert record.rows() == 0
    assert record.answer(entry("a")) == 0
    record.feeds.note_read(record.id, "a", "1", START)
    record.feeds.look_sooner(record.id, START)
    assert record.rows() == 0


@pytest.mark.parametrize(
    "url",
    ["http://a.example/feed", "https://www.a.example/feed/", "HTTPS://A.example:443/feed", "https://a.example/feed#x"],
)
def test_spellings_of_a_feeds_address_are_one(url: str) -> None:
    """Scheme, `www.`, a default port and a slash at the end make no other feed."""
    assert feed_key(url) == feed_key("https://a.example/feed")


@pytest.mark.parametrize(
    "url",
    ["https://a.example/feed?cat=1", "https://a.example/Feed", "https://b.example/feed", "https://a.example:8080/feed"],
)
def test_other_addresses_are_other_feeds(url: str) -> None:
    """A query, another path, host or port."""
    assert feed_key(url) != feed_key("https://a.example/feed")
