"""What the rest of `index` asks of the vector index, whichever form it has: see `store` and `live_store`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np

from index.providers.base import Vectors
from index.types import Scopes

VectorRow: TypeAlias = "tuple[str, str, np.ndarray]"  # (chunk id, article id, vector)


class VectorIndex(Protocol):
    """Vectors of chunks by scope. Blocking: call it in a thread. Every method raises StoreError when it fails."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with it just now, each in a line for a person; empty when it is whole."""
        ...

    @property
    def answers(self) -> bool:
        """Whether it can be asked just now; else it counts and finds nothing."""
        ...

    def add(self, rows: Iterable[VectorRow], scope: str) -> None:
        """Puts vectors in; of an id that is there already the old one may be kept."""
        ...

    def delete(self, chunk_ids: Sequence[str], scope: str) -> None:
        """Takes vectors out; ids that are not there are passed over."""
        ...

    def drop(self, scope: str) -> None:
        """Takes a whole scope out."""
        ...

    def search(self, vector: Vectors, scopes: Scopes, k: int) -> list[tuple[str, float]]:
        """The nearest `k` chunks of these scopes: (chunk id, cosine similarity), nearest first."""
        ...

    def count(self, scope: str) -> int:
        """How many vectors one scope holds."""
        ...

    def ids(self, scope: str) -> set[str]:
        """The ids of all vectors of one scope."""
        ...

    def scopes(self) -> list[str]:
        """The scopes that hold any."""
        ...

    def collection(self, scope: str) -> Any:
        """The scope's vectors as llama-index's own store; None when it has none."""
        ...

    def close(self) -> None:
        """Lets go of the files."""
        ...
