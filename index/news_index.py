"""NewsIndex: the facade over everything in `index`. Start here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from index.config import DATABASE, IndexConfig, lock_data_dir
from index.errors import StoreError
from index.providers.base import ChatModel, Embedder
from index.providers.registry import check_model_names, open_chat_model, open_embedder
from index.types import PUBLIC_SCOPE, Answer, Article, Evidence, Scopes

if TYPE_CHECKING:
    from filelock import FileLock

    from index.catalog import Catalog
    from index.store import VectorStore
    from index.types import Added
    from index.upkeep import VectorIndexFiles

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is indexed and how it is. `vectors` is None when another process has the vector index open."""

    articles: int
    chunks: int
    vectors: int | None
    embedding_model: str
    chat_model: str
    data_dir: str
    healthy: bool
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return asdict(self)


class NewsIndex:
    """Takes articles in and answers questions about them; one process at a time for a data directory.

    All methods are safe on one event loop: what blocks runs in threads, and writes go one after another.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        store: VectorStore,
        embedder: Embedder,
        chat_model: ChatModel | None,
        files: VectorIndexFiles,
        lock: FileLock | None = None,
        timezone: str = "UTC",
    ) -> None:
        from index.answering import Answering
        from index.retrieval import Retriever

        self._catalog, self._store, self._embedder = catalog, store, embedder
        self._files, self._lock = files, lock
        self.retriever = Retriever(catalog, store, embedder, timezone=timezone)
        self._answering = Answering(self.retriever, chat_model)
        self._chat_model = chat_model
        self._writing = asyncio.Lock()
        self._whole = True  # no write to the vector index has failed

    @classmethod
    async def open(cls, config: IndexConfig, *, on_progress: OnProgress | None = None) -> NewsIndex:
        """Opens the index of a data directory, or makes it; fetches weights when they are not there.

        `on_progress(label, done, total)` hears of downloads and repairs.

        Raises:
            UnknownModelError: before anything is touched, when a setting names no model there is.
            StoreLockedError: when another process has it open.
            StoreError: when the directory cannot be written, or the index was made with another embedder.
            ProviderError: when a model cannot be opened.
        """
        check_model_names(config.chat_model, config.embedding_model, config.keys)
        lock = lock_data_dir(config.data_dir)
        try:
            embedder = await open_embedder(config.embedding_model, config.cache_dir, on_progress, config.keys)
            chat_model = await open_chat_model(config.chat_model, config.cache_dir, config.keys, on_progress)
            return await cls.open_with(
                config.data_dir,
                embedder=embedder,
                chat_model=chat_model,
                lock=lock,
                timezone=config.timezone,
                on_progress=on_progress,
            )
        except BaseException:
            lock.release()
            raise

    @classmethod
    async def open_with(
        cls,
        data_dir: Path,
        *,
        embedder: Embedder,
        chat_model: ChatModel | None,
        lock: FileLock | None = None,
        timezone: str = "UTC",
        on_progress: OnProgress | None = None,
    ) -> NewsIndex:
        """Opens the index of a data directory with models that are open already.

        Raises:
            StoreError: when the directory cannot be written, or the index was made with another embedder.
        """

        def load() -> NewsIndex:
            from index.catalog import Catalog
            from index.upkeep import VectorIndexFiles, open_whole_store

            catalog = Catalog(data_dir / DATABASE)
            files = VectorIndexFiles(data_dir, catalog)
            try:
                store = open_whole_store(files, catalog, embedder, on_progress or (lambda *_: None))
            except BaseException:
                catalog.close()
                raise
            return NewsIndex(
                catalog=catalog,
                store=store,
                embedder=embedder,
                chat_model=chat_model,
                files=files,
                lock=lock,
                timezone=timezone,
            )

        return await asyncio.to_thread(load)

    async def add(
        self,
        articles: Iterable[Article],
        *,
        scope: str = PUBLIC_SCOPE,
        on_added: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Takes articles in; each is saved when `on_added` hears of it.

        Raises:
            SourceError: when `articles` is a reader that fails; what came before is saved.
            StoreError: when it cannot be saved.
            ProviderError: when the embedder fails.
        """
        from index.ingest import ingest

        report: list[Added] = []

        def work() -> None:
            self._files.mark_writing()
            for added in ingest(articles, scope, self._catalog, self._store, self._embedder):
                report.append(added)
                if on_added:
                    on_added(added)

        async with self._writing:
            with self._watched_writes():
                await asyncio.to_thread(work)
        return report

    async def ask(self, question: str, scopes: Scopes, *, asked_at: datetime | None = None) -> Answer:
        """Answers a question from the articles of these scopes.

        Raises:
            QuestionError: when it is empty or over 2,000 characters.
            StoreError: when the catalog or the vector index fails.
        """
        return await self._answering.answer(question, scopes, asked_at)

    async def search(
        self, query: str, scopes: Scopes, *, k: int = 10, asked_at: datetime | None = None
    ) -> list[Evidence]:
        """The best `k` passages for a query, best first.

        Raises:
            QuestionError: when it is empty or over 2,000 characters.
            StoreError: when the catalog or the vector index fails.
        """
        return await asyncio.to_thread(self.retriever.retrieve, query, scopes, k, asked_at)

    async def articles(self, scopes: Scopes, *, limit: int = 50, offset: int = 0) -> Sequence[Article]:
        """Articles of these scopes, newest added first; their text is left empty."""
        return await asyncio.to_thread(self._catalog.articles, scopes, limit, offset)

    async def count(self, scopes: Scopes) -> int:
        """How many articles these scopes hold."""
        return await asyncio.to_thread(self._catalog.count, scopes)

    async def article(self, article_id: str, scopes: Scopes) -> Article | None:
        """One article with its text, if it is in these scopes."""
        return await asyncio.to_thread(self._catalog.article, article_id, scopes)

    async def remove(self, article_id: str, scopes: Scopes) -> bool:
        """Deletes an article of these scopes everywhere; whether there was one."""

        def work() -> bool:
            article = self._catalog.scope_of(article_id, scopes)
            gone = self._catalog.remove(article_id, scopes)
            if article is None or gone is None:
                return False
            self._files.mark_writing()
            self._store.delete(gone, article)
            return True

        async with self._writing:
            with self._watched_writes():
                return await asyncio.to_thread(work)

    async def status(self) -> IndexStatus:
        """What is indexed and how it is; a failing part becomes a problem, not an error."""

        def look() -> IndexStatus:
            articles, chunks = self._catalog.totals()
            problems: list[str] = []
            try:
                vectors = sum(self._store.count(scope) for scope in self._catalog.scopes())
            except StoreError as error:
                vectors = 0
                problems.append(str(error))
            if not problems and vectors != chunks:
                problems.append(f"{chunks - vectors} chunks are not in the vector index: run askwire reindex.")
            return IndexStatus(
                articles=articles,
                chunks=chunks,
                vectors=vectors,
                embedding_model=self._embedder.name,
                chat_model=self._chat_model.name if self._chat_model else "none",
                data_dir=str(Path(self._catalog.engine.url.database or "").parent),
                healthy=not problems,
                problems=tuple(problems),
            )

        return await asyncio.to_thread(look)

    async def close(self) -> None:
        """Closes the index in order and lets the data directory go."""

        def work() -> None:
            self._store.close()
            if self._whole:
                self._files.mark_whole()
            self._catalog.close()

        async with self._writing:
            await asyncio.to_thread(work)
        if self._chat_model:
            await self._chat_model.close()
        if self._lock:
            self._lock.release()

    @contextmanager
    def _watched_writes(self) -> Iterator[None]:
        """Keeps the mark of an unfinished write when a write in the block fails, so that the next start repairs."""
        try:
            yield
        except BaseException:
            self._whole = False
            raise

    async def __aenter__(self) -> NewsIndex:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def catalog_status(config: IndexConfig) -> IndexStatus:
    """The status as far as the catalog tells it, beside a process that has the vector index open; blocking.

    Raises:
        StoreError: when the catalog cannot be read.
    """
    from index.catalog import Catalog

    catalog = Catalog(config.data_dir / DATABASE)
    try:
        articles, chunks = catalog.totals()
    finally:
        catalog.close()
    return IndexStatus(
        articles, chunks, None, config.embedding_model, config.chat_model, str(config.data_dir), healthy=True
    )
