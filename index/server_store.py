"""The vector index on a Chroma server: while it is away nothing is held up, and afterwards it is brought into step.

The catalog is the record here, too, but there are no files to check, and other processes write at the same time. So
in place of a mark on disk there is a comparison in the background, at the start, after a write that failed, and now
and then: ids that only one side has are put in or taken out, and a sample of the vectors is looked for.
"""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from index.catalog import Catalog
from index.config import ChromaServer
from index.errors import StoreError
from index.postgres import holding_alone
from index.probe import missed_rows
from index.providers.base import Embedder, Vectors
from index.store import SEARCH_DEPTH, ServerVectorStore
from index.types import Scopes
from index.vector_index import VectorRow

log = logging.getLogger(__name__)

_T = TypeVar("_T")
OnStep = Callable[[str, int, int], None]
_AGAIN_S = 5.0  # between attempts to reach a server that is away
_BATCH = 1000
_EVERY_S = 600.0  # between comparisons when nothing is known to be amiss
_SETTLE_S = 20.0  # from the start to the first one, which would make the first answers take twice as long
_SAMPLE = 200  # vectors of a scope that a comparison looks for
_MANY_HIDDEN = 0.05  # of them; a sound graph hides one in 500
_COMPARING = "compare vectors"
_OWED = "vectors_owed"  # in the catalog: a write has failed, and no comparison has made up for it
_BEHIND = "Some articles are not in the vector index yet: they go in within the next minutes."
_LOOK = "Look at CHROMA_URL and the server. "
_AWAY = "Until the Chroma server answers, articles are found by their words alone."


class ServerStore:
    """A `VectorIndex` on a server that may be away. Threads may use it at the same time.

    Then searches find nothing, and what cannot be written is left to the comparison.
    """

    def __init__(self, server: ChromaServer, catalog: Catalog, embedder: Embedder) -> None:
        self._server, self._catalog, self._embedder = server, catalog, embedder
        self._connecting = threading.Lock()
        self._store: ServerVectorStore | None = None
        self._fault = ""
        self._failed_at = -_AGAIN_S
        self._behind = True  # something may be amiss: nothing has been compared yet
        self._owing = self._again = False  # a write has failed; one has since the comparison began
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep_in_step, name="vector index comparison", daemon=True)
        self._thread.start()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong just now, in lines for a person."""
        if self._fault:
            remedy = "" if "CHROMA_" in self._fault else _LOOK
            return (f"{self._fault.rstrip('.')}. {remedy}{_AWAY}",)
        return (_BEHIND,) if self._owing else ()

    @property
    def answers(self) -> bool:
        """Whether the server did when it was last asked."""
        return not self._fault

    @property
    def in_step(self) -> bool:
        """Whether a comparison has found nothing to do, or has done it, and nothing is known to be amiss since."""
        return not (self._behind or self._fault)

    def add(self, rows: Iterable[VectorRow], scope: str) -> None:
        """Puts vectors in, now or later."""
        held = list(rows)
        self._write(lambda store: store.add(held, scope))

    def delete(self, chunk_ids: Sequence[str], scope: str) -> None:
        """Takes vectors out, now or later; ids that are not there are passed over."""
        if chunk_ids:
            self._write(lambda store: store.delete(chunk_ids, scope))

    def drop(self, scope: str) -> None:
        """Takes a whole scope out, now or later."""
        self._write(lambda store: store.drop(scope))

    def search(self, vector: Vectors, scopes: Scopes, k: int) -> list[tuple[str, float]]:
        """The nearest `k` chunks of these scopes: (chunk id, cosine similarity), best first; none while it is away."""
        return self._ask(lambda store: store.search(vector, scopes, k), [])

    def count(self, scope: str) -> int:
        """How many vectors one scope holds."""
        return self._ask(lambda store: store.count(scope), 0)

    def ids(self, scope: str) -> set[str]:
        """The ids of all vectors of one scope."""
        return self._ask(lambda store: store.ids(scope), set())

    def scopes(self) -> list[str]:
        """The scopes that hold any."""
        return self._ask(lambda store: store.scopes(), [])

    def collection(self, scope: str) -> Any:
        """The scope's vectors as llama-index's own store; None when it has none."""
        return self._ask(lambda store: store.collection(scope), None)

    def compare_soon(self) -> None:
        """Has the next comparison begin at once; it is over when `in_step` says so."""
        self._wake.set()

    def close(self) -> None:
        """Ends the comparison and lets go of the server."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        if self._store is not None:
            self._store.close()

    def compare(self) -> None:
        """Brings every scope into step with the catalog; left to another process that is at it.

        Raises:
            StoreError: when the catalog or the server fails.
        """
        with holding_alone(self._catalog.engine, _COMPARING) as alone:
            if not alone:
                return
            self._again = False
            store = self._connected()
            for scope in set(self._catalog.scopes()) | set(store.scopes()):
                if self._stop.is_set():
                    return
                if self._behind or store.count(scope) != self._catalog.count_chunks(scope):
                    self._behind = True
                    self._fill(store, scope)
                self._look_for_some(store, scope)
            self._behind = self._owing = self._again
            if not self._again and self._catalog.get_meta(_OWED):
                self._catalog.set_meta(_OWED, "")

    def _fill(self, store: ServerVectorStore, scope: str) -> None:
        # In this order: what another process is writing is in the catalog first.
        there = store.ids(scope)
        wanted = self._catalog.chunk_ids(scope)
        store.add(self._catalog.vectors(sorted(wanted - there), self._embedder.name), scope)
        store.delete(sorted(there - wanted), scope)

    def _look_for_some(self, store: ServerVectorStore, scope: str) -> None:
        """A server that was killed can have lost vectors that it still counts, and one can be an older text's."""
        ids = sorted(self._catalog.chunk_ids(scope))
        some = store.present(random.sample(ids, min(_SAMPLE, len(ids))), scope)
        rows = list(self._catalog.vectors(some, self._embedder.name))
        hidden = missed_rows(store, rows, scope, SEARCH_DEPTH)
        if len(hidden) > max(1, _MANY_HIDDEN * len(rows)):
            self._again = True  # what others wrote meanwhile is looked for then
            store.drop(scope)
            store.add(self._catalog.vectors(ids, self._embedder.name), scope)
        elif hidden:
            store.delete([chunk_id for chunk_id, _, _ in hidden], scope)
            store.add(hidden, scope)

    def _keep_in_step(self) -> None:
        self._write(_reach)  # what is away is told of at once
        with contextlib.suppress(StoreError):
            self._owing = self._owing or bool(self._catalog.get_meta(_OWED))
        if not self._owing:
            self._wake.wait(_SETTLE_S)
        while not self._stop.is_set():
            self._wake.clear()
            # The server's fault is noted, the database's shows with its next use.
            with contextlib.suppress(StoreError):
                if self._write(_reach):
                    self.compare()
            if self._fault or self._behind:
                self._stop.wait(_AGAIN_S)
            else:
                self._wake.wait(_EVERY_S)

    def _write(self, work: Callable[[ServerVectorStore], object]) -> bool:
        def done(store: ServerVectorStore) -> bool:
            work(store)
            return True

        if self._ask(done, False):
            return True
        self._again = self._owing = self._behind = True
        self._wake.set()
        with contextlib.suppress(StoreError):  # the database's fault shows with its next use
            self._catalog.set_meta(_OWED, "1")
        return False

    def _ask(self, ask: Callable[[ServerVectorStore], _T], nothing: _T) -> _T:
        if self._fault and time.monotonic() - self._failed_at < _AGAIN_S:
            return nothing  # nobody waits for a server that has just not answered
        try:
            found = ask(self._connected())
        except StoreError as error:
            self._note_fault(error)
            return nothing
        if self._fault:
            self._fault = ""
            log.warning("the Chroma server answers again")
        return found

    def _connected(self) -> ServerVectorStore:
        with self._connecting:
            if self._store is None:
                self._store = ServerVectorStore(self._server, self._embedder.name, self._embedder.dimension)
            return self._store

    def _note_fault(self, error: StoreError) -> None:
        self._failed_at = time.monotonic()
        if not self._fault:
            log.warning("%s", error)
        self._fault = str(error)
        self._wake.set()


def _reach(store: ServerVectorStore) -> object:
    return store.scopes()


def rebuild_on_server(server: ChromaServer, catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """Puts all vectors of the catalog into fresh collections on a server; blocking.

    Raises:
        StoreError: when the catalog or the server fails.
    """
    store = ServerVectorStore(server, embedder.name, embedder.dimension)
    try:
        total, done = catalog.totals()[1], 0
        for scope in catalog.scopes():
            store.drop(scope)
            ids = sorted(catalog.chunk_ids(scope))
            for at in range(0, len(ids), _BATCH):
                store.add(catalog.vectors(ids[at : at + _BATCH], embedder.name), scope)
                done += len(ids[at : at + _BATCH])
                on_step("Rebuilding the vector index", done, total)
    finally:
        store.close()
