"""Articles into the collection: the same one once, a changed one as a new version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.catalog import Catalog
from index.errors import ProviderError, UnreadableError
from index.ingest import article_id, ingest
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.store import VectorStore
from index.types import PUBLIC, Added, AddOutcome, Article, Scopes
from tests.index.builders import FERRY, ROCKETS, make_article

Take = Callable[..., list[Added]]


@pytest.fixture
def take(catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> Take:
    """Takes articles in and gives the report."""

    def run(*articles: Article, scope: str = "public") -> list[Added]:
        return list(ingest(articles, scope, catalog, store, embedder))

    return run


def outcomes(report: Iterable[Added]) -> list[str]:
    return [added.outcome.value for added in report]


def test_a_new_article_is_in_catalog_and_index(take: Take, catalog: Catalog, store: VectorStore) -> None:
    """The report names it as stored, with its chunks."""
    added = take(ROCKETS)[0]
    assert (added.outcome, added.article, added.chunks) == (AddOutcome.ADDED, ROCKETS, 1)
    assert catalog.chunk_ids("public") == store.ids("public") == {"rockets-1-0"}


def test_the_same_article_changes_nothing(take: Take, catalog: Catalog, embedder: FakeEmbedder) -> None:
    """A second copy is reported as a duplicate of the stored one, and nothing is embedded."""
    take(ROCKETS)
    before = embedder.embedded
    copies = [
        ROCKETS,
        replace(ROCKETS, id="x"),
        replace(FERRY, title=ROCKETS.title, text=ROCKETS.text, url="https://b.example"),
    ]
    report = take(*copies)
    assert outcomes(report) == ["duplicate"] * 3
    assert [added.article for added in report] == [ROCKETS] * 3
    assert (catalog.totals(), embedder.embedded) == ((1, 1), before)


def test_copies_within_one_delivery_are_taken_once(take: Take, catalog: Catalog) -> None:
    """Two equal articles handed in together are one, in the order given."""
    assert outcomes(take(ROCKETS, FERRY, ROCKETS, replace(FERRY, id=""))) == [
        "added",
        "added",
        "duplicate",
        "duplicate",
    ]
    assert catalog.totals()[0] == 2


def test_a_changed_article_becomes_a_new_version(take: Take, catalog: Catalog, store: VectorStore) -> None:
    """By its id or its address; the index holds the new chunks alone."""
    take(ROCKETS)
    by_id = take(replace(ROCKETS, text="Four rockets, it says now."))[0]
    by_url = take(replace(ROCKETS, id="", text="Five rockets, it says now."))[0]
    assert [(a.outcome.value, a.article.id, a.article.version) for a in (by_id, by_url)] == [
        ("updated", "rockets", 2),
        ("updated", "rockets", 3),
    ]
    assert catalog.chunk_ids("public") == store.ids("public") == {"rockets-3-0"}
    current = catalog.article("rockets", PUBLIC)
    assert current is not None
    assert current.text == "Five rockets, it says now."


def test_a_changed_article_in_the_same_delivery_is_a_new_version_too(take: Take, catalog: Catalog) -> None:
    """The later of two forms handed in together is not lost as a duplicate."""
    report = take(ROCKETS, FERRY, replace(ROCKETS, text="Four rockets, it says now."))
    assert outcomes(report) == ["added", "added", "updated"]
    current = catalog.article("rockets", PUBLIC)
    assert current is not None
    assert current.text == "Four rockets, it says now."


def test_a_set_that_holds_two_forms_of_an_article_can_be_loaded_again(take: Take, catalog: Catalog) -> None:
    """The first form, which a version had already, comes back only by a newer word of its publisher."""
    later = replace(ROCKETS, id="", text="Four rockets, it says now.")
    take(ROCKETS, later)
    assert outcomes(take(ROCKETS, later)) == outcomes(take(ROCKETS, later)) == ["duplicate", "duplicate"]
    current = catalog.article("rockets", PUBLIC)
    assert current is not None
    assert (current.version, current.text) == (2, later.text)
    back = replace(ROCKETS, updated_at=datetime(2020, 2, 1, tzinfo=UTC))
    take(replace(later, text="Five rockets.", updated_at=datetime(2020, 1, 30, tzinfo=UTC)))
    assert outcomes(take(back)) == ["updated"]


def test_two_updates_of_one_article_in_one_delivery_follow_each_other(take: Take, catalog: Catalog) -> None:
    """By its id and by its address: each is a version, and what stands behind them is taken in as well."""
    take(replace(ROCKETS, id="a", url="https://news.example/a"))
    by_id = replace(ROCKETS, id="a", url="https://news.example/moved", text="Four rockets, it says now.")
    by_address = replace(ROCKETS, id="b", url="https://news.example/a", text="Five rockets, it says now.")
    report = take(by_id, by_address, FERRY)
    assert [(one.outcome.value, one.article.id, one.article.version) for one in report] == [
        ("updated", "a", 2),
        ("updated", "a", 3),
        ("added", "ferry", 1),
    ]
    assert catalog.count(PUBLIC) == 2


def test_a_corrected_title_is_a_new_version(take: Take) -> None:
    """The same text under a new title is no duplicate."""
    take(ROCKETS)
    added = take(replace(ROCKETS, title="Three rockets hit embassy"))[0]
    assert (added.outcome.value, added.article.title) == ("updated", "Three rockets hit embassy")


def test_an_article_that_shrinks_to_nothing_has_no_chunks(take: Take, catalog: Catalog, store: VectorStore) -> None:
    """Old chunks go also when no new ones come."""
    take(ROCKETS)
    assert take(replace(ROCKETS, text=" "))[0].chunks == 0
    assert catalog.chunk_ids("public") == store.ids("public") == set()


def test_each_chat_has_its_own_copy(take: Take, catalog: Catalog, store: VectorStore) -> None:
    """The same article in two chats has two ids, and a change in one leaves the other alone."""
    ids = {take(ROCKETS, scope=scope)[0].article.id for scope in ("public", "chat:1", "chat:2")}
    assert len(ids) == 3
    take(replace(ROCKETS, text="Changed here."), scope="chat:1")
    texts = [catalog.article(i, Scopes.of("public", "chat:1", "chat:2")) for i in ids]
    assert sorted(a.text == "Changed here." for a in texts if a) == [False, False, True]
    assert store.count("chat:2") == 1


@pytest.mark.parametrize("change", [{}, {"id": ""}, {"id": "", "url": None}, {"id": "a b/c"}])
def test_ids_are_stable_and_differ_between_chats(change: dict[str, str]) -> None:
    """From the source's id, else the address, else the text; always the same, never shared between scopes."""
    article = replace(ROCKETS, **change)  # type: ignore[arg-type]  # the fields vary by case
    ids = [article_id(article, scope) for scope in ("public", "chat:1", "chat:2")]
    assert ids == [article_id(article, scope) for scope in ("public", "chat:1", "chat:2")]
    assert len(set(ids)) == 3
    assert all(i.isalnum() for i in ids)


def test_only_a_plain_id_of_the_public_scope_is_kept() -> None:
    """An id that could not stand in a button or a command is replaced by a digest."""
    assert article_id(ROCKETS, "public") == "rockets"
    assert article_id(replace(ROCKETS, id="x" * 41), "public") != "x" * 41
    assert article_id(ROCKETS, "chat:1") != "rockets"


def test_many_articles_go_in_a_few_at_a_time(take: Take, catalog: Catalog, store: VectorStore) -> None:
    """More than one step's worth is taken in whole, each reported once in order."""
    articles = [make_article(f"Text number {n}.", article_id=f"a{n}") for n in range(70)]
    report = take(*articles)
    assert [added.article.id for added in report] == [f"a{n}" for n in range(70)]
    assert (catalog.totals(), store.count("public")) == ((70, 70), 70)


def test_what_was_read_before_a_reader_fails_is_saved(
    catalog: Catalog, store: VectorStore, embedder: FakeEmbedder
) -> None:
    """A damaged line in the middle of a file costs nothing that came before it."""

    def reader() -> Iterator[Article]:
        yield ROCKETS
        yield FERRY
        raise UnreadableError("line 3 is damaged")

    report: list[Added] = []
    with pytest.raises(UnreadableError, match="line 3"):
        report.extend(ingest(reader(), "public", catalog, store, embedder))
    assert catalog.count(PUBLIC) == store.count("public") == 2


def test_a_failing_embedder_leaves_nothing_half(catalog: Catalog, store: VectorStore) -> None:
    """An article that could not be embedded is not in the catalog, and can be added again."""

    class Failing(FakeEmbedder):
        def embed(self, texts: object) -> Vectors:
            raise ProviderError("no")

    with pytest.raises(ProviderError):
        list(ingest([ROCKETS], "public", catalog, store, Failing()))
    assert catalog.totals() == (0, 0)
    assert outcomes(ingest([ROCKETS], "public", catalog, store, FakeEmbedder())) == ["added"]
