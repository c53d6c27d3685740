"""NewsIndex: the facade over everything in `index`. Start here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.collections import Collections
from index.config import ChromaServer, IndexConfig, lock_data_dir
from index.index_status import IndexStatus, open_status
from index.index_writer import IndexWriter
from index.model_set import ModelSet, OnProgress, check_models, open_models
from index.opening import Storage, open_side_by_side, open_storage
from index.providers.base import ChatModel, Embedder
from index.providers.registry import NO_MODEL, open_embedder
from index.types import PUBLIC_SCOPE, Answer, Article, Evidence, Progress, Scopes, Turn

if TYPE_CHECKING:
    from filelock import FileLock

    from index.article_history import ArticleVersion
    from index.database import DatabasePlace
    from index.types import Added


class NewsIndex(Collections):
    """Takes articles in and answers questions about them; one process at a time for a data directory.

    All methods are safe on one event loop: what blocks runs in threads, and writes go one after another.
    """

    def __init__(
        self, storage: Storage, models: ModelSet, *, lock: FileLock | None = None, timezone: str = "UTC"
    ) -> None:
        from index.answering import Answering
        from index.retrieval import Retriever

        super().__init__(storage.catalog, storage.store, IndexWriter(), models.embedder.name)
        self._storage, self._embedder, self._lock = storage, models.embedder, lock
        self.retriever = Retriever(storage.catalog, storage.store, models.embedder, timezone=timezone)
        self._answering = Answering(self.retriever, models.chat_model, models.reranker)
        self._models = models

    @property
    def chat_model(self) -> ChatModel | None:
        """The language model, or a chain of them."""
        return self._models.chat_model

    @classmethod
    async def open(
        cls, config: IndexConfig, *, on_progress: OnProgress | None = None, repair_beside: bool = False
    ) -> NewsIndex:
        """Opens the index of a data directory, or makes it; fetches weights when they are not there.

        `on_progress(label, done, total)` hears of downloads and repairs. With `repair_beside` a damaged vector index
        holds up nothing: articles are found by their words until it is whole.

        Raises:
            UnknownModelError: before anything is touched, when a setting names no model there is.
            StoreLockedError: when another process has it open.
            StoreError: when the directory cannot be written, or the index was made with another embedder.
            ProviderError: when a model cannot be opened.
        """
        check_models(config)
        # With both on servers nothing is in the directory that one process must have for itself.
        lock = None if config.chroma and config.database_url else lock_data_dir(config.data_dir)
        try:
            embedder = await open_embedder(config.embedding_model, config.cache_dir, on_progress, config.keys)
            open_files = partial(
                open_storage,
                config.data_dir,
                embedder,
                database=config.database,
                chroma=config.chroma,
                on_step=on_progress,
                beside=repair_beside,
            )
            storage, models = await open_side_by_side(open_files, open_models(config, embedder, on_progress))
            return NewsIndex(storage, models, lock=lock, timezone=config.timezone)
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    async def open_with(
        cls,
        data_dir: Path,
        *,
        embedder: Embedder,
        chat_model: ChatModel | None,
        reranker: ChatModel | None = None,
        database: DatabasePlace | None = None,
        chroma: ChromaServer | None = None,
        on_progress: OnProgress | None = None,
        repair_beside: bool = False,
    ) -> NewsIndex:
        """Opens the index of a data directory with models that are open already.

        `database` and `chroma` take the place of the database and the vector index in the directory.

        Raises:
            StoreError: when the directory cannot be written, or the index was made with another embedder.
        """
        open_files = partial(open_storage, database=database, chroma=chroma, on_step=on_progress, beside=repair_beside)
        storage = await asyncio.to_thread(open_files, data_dir, embedder)
        return NewsIndex(storage, ModelSet(embedder, chat_model, reranker))

    async def add(
        self,
        articles: Iterable[Article],
        *,
        scope: str = PUBLIC_SCOPE,
        on_added: Callable[[Added], None] | None = None,
    ) -> list[Added]:
        """Takes articles in; each is saved when `on_added` hears of it. The report leaves their texts empty.

        Raises:
            SourceError: when `articles` is a reader that fails; what came before is saved.
            StoreError: when it cannot be saved.
            ProviderError: when the embedder fails.
        """
        from index.ingest import ingest

        report: list[Added] = []

        def work() -> None:
            for added in ingest(articles, scope, self._catalog, self._store, self._embedder):
                report.append(replace(added, article=replace(added.article, text="")))  # a set of any size fits
                if on_added:
                    on_added(added)

        await self._writer.run(work)
        return report

    async def ask(
        self,
        question: str,
        scopes: Scopes,
        *,
        asked_at: datetime | None = None,
        history: Sequence[Turn] = (),
        on_progress: Callable[[Progress], None] | None = None,
        use_model: bool = True,
    ) -> Answer:
        """Answers a question from the articles of these scopes.

        A follow-up question is understood from `history`, the conversation's last turns, the newest last: the answer's
        `understood_as` then says how. `on_progress` is called on the event loop. Without `use_model` no language model
        is asked, and there are quotes only.

        Raises:
            QuestionError: when it is empty or over 2,000 characters.
            StoreError: when the catalog or the vector index fails.
        """
        from index.article_history import with_history

        answer = await self._answering.answer(
            question, scopes, asked_at, history=history, on_progress=on_progress, use_model=use_model
        )
        return await asyncio.to_thread(with_history, answer, self._catalog, scopes) if answer.citations else answer

    async def search(
        self, query: str, scopes: Scopes, *, k: int = 10, asked_at: datetime | None = None
    ) -> list[Evidence]:
        """The best `k` passages for a query, best first.

        Raises:
            QuestionError: when it is empty or over 2,000 characters.
            StoreError: when the catalog or the vector index fails.
        """
        return await asyncio.to_thread(self.retriever.retrieve, query, scopes, k, asked_at)

    async def articles(
        self, scopes: Scopes, *, limit: int = 50, offset: int = 0, added_after: datetime | None = None
    ) -> Sequence[Article]:
        """Articles of these scopes, newest added first; their text is left empty. `added_after` is in UTC."""
        return await asyncio.to_thread(self._catalog.articles, scopes, limit, offset, added_after)

    async def count(self, scopes: Scopes) -> int:
        """How many articles these scopes hold."""
        return await asyncio.to_thread(self._catalog.count, scopes)

    async def article(self, article_id: str, scopes: Scopes, version: int | None = None) -> Article | None:
        """One article with its text, the current one or an older version's, if it is in these scopes."""
        return await asyncio.to_thread(self._catalog.article, article_id, scopes, version)

    async def article_at(self, url: str, scopes: Scopes) -> Article | None:
        """The article of these scopes that was found at an address, however it is spelled."""
        return await asyncio.to_thread(self._catalog.article_at, url, scopes)

    async def versions(self, article_id: str, scopes: Scopes) -> list[ArticleVersion]:
        """All versions of an article of these scopes, the first one first; none when there is no such article."""
        from index.article_history import article_versions

        return await asyncio.to_thread(article_versions, self._catalog, article_id, scopes)

    async def remove(self, article_id: str, scopes: Scopes) -> bool:
        """Deletes an article of these scopes everywhere; whether there was one."""

        def work() -> bool:
            article = self._catalog.scope_of(article_id, scopes)
            gone = self._catalog.remove(article_id, scopes)
            if article is None or gone is None:
                return False
            self._store.delete(gone, article)
            return True

        return await self._writer.run(work)

    async def status(self) -> IndexStatus:
        """What is indexed and how it is; a failing part becomes a problem, not an error."""
        return await asyncio.to_thread(
            open_status,
            self._catalog,
            self._store,
            embedding_model=self._embedder.name,
            chat_model=self._models.chat_model.name if self._models.chat_model else NO_MODEL,
            data_dir=str(self._storage.files.data_dir),
        )

    async def close(self) -> None:
        """Closes the index in order and lets the data directory go."""

        def work() -> None:
            self._storage.close()
            if not self._writer.whole:
                self._storage.files.mark_writing()  # a write was broken off: the next start looks after it

        await self._writer.finish(work)
        await self._models.close()
        if self._lock:
            self._lock.release()

    async def __aenter__(self) -> NewsIndex:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
