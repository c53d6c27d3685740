"""How long a hosted model is waited for, and when it is asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)
from tenacity.wait import wait_base

from index.providers.failures import failure_of


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request, in seconds; `total_s` is for all attempts with the waits between them.

    A server that asks for a wait longer than `longest_wait_s` is not asked again.
    """

    total_s: float = 60.0
    connect_s: float = 10.0
    read_s: float = 30.0
    attempts: int = 3
    first_wait_s: float = 0.5
    longest_wait_s: float = 10.0


OWN_SERVER = Limits(total_s=120.0, read_s=110.0)  # it may load the model first, and read the prompt slowly


class _Wait(wait_base):
    """What the server asks for, else exponential with full jitter."""

    def __init__(self, limits: Limits) -> None:
        self._backoff = wait_random_exponential(multiplier=limits.first_wait_s, max=limits.longest_wait_s)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked = failure_of(error).retry_after_s if error else None
        return self._backoff(retry_state) if asked is None else asked


def retrying(limits: Limits, may_repeat: Callable[[], bool]) -> AsyncRetrying:
    """Repeats an attempt that failed in passing, while `may_repeat()`; raises the last failure as it is."""
    return AsyncRetrying(
        stop=stop_after_attempt(limits.attempts), retry=_retry_while(limits, may_repeat), **_common(limits)
    )


def blocking_retrying(limits: Limits) -> Retrying:
    """The same for a blocking call; no attempt begins after `total_s` seconds."""
    return Retrying(
        stop=stop_after_attempt(limits.attempts) | stop_after_delay(limits.total_s),
        retry=_retry_while(limits, lambda: True),
        **_common(limits),
    )


def _common(limits: Limits) -> dict[str, Any]:
    return {"wait": _Wait(limits), "reraise": True}


def _retry_while(limits: Limits, may_repeat: Callable[[], bool]) -> retry_if_exception:
    def worth_it(error: BaseException) -> bool:
        if not isinstance(error, Exception) or not may_repeat():
            return False
        failure = failure_of(error)
        return failure.passing and (failure.retry_after_s or 0.0) <= limits.longest_wait_s

    return retry_if_exception(worth_it)
