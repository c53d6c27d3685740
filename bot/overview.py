"""How a deployment is doing, read from its database: feeds, queue, questions, cost, and the last problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, inspect, select

from bot.inbox import Stage, inbox
from bot.problems import Problem, read_problems, recent_problems
from bot.usage import ALL_QUESTIONS, daily_counts, daily_spending
from index.feed_schema import feeds

_LAST = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """Feeds that failed at the last look count as failing, the paused ones for themselves.

    `waiting` are updates that are not handled to their end, `waiting_since` when the oldest came (UTC); `cost_usd`
    is what models cost today.
    """

    feeds: int = 0
    failing: int = 0
    paused: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    questions: int = 0
    cost_usd: float = 0.0
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON has them."""
        return {
            "feeds": self.feeds,
            "feeds_failing": self.failing,
            "feeds_paused": self.paused,
            "updates_waiting": self.waiting,
            "waiting_since": self.waiting_since.isoformat() if self.waiting_since else None,
            "questions_today": self.questions,
            "cost_today_usd": round(self.cost_usd, 6),
            "last_problems": [{"at": problem.at.isoformat(), "line": problem.line} for problem in self.problems],
        }


def read_overview(connection: Connection, today: date) -> Overview:
    """Reads what is there: a database that no bot has used yet lacks some of the tables. Blocking.

    Raises:
        SQLAlchemyError: when the database fails.
    """
    there = set(inspect(connection).get_table_names())
    found: dict[str, Any] = {}
    if feeds.name in there:
        failed = feeds.c.problem.is_not(None)
        query = select(
            func.count(),
            func.count().filter(failed, feeds.c.paused.is_(False)),
            func.count().filter(feeds.c.paused.is_(True)),
        ).select_from(feeds)
        found["feeds"], found["failing"], found["paused"] = connection.execute(query).one()
    if inbox.name in there:
        is_open = inbox.c.state.in_((Stage.WAITING, Stage.STARTED))
        found["waiting"], since = connection.execute(
            select(func.count(), func.min(inbox.c.changed_at)).where(is_open)
        ).one()
        found["waiting_since"] = datetime.fromisoformat(since) if since else None
    if {daily_counts.name, daily_spending.name} <= there:
        counted = (daily_counts.c.day == today.isoformat()) & (daily_counts.c.subject == ALL_QUESTIONS)
        spent = daily_spending.c.day == today.isoformat()
        found["questions"] = connection.execute(select(daily_counts.c.count).where(counted)).scalar() or 0
        found["cost_usd"] = connection.execute(select(daily_spending.c.usd).where(spent)).scalar() or 0.0
    if recent_problems.name in there:
        found["problems"] = tuple(read_problems(connection, _LAST))
    return Overview(**found)
