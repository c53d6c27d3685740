"""Updates that the database did not take: Telegram hears of one when it was handled, or is stored after all."""

from __future__ import annotations

import asyncio


class UnstoredUpdates:
    """What became of the updates that are worked on without being stored."""

    def __init__(self) -> None:
        self._handled: dict[int, asyncio.Event] = {}
        self._left: set[int] = set()

    def begin(self, update_id: int) -> asyncio.Event:
        """An event that is set when the update is handled or stored."""
        return self._handled.setdefault(update_id, asyncio.Event())

    def __contains__(self, update_id: int) -> bool:
        """Whether an update is worked on without being stored."""
        return update_id in self._handled

    def leave(self, update_id: int) -> bool:
        """Notes that an update's work came to nothing, as it needs the database; False when it is stored."""
        if update_id in self:
            self._left.add(update_id)
        return update_id in self

    def is_left(self, update_id: int) -> bool:
        """Whether its work came to nothing."""
        return update_id in self._left

    def handled(self, update_id: int) -> None:
        """Tells whoever waits for it that an update was handled; nobody, when its work came to nothing."""
        if update_id not in self._left and (event := self._handled.pop(update_id, None)):
            event.set()

    def stored(self, update_id: int) -> None:
        """It is an update like any other now."""
        self._left.discard(update_id)
        self.handled(update_id)
