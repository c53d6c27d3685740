"""What is kept for a minute in place of asking the database at each search."""

from __future__ import annotations

from index.catalog import Catalog
from index.lexical import question_weights
from index.remembered import Remembered
from index.types import PUBLIC, Article, Scopes
from tests.backends import Backend
from tests.index.test_catalog import save


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_kept_for_a_minute() -> None:
    """It is read once for each key, and again when the minute is over."""
    clock, reads = Clock(), list[str]()
    remembered = Remembered[str, int](clock)

    def ask(key: str) -> int:
        def read() -> int:
            reads.append(key)
            return len(reads)

        return remembered.get(key, read)

    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    clock.now = 59.9
    assert ask("a") == 1
    clock.now = 60.0
    assert ask("a") == 3


def test_what_was_read_before_a_change_is_not_kept() -> None:
    """A change while a value is being read leaves no old value behind."""
    remembered = Remembered[str, int](Clock())

    def read() -> int:
        remembered.forget()
        return 1

    assert remembered.get("a", read) == 1
    assert remembered.get("a", lambda: 2) == 2


def test_sources_and_size_follow_what_this_process_writes(catalog: Catalog) -> None:
    """After an article was saved or removed, they are those of now."""
    assert (catalog.sources(PUBLIC), catalog.size()) == (frozenset[str](), 0)
    save(catalog, Article("Title", "Some words.", id="a", source="Gazette"))
    assert (catalog.sources(PUBLIC), catalog.size()) == (frozenset({"Gazette"}), 1)
    common = question_weights(catalog, "words")["word"]
    save(catalog, Article("Title", "Others.", id="b", source="Herald"))
    assert (catalog.sources(PUBLIC), catalog.size()) == (frozenset({"Gazette", "Herald"}), 2)
    assert question_weights(catalog, "words")["word"] > common
    catalog.remove("a", PUBLIC)
    assert (catalog.sources(PUBLIC), catalog.size()) == (frozenset({"Herald"}), 1)


async def test_sources_and_size_follow_whole_collections(backend: Backend) -> None:
    """After a collection was moved, shortened or removed, they are those of now, too."""
    old, new = Scopes.of("chat:-1"), Scopes.of("chat:-100")
    async with await backend.open() as news:
        catalog = news.retriever.catalog
        await news.add([Article("Title", "Some words.", id="a", source="Gazette")], scope="chat:-1")
        await news.add([Article("Title", "Other things.", id="b", source="Herald")], scope="chat:-1")
        assert (catalog.sources(old), catalog.sources(new), catalog.size()) == (
            frozenset({"Gazette", "Herald"}),
            frozenset[str](),
            2,
        )
        await news.move_scope("chat:-1", "chat:-100")
        assert (catalog.sources(old), catalog.sources(new)) == (frozenset[str](), frozenset({"Gazette", "Herald"}))
        await news.trim("chat:-100", keep=1)
        assert (catalog.sources(new), catalog.size()) == (frozenset({"Herald"}), 1)
        await news.remove_scope("chat:-100")
        assert (catalog.sources(new), catalog.size()) == (frozenset[str](), 0)
