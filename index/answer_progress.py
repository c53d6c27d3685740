"""Tells a listener how far an answer is; nothing that goes wrong there reaches the answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from index.types import Progress

OnProgress = Callable[[Progress], None]
_log = logging.getLogger(__name__)


class ProgressTeller:
    """Passes on each change once."""

    def __init__(self, on_progress: OnProgress | None) -> None:
        self._on_progress = on_progress
        self._last: Progress | None = None

    def searching(self) -> None:
        """Passages are looked for."""
        self._tell(Progress("searching"))

    def reading(self) -> None:
        """Sentences are chosen, or read by a small model."""
        self._tell(Progress("reading"))

    def writing(self, text: str) -> None:
        """A model writes, and `text` has passed checking so far."""
        self._tell(Progress("writing", text))

    def _tell(self, progress: Progress) -> None:
        if self._on_progress is None or progress == self._last:
            return
        self._last = progress
        try:
            self._on_progress(progress)
        except Exception as error:  # whatever the listener is; its text may quote the question
            _log.warning("a listener to progress failed: %s", type(error).__name__)
