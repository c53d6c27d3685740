"""Notes that no answer waits for: when the database cannot be written, the log says so once, and work goes on."""

from __future__ import annotations

import time
from collections.abc import Awaitable
from typing import TypeVar

import structlog

from index.errors import StoreError

log = structlog.get_logger(__name__)
Result = TypeVar("Result")


_CALM_S = 60.0  # without a failure; on a full disk some writes still find room


class Noting:
    """Makes notes, and remembers whether they can be made."""

    def __init__(self) -> None:
        self._failing = False
        self._failed_at = 0.0

    async def __call__(self, note: Awaitable[Result]) -> Result | None:
        """Waits for a note to be made; None when it cannot be."""
        try:
            made = await note
        except StoreError as error:
            self.failed(error)
            return None
        self.worked()
        return made

    def failed(self, error: StoreError) -> None:
        """Says that the database cannot be written, unless that was said just before."""
        if not self._failing:
            log.error(
                "the database cannot be written: what can be answered without is answered, the rest waits; "
                "askwire doctor says more",
                reason=str(error.__cause__ or error).splitlines()[0],
            )
        self._failing, self._failed_at = True, time.monotonic()

    def worked(self) -> None:
        """Says that it can be written again, once that is so for a minute."""
        if self._failing and time.monotonic() - self._failed_at > _CALM_S:
            log.warning("the database can be written again")
            self._failing = False
