"""The vector index: Chroma through llama-index, one collection a scope, always rebuildable from the catalog.

A collection a scope keeps chats apart by construction, and needs no metadata filter: over 30,000 chunks a query
took 5 ms without one and 88 ms with one.

Where vectors are replaced, the new ones go in before the old ones go out: a graph whose every vector was deleted
connects the next ones badly (of 4,000 replaced twice, 2.5 % were found by no search; the other way round, none lost).
"""

from __future__ import annotations

import hashlib
import re
import ssl
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import chromadb
import httpx
import numpy as np
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.config import ChromaServer
from index.errors import StoreError
from index.providers.base import Vectors
from index.server_faults import server_fault
from index.types import Scopes
from index.vector_index import VectorRow

SEARCH_DEPTH = 200  # with Chroma's default of 100, 3 of 60,334 chunks of news did not find themselves; 0.4 ms more
PERSIST_EVERY = 1000  # records between two writes of the graph to its files
# With Chroma's 16 links of a vector, 8 of 20,670 vectors in tight clusters had no way to them.
_GRAPH = {"space": "cosine", "max_neighbors": 32}
_BATCH = 100  # Chroma holds the interpreter while it adds: 500 at once stop the event loop for up to a second
_AT_ONCE = 10_000  # results of one query of many vectors
_PAGE, _SMALL_PAGE = 10_000, 300  # ids of one answer of a server; clouds refuse more than the second
_TIMEOUT = httpx.Timeout(10.0, connect=3.0)


class VectorStore:
    """Vectors of chunks by scope for one embedder. Blocking: call it in a thread.

    Every method raises StoreError when Chroma fails.
    """

    problems: tuple[str, ...] = ()
    answers = True

    def __init__(self, folder: Path, embedder: str, dimension: int, depth: int = SEARCH_DEPTH) -> None:
        self.folder = folder
        self._dimension = dimension
        self._depth = depth  # how many neighbours a search looks at (`ef_search` of HNSW)
        self._prefix = f"askwire-{_slug(embedder)}-{dimension}"
        self._open: dict[str, ChromaVectorStore] = {}
        with _mapped_errors("opened"):
            self._client = self._connect()

    def _connect(self) -> Any:
        return chromadb.PersistentClient(str(self.folder), settings=Settings(anonymized_telemetry=False))

    def close(self) -> None:
        """Lets go of the files."""
        self._open.clear()
        with _mapped_errors("closed"):
            self._client.close()

    def add(self, rows: Iterable[VectorRow], scope: str, batch_size: int = _BATCH) -> None:
        """Puts vectors in; of an id that is there already Chroma silently keeps the old one."""
        remaining = iter(rows)
        while batch := list(islice(remaining, batch_size)):
            nodes: list[BaseNode] = [
                _node(chunk_id, article_id, scope, vector) for chunk_id, article_id, vector in batch
            ]
            with _mapped_errors("written"):
                try:
                    self._collection(scope).add(nodes)
                except NotFoundError:  # dropped by another thread or process
                    self._open.pop(scope, None)
                    self._collection(scope).add(nodes)

    def delete(self, chunk_ids: Sequence[str], scope: str) -> None:
        """Takes vectors out; ids that are not there are passed over, and an empty collection goes, too."""
        emptied = False
        for at in range(0, len(chunk_ids), _BATCH):
            emptied = bool(self._read(scope, "written", partial(_take_out, chunk_ids=chunk_ids[at : at + _BATCH])))
        if emptied:
            self.drop(scope)

    def search(self, vector: Vectors, scopes: Scopes, k: int) -> list[tuple[str, float]]:
        """The nearest `k` chunks of these scopes: (chunk id, cosine similarity), nearest first."""
        found: list[tuple[str, float]] = []
        for scope in sorted(scopes.names):
            # Not by the adapter's query, which reads what is stored of each hit too: 3 ms in place of 8 to 15.
            found += self.nearest(vector[np.newaxis], scope, k)[0]
        return sorted(found, key=lambda pair: -pair[1])[:k]

    def nearest(self, vectors: Vectors, scope: str, k: int) -> list[list[tuple[str, float]]]:
        """The nearest `k` chunks of one scope to each of many vectors: (chunk id, cosine similarity), nearest first."""
        found: list[list[tuple[str, float]]] = []
        step = max(1, _AT_ONCE // k)
        for at in range(0, len(vectors), step):
            result = self._read(scope, "searched", partial(_nearest, vectors=vectors[at : at + step], k=k))
            if result is None:
                return [[] for _ in vectors]
            for ids, distances in zip(result["ids"], result["distances"], strict=True):
                found.append([(chunk_id, 1.0 - distance) for chunk_id, distance in zip(ids, distances, strict=True)])
        return found

    def warm_up(self, scope: str) -> None:
        """Has Chroma read the scope's graph, which it else does in the first search: a second for 300,000 chunks."""
        self.nearest(np.full((1, self._dimension), self._dimension**-0.5, np.float32), scope, 1)

    def count(self, scope: str) -> int:
        """How many vectors one scope holds."""
        return int(self._read(scope, "read", lambda collection: collection.client.count()) or 0)

    def ids(self, scope: str) -> set[str]:
        """The ids of all vectors of one scope."""
        return set(self._read(scope, "read", lambda collection: collection.client.get(include=[])["ids"]) or ())

    def scopes(self) -> list[str]:
        """The scopes that have a collection here."""
        with _mapped_errors("read"):
            collections = self._client.list_collections()
        names = [c.metadata["scope"] for c in collections if c.metadata and c.name.startswith(f"{self._prefix}-")]
        return [str(name) for name in names]

    def drop(self, scope: str) -> None:
        """Deletes a scope's collection."""
        self._open.pop(scope, None)
        with _mapped_errors("written"):
            try:
                self._client.delete_collection(self._name(scope))
            except NotFoundError:
                return

    def _read(self, scope: str, action: str, ask: Callable[[ChromaVectorStore], Any]) -> Any:
        """What the scope's collection answers; None when there is none, or no more."""
        with _mapped_errors(action):
            for _ in range(2):
                collection = self.collection(scope)
                try:
                    return None if collection is None else ask(collection)
                except NotFoundError:  # dropped by another thread or process, which may have made it anew
                    self._open.pop(scope, None)
            return None

    def collection(self, scope: str) -> ChromaVectorStore | None:
        """The scope's collection, or None: reading never makes one."""
        if scope not in self._open:
            try:
                collection = self._client.get_collection(self._name(scope), embedding_function=None)
            except NotFoundError:
                return None
            if collection.configuration_json["hnsw"]["ef_search"] != self._depth:
                with warnings.catch_warnings(
                    action="ignore", category=DeprecationWarning
                ):  # it has no embedder of its own
                    collection.modify(configuration={"hnsw": {"ef_search": self._depth}})
            self._open[scope] = self._adapted(collection)
        return self._open[scope]

    def _adapted(self, collection: Any) -> ChromaVectorStore:
        return ChromaVectorStore(chroma_collection=collection)

    def _collection(self, scope: str) -> ChromaVectorStore:
        if self.collection(scope) is None:
            collection = self._client.get_or_create_collection(
                self._name(scope),
                metadata={"scope": scope},
                configuration={"hnsw": {**_GRAPH, "ef_search": self._depth, "sync_threshold": PERSIST_EVERY}},
                embedding_function=None,
            )
            self._open[scope] = self._adapted(collection)
        return self._open[scope]

    def _name(self, scope: str) -> str:
        return f"{self._prefix}-{hashlib.sha256(scope.encode()).hexdigest()[:16]}"


class ServerVectorStore(VectorStore):
    """The same on a Chroma server, which other processes may use at the same time."""

    def __init__(self, server: ChromaServer, embedder: str, dimension: int) -> None:
        self._server = server
        super().__init__(Path(), embedder, dimension)

    def _connect(self) -> Any:
        server = self._server
        settings = Settings(anonymized_telemetry=False, chroma_server_ssl_verify=server.ca_file)
        # Chroma's own server checks no token: this is for its cloud, and for a proxy in front of it.
        headers = {"Authorization": f"Bearer {server.token}", "X-Chroma-Token": server.token} if server.token else {}
        verify = ssl.create_default_context(cafile=server.ca_file) if server.ca_file else True
        # Chroma's client waits for ever: this asks before it does, and then sets its limits.
        httpx.get(f"{server.url}/api/v2/heartbeat", headers=headers, timeout=_TIMEOUT, verify=verify).raise_for_status()
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # it hands httpx a file's name
            client = chromadb.HttpClient(
                server.url, headers=headers, settings=settings, tenant=server.tenant, database=server.database
            )
        for session in _sessions(client):
            session.timeout = _TIMEOUT
        return client

    def close(self) -> None:
        """Lets go of the server."""
        super().close()
        for session in _sessions(self._client):
            session.close()

    def ids(self, scope: str) -> set[str]:
        """The ids of all vectors of one scope, read a page at a time: of smaller pages, when the server refuses."""
        try:
            return self._ids(scope, _PAGE)
        except StoreError as error:
            if not isinstance(error.__cause__, ChromaError):  # it is away
                raise
            return self._ids(scope, _SMALL_PAGE)

    def _ids(self, scope: str, page: int) -> set[str]:
        found: set[str] = set()
        for offset in count(step=page):
            some = self._read(scope, "read", partial(_page_of_ids, offset=offset, limit=page)) or ()
            found.update(some)
            if len(some) < page:
                break
        return found

    def drop_other_embedders(self) -> None:
        """Deletes the collections of all other embedders, whatever their dimension."""
        mine = re.compile(rf"{self._prefix.rpartition('-')[0]}-\d+-[0-9a-f]{{16}}")
        with _mapped_errors("written"):
            for collection in self._client.list_collections():
                if collection.name.startswith("askwire-") and not mine.fullmatch(collection.name):
                    with suppress(NotFoundError):  # another process was quicker
                        self._client.delete_collection(collection.name)

    def present(self, chunk_ids: Sequence[str], scope: str) -> list[str]:
        """Those of the ids that one scope holds."""
        return list(self._read(scope, "read", partial(_present, chunk_ids=chunk_ids)) or ()) if chunk_ids else []

    def _adapted(self, collection: Any) -> ChromaVectorStore:
        collection.add = collection.upsert  # what another process has put in is replaced, not kept
        return super()._adapted(collection)


def _sessions(client: Any) -> tuple[httpx.Client, httpx.Client]:
    """The connections that a client of chromadb keeps to itself, and does not close."""
    return client._server._session, client._admin_client._server._session


def _take_out(collection: ChromaVectorStore, chunk_ids: Sequence[str]) -> bool:
    collection.delete_nodes(list(chunk_ids))
    return bool(collection.client.count() == 0)


def _present(collection: ChromaVectorStore, chunk_ids: Sequence[str]) -> list[str]:
    return list(collection.client.get(ids=list(chunk_ids), include=[])["ids"])


def _page_of_ids(collection: ChromaVectorStore, offset: int, limit: int) -> list[str]:
    return list(collection.client.get(include=[], limit=limit, offset=offset)["ids"])


def _nearest(collection: ChromaVectorStore, vectors: Vectors, k: int) -> Any:
    return collection.client.query(query_embeddings=vectors, n_results=k, include=["distances"])


def _node(chunk_id: str, article_id: str, scope: str, vector: np.ndarray) -> TextNode:
    """A node without text: the catalog has it, and Chroma would keep an index over it that nobody reads."""
    return TextNode(
        id_=chunk_id,
        text="",
        embedding=vector.tolist(),
        metadata={"scope": scope},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article_id)},
    )


def _slug(embedder: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", embedder.lower()).strip("-")[:60]


@contextmanager
def _mapped_errors(action: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # Chroma raises its own tree, and bare kinds from its engine
        told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        cause = server_fault(error) or told
        raise StoreError(f"The vector index cannot be {action}: {cause}") from error
