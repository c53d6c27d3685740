"""Tells whether the loop that asks Telegram for updates is alive: each of its requests is two beats."""

from __future__ import annotations

import time
from typing import Any

from telegram.request import HTTPXRequest

from bot.metrics import Metrics

# A poll takes at most 30 seconds with its time-outs, and 30 more pass before the next attempt.
_SILENT_S = 120.0


class Heartbeat:
    """When the last poll began or ended, well or not: a network that is down is no reason to start the bot again."""

    def __init__(self) -> None:
        self._at: float | None = None

    def beat(self) -> None:
        """Notes a poll."""
        self._at = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether there was one within two minutes."""
        return self._at is not None and time.monotonic() - self._at < _SILENT_S


class PollRequest(HTTPXRequest):
    """The HTTP client of polling; each request is a beat when it begins, and when it ends."""

    __slots__ = ("_heartbeat", "_metrics")

    def __init__(self, heartbeat: Heartbeat, metrics: Metrics, **options: Any) -> None:
        super().__init__(**options)
        self._heartbeat, self._metrics = heartbeat, metrics

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request.

        Raises:
            NetworkError: when Telegram cannot be reached.
        """
        self._heartbeat.beat()
        try:
            status, body = await super().do_request(*args, **kwargs)
        finally:
            self._heartbeat.beat()
        if status < 500:  # noqa: PLR2004 - Telegram's own fault from there on
            self._metrics.reached_telegram()
        return status, body
