"""Faults on demand: the next calls of a method fail, lose their connection, or take their time."""

from __future__ import annotations

from dataclasses import dataclass

from tests.helpers.bot_api.errors import ApiError, flood
from tests.helpers.bot_api.records import Chat


@dataclass(eq=False)
class Fault:
    """What happens to the next `times` calls of `method` into `chat`.

    Without a method any call but getUpdates is meant, without a chat any chat and none.
    `drop` closes the connection: "before" the call has had an effect, or "after" it.
    """

    method: str | None
    times: int
    chat: Chat | None = None
    error: ApiError | None = None
    drop: str | None = None
    delay: float = 0.0

    def matches(self, method: str, chat_id: object) -> bool:
        """Whether this call is meant."""
        if self.times <= 0 or (self.method or method).lower() != method.lower():
            return False
        if self.method is None and method.lower() == "getupdates":
            return False
        return self.chat is None or str(self.chat.id) == str(chat_id)


class Faults:
    """The faults that a test has asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def flood(
        self, *, method: str | None = None, times: int = 1, retry_after: int = 1, chat: Chat | None = None
    ) -> Fault:
        """429 with `retry_after` seconds."""
        return self._add(Fault(method, times, chat, error=flood(retry_after)))

    def fail(
        self,
        *,
        method: str | None = None,
        times: int = 1,
        status: int = 500,
        description: str | None = None,
        chat: Chat | None = None,
    ) -> Fault:
        """Any other error; 502 is the HTML page of a gateway, as in life."""
        names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
        return self._add(
            Fault(method, times, chat, error=ApiError(status, description or names.get(status, "Bad Request")))
        )

    def drop(
        self, *, method: str | None = None, times: int = 1, after: bool = False, chat: Chat | None = None
    ) -> Fault:
        """The connection closes without an answer; with `after`, the call has had its effect."""
        return self._add(Fault(method, times, chat, drop="after" if after else "before"))

    def delay(self, seconds: float, *, method: str | None = None, times: int = 1, chat: Chat | None = None) -> Fault:
        """The answer comes later."""
        return self._add(Fault(method, times, chat, delay=seconds))

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The first fault that applies, used up by one."""
        for fault in self._waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault
