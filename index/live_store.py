"""The vector index of a running askwire: it can be repaired while questions are answered from words alone."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from index.catalog import Catalog
from index.errors import StoreError
from index.providers.base import Embedder, Vectors
from index.repair_process import RepairStoppedError
from index.store import VectorStore
from index.synchronising import synchronise
from index.types import Scopes
from index.upkeep import OnStep, check_embedder, needs_repair, open_whole_store, rebuild
from index.vector_files import VectorIndexFiles
from index.vector_index import VectorRow

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_REPAIR_AGAIN_S = 600.0
_ABSENT = "Until the vector index is whole again, articles are found by their words alone."
_BEHIND = "Some articles are not in the vector index yet: they go in with the next write, or at the next start."


def open_live_store(
    files: VectorIndexFiles, catalog: Catalog, embedder: Embedder, on_step: OnStep, *, beside: bool = False
) -> LiveStore:
    """Opens the vector index whole, as `open_whole_store` does; with `beside` at once, and repairs it beside; blocking.

    Raises:
        EmbedderMismatchError: when the articles were embedded by another embedder.
        StoreError: when the catalog cannot be read or the index cannot be written.
    """
    check_embedder(catalog, embedder)
    if not (beside and needs_repair(files, catalog)):
        return LiveStore(files, catalog, embedder, open_whole_store(files, catalog, embedder, on_step), beside=beside)
    live = LiveStore(files, catalog, embedder, beside=beside)
    live.repair()
    return live


class LiveStore:
    """A `VectorIndex` over a Chroma directory that can be exchanged for another one.

    While there is none, searches find nothing and writes are left to the repair, which takes all from the catalog.
    What a failed write leaves undone is done before the next one. Threads may use it at the same time.
    """

    def __init__(
        self,
        files: VectorIndexFiles,
        catalog: Catalog,
        embedder: Embedder,
        store: VectorStore | None = None,
        *,
        beside: bool,
    ) -> None:
        self._files, self._catalog, self._embedder, self._beside = files, catalog, embedder, beside
        self._store = store
        self._writing, self._reading, self._starting = threading.Lock(), threading.Lock(), threading.Lock()
        self._unsettled: dict[str, set[str] | None] = {}  # by scope, ids that must be put in anew; None: all
        self._sound = True  # no write has failed, so that there is nothing to check at the next start
        self._changed = False
        self._stop = threading.Event()
        self._repair: threading.Thread | None = None
        self._repaired_at = -_REPAIR_AGAIN_S
        self._step = ""
        self._fault = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong just now, in lines for a person."""
        repairing = self._is_repairing
        lines = [self._fault] if self._fault else []
        lines += [self._step] if repairing else []
        if self._store is None:
            lines.append(_ABSENT)
        elif self._unsettled and not repairing:
            lines.append(_BEHIND)
        return tuple(lines)

    @property
    def answers(self) -> bool:
        """Whether there is a store to ask, and not only one in repair."""
        return self._store is not None

    def add(self, rows: Iterable[VectorRow], scope: str) -> None:
        """Puts vectors in."""
        if held := list(rows):
            self._write(scope, {chunk_id for chunk_id, _, _ in held}, lambda store: store.add(held, scope))

    def delete(self, chunk_ids: Sequence[str], scope: str) -> None:
        """Takes vectors out; ids that are not there are passed over."""
        if chunk_ids:
            self._write(scope, set(chunk_ids), lambda store: store.delete(chunk_ids, scope))
            self._files.note_deletions(len(chunk_ids))
            if self._beside and self._files.is_worn:
                self.repair()

    def drop(self, scope: str) -> None:
        """Takes a whole scope out."""
        self._write(scope, None, lambda store: store.drop(scope))

    def search(self, vector: Vectors, scopes: Scopes, k: int) -> list[tuple[str, float]]:
        """The nearest `k` chunks of these scopes: (chunk id, cosine similarity), nearest first."""
        if self._store is None and self._beside:
            self.repair()
        try:
            return self._read(lambda store: store.search(vector, scopes, k), [])
        except StoreError as error:
            if not self._beside:
                raise
            self._give_up(str(error))
            return []

    def count(self, scope: str) -> int:
        """How many vectors one scope holds."""
        return self._read(lambda store: store.count(scope), 0)

    def ids(self, scope: str) -> set[str]:
        """The ids of all vectors of one scope."""
        return self._read(lambda store: store.ids(scope), set())

    def scopes(self) -> list[str]:
        """The scopes that hold any."""
        return self._read(lambda store: store.scopes(), [])

    def collection(self, scope: str) -> Any:
        """The scope's vectors as llama-index's own store; None when it has none."""
        return self._read(lambda store: store.collection(scope), None)

    def close(self) -> None:
        """Ends a repair, lets go of the files, and notes whether they are whole."""
        self._stop.set()
        if self._repair:
            self._repair.join()
        with self._writing, self._reading:
            store, self._store = self._store, None
            if store is None:
                return
            store.close()
        self._note_whole()
        if self._sound and not self._unsettled:
            self._files.note_in_step(changed=self._changed)

    def repair(self) -> None:
        """Begins a repair in a thread, unless one is under way or another one ended just before."""
        with self._starting:
            late = time.monotonic() - self._repaired_at >= _REPAIR_AGAIN_S
            if late and not self._is_repairing and not self._stop.is_set():
                self._step = "The vector index is about to be checked."
                self._repair = threading.Thread(target=self._work, name="vector index repair", daemon=True)
                self._repair.start()

    @property
    def _is_repairing(self) -> bool:
        return self._repair is not None and self._repair.is_alive()

    def _work(self) -> None:
        given = (self._files, self._catalog, self._embedder, self._note_step, self._stop)
        try:
            self._switch(rebuild(*given) if self._store else open_whole_store(*given))
            self._fault = ""
        except RepairStoppedError:
            pass
        except StoreError as error:
            self._fault = str(error)
        finally:
            self._repaired_at = time.monotonic()

    def _switch(self, store: VectorStore) -> None:
        """Puts a store in place, once it is in step with the catalog; the one before is closed."""
        with self._writing:
            self._settle(store)
            with self._reading:
                before, self._store = self._store, store
            if before:
                before.close()
            self._files.use(store.folder)
            self._sound = self._changed = True
            self._note_whole()

    def _note_step(self, label: str, done: int, total: int) -> None:
        self._step = f"{label}: {done:,} of {total:,} chunks."

    def _read(self, ask: Callable[[VectorStore], _T], nothing: _T) -> _T:
        with self._reading:
            return nothing if self._store is None else ask(self._store)

    def _write(self, scope: str, ids: set[str] | None, work: Callable[[VectorStore], None]) -> None:
        with self._writing, self._noted(scope, ids):
            if self._store is None:
                self._leave(scope, ids)
                return
            self._changed = True
            self._files.mark_writing()
            self._settle(self._store)
            work(self._store)
            self._note_whole()

    @contextlib.contextmanager
    def _noted(self, scope: str, ids: set[str] | None) -> Iterator[None]:
        """Notes what a failed write leaves undone."""
        try:
            yield
        except BaseException:
            self._sound = False
            self._leave(scope, ids)
            raise

    def _note_whole(self) -> None:
        """Notes that a start finds the index whole, unless a write has failed."""
        if self._sound and not self._unsettled:
            self._files.mark_whole()

    def _leave(self, scope: str, ids: set[str] | None) -> None:
        known = self._unsettled.get(scope, set())
        self._unsettled[scope] = None if ids is None or known is None else known | ids

    def _settle(self, store: VectorStore) -> None:
        """Does what was left undone: what was written then is taken out, and all that is missing put in."""
        if store is self._store and not self._unsettled:
            return
        for scope, ids in self._unsettled.items():
            if ids is None:
                store.drop(scope)
            else:
                store.delete(sorted(ids), scope)
        synchronise(self._catalog, store, self._embedder.name, self._files)
        self._unsettled.clear()

    def _give_up(self, fault: str) -> None:
        """Takes a store that cannot be searched out of use, and begins its repair."""
        with self._writing:
            with self._reading:
                store, self._store = self._store, None
            if store is None:
                return
            self._fault = fault
            log.warning("%s", fault)
            self._files.mark_writing()
            with contextlib.suppress(StoreError):
                store.close()
        self.repair()
