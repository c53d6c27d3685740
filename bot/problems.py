"""The last warnings and errors of the log, kept so that `askwire status` and /status can show them."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, delete, func, insert, select

from bot.database import StateDatabase, metadata, utc_text
from bot.logs import hidden

_KEPT = 50
_LONGEST = 300  # characters
_OWN = ("bot", "index")
_SHOWN = ("reason", "error", "reference", "wait_s", "failed", "of")  # no field with an id

recent_problems = Table(
    "recent_problems",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("line", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the log, and when it was written (UTC)."""

    at: datetime
    line: str


class Problems(logging.Handler):
    """Hears warnings and errors of askwire itself; the oldest go first. The log's own rules keep people's words out."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(logging.WARNING)
        self._secrets = tuple(secrets)
        self._heard: deque[Problem] = deque(maxlen=_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what happened, without ids."""
        if record.name.partition(".")[0] in _OWN:
            line = hidden(" ".join(_told(record).split()), self._secrets)[:_LONGEST]
            self._heard.append(Problem(datetime.now(UTC), line))

    async def keep(self, database: StateDatabase) -> None:
        """Writes down what was heard since the last time.

        Raises:
            StoreError: when that fails; it is tried again the next time.
        """
        heard = list(self._heard)
        if not heard:
            return
        await database.run(lambda connection: _write(connection, heard))
        for problem in heard:
            if self._heard and self._heard[0] is problem:
                self._heard.popleft()


def read_problems(connection: Connection, limit: int) -> list[Problem]:
    """The last problems, the newest first."""
    query = select(recent_problems).order_by(recent_problems.c.seq.desc()).limit(limit)
    return [Problem(datetime.fromisoformat(row.at), row.line) for row in connection.execute(query)]


def _told(record: logging.LogRecord) -> str:
    """What was logged: an event with fields, as the bot does by structlog, or a text, as the index does."""
    if not isinstance(record.msg, dict):
        return record.getMessage()
    fields = [f"{name}={record.msg[name]}" for name in _SHOWN if name in record.msg]
    return " ".join([str(record.msg.get("event", "")), *fields])


def _write(connection: Connection, heard: list[Problem]) -> None:
    rows = [{"at": utc_text(problem.at), "line": problem.line} for problem in heard]
    connection.execute(insert(recent_problems), rows)
    last = connection.execute(select(func.max(recent_problems.c.seq))).scalar_one()
    connection.execute(delete(recent_problems).where(recent_problems.c.seq <= last - _KEPT))
