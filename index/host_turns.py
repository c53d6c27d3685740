"""Politeness to hosts: one request at a time to each, and a pause between two."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_KEPT_HOSTS = 1_000


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # by the monotonic clock
    users: int = 0


class HostTurns:
    """Lets requests to a host go one at a time, in the order they came, `pause` seconds after the end of the last."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for the host to be free, and holds it for the block."""
        state = self._hosts.setdefault(host, _Host())
        state.users += 1
        try:
            async with state.lock:
                await asyncio.sleep(max(0.0, state.free_at - time.monotonic()))
                try:
                    yield
                finally:
                    state.free_at = time.monotonic() + self._pause
        finally:
            state.users -= 1
            if len(self._hosts) > _KEPT_HOSTS:
                self._forget_idle()

    def _forget_idle(self) -> None:
        now = time.monotonic()
        self._hosts = {name: host for name, host in self._hosts.items() if host.users or host.free_at > now}
