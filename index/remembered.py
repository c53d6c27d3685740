"""What a database would be asked at each search and answers slowly, kept for a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_KEPT_S = 60.0  # what other processes write is seen after that
_MOST = 10_000

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Remembered(Generic[_K, _V]):
    """Values by key, each read again after a minute, or once `forget` was called. Threads may use it at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[_K, tuple[float, _V]] = {}
        self._changes = 0

    def get(self, key: _K, read: Callable[[], _V]) -> _V:
        """The value that is kept for the key, else what `read` gives; raises what that raises."""
        with self._lock:
            changes = self._changes
            kept = self._kept.get(key)
        now = self._clock()
        if kept is not None and now - kept[0] < _KEPT_S:
            return kept[1]
        value = read()
        with self._lock:
            if changes == self._changes:  # else it may be of before the change
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                self._kept[key] = (now, value)
        return value

    def forget(self) -> None:
        """Has everything read again: call it when what is kept was changed."""
        with self._lock:
            self._changes += 1
            self._kept.clear()
