"""How long updates have waited here, by a clock that nobody sets: the system's own may jump."""

from __future__ import annotations

import time

from bot.heartbeat import Heartbeat

_IN_TOUCH_S = 60.0
_MOST = 10_000


class Arrivals:
    """When updates came that cannot have waited long at Telegram, as the bot was in touch with it for a minute."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat
        self._arrived: dict[int, float] = {}

    def note(self, update_id: int) -> None:
        """Notes an update that comes in now."""
        if self._heartbeat.in_touch_s >= _IN_TOUCH_S:
            self._arrived[update_id] = time.monotonic()
            if len(self._arrived) > _MOST:
                del self._arrived[next(iter(self._arrived))]

    def waited_s(self, update_id: int) -> float | None:
        """For how many seconds an update has waited; None when it may have waited elsewhere before."""
        arrived = self._arrived.get(update_id)
        return None if arrived is None else time.monotonic() - arrived
