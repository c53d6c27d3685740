"""Tells whether the loop that asks Telegram for updates is alive: each of its requests is two beats."""

from __future__ import annotations

import time
from typing import Any

from telegram.request import HTTPXRequest

from bot.metrics import Metrics

# A poll takes at most 30 seconds with its time-outs, and 30 more pass before the next attempt.
_SILENT_S = 120.0
_GAP_S = 60.0  # more than this between two answers is time in which updates waited at Telegram


class Heartbeat:
    """When the last poll began or ended, well or not: a network that is down is no reason to start the bot again."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._reached_at: float | None = None
        self._in_touch_since = 0.0

    def beat(self) -> None:
        """Notes a poll."""
        self._at = time.monotonic()

    def reached(self) -> None:
        """Notes that Telegram answered."""
        now = time.monotonic()
        if self._reached_at is None or now - self._reached_at > _GAP_S:
            self._in_touch_since = now
        self._reached_at = now

    @property
    def in_touch_s(self) -> float:
        """For how many seconds, without a gap of a minute, Telegram has answered polls until now."""
        if self._reached_at is None or time.monotonic() - self._reached_at > _GAP_S:
            return 0.0
        return self._reached_at - self._in_touch_since

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
            self._heartbeat.reached()
            self._metrics.reached_telegram()
        return status, body
