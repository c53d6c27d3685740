"""What was used up today: questions of each user and chat, and money. Days begin in the deployment's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Column, Connection, Float, Integer, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from telegram.constants import ChatID

from bot.database import StateDatabase, metadata
from bot.days import day_of, next_day
from bot.settings import Settings
from bot.words import Words
from index.errors import StoreError

# How often something happened on a day, such as "user:7" asking.
daily_counts = Table(
    "daily_counts",
    metadata,
    Column("day", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("count", Integer, nullable=False),
)

# US dollars paid for models on a day.
daily_spending = Table(
    "daily_spending",
    metadata,
    Column("day", String, primary_key=True),
    Column("usd", Float, nullable=False),
)

ALL_QUESTIONS = "questions"  # a subject: those that were answered, of all users and chats
_KEPT = timedelta(days=3)
# Telegram's stand-ins for a sender who shows as a chat: each speaks for somebody else in every chat.
_STAND_INS = {ChatID.ANONYMOUS_ADMIN, ChatID.SERVICE_CHAT, ChatID.FAKE_CHANNEL}


@dataclass(frozen=True, slots=True)
class Limits:
    """Questions a day; 0 is none, None is no limit, and who is `unlimited` (user ids) has none."""

    per_user: int | None = None
    per_chat: int | None = None
    unlimited: frozenset[int] = frozenset()

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits of a deployment; its admins have none."""
        return cls(settings.daily_questions_per_user, settings.daily_questions_per_chat, settings.admin_user_ids)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that is one too many: whose limit it is, and when it can be asked (in the deployment's zone)."""

    whose: Literal["user", "chat"]
    limit: int
    resets_at: datetime

    def line(self, words: Words) -> str:
        """What the asker is told."""
        if self.limit == 0:
            return words(f"access-no-questions-{self.whose}")
        when = {"time": words.time(self.resets_at), "zone": str(self.resets_at.tzinfo)}
        return words(f"access-limit-{self.whose}", count=self.limit, **when)


class Usage:
    """Counts by day. A `now` is aware, a `timezone` a name such as "Europe/Berlin".

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: StateDatabase) -> None:
        self._database = database
        self._unwritten: dict[date, float] = {}

    async def take_question(
        self, user_id: int | None, chat_id: int, limits: Limits, now: datetime, timezone: str
    ) -> Refusal | None:
        """Counts a question for its user and its chat; a refused one counts for neither."""
        day = day_of(now, timezone)
        subjects = _limited(user_id, chat_id, limits)

        def work(connection: Connection) -> Refusal | None:
            taken: list[str] = []
            for whose, subject, limit in subjects:
                if not _count(connection, day, subject, limit):
                    _give_back(connection, day, taken)
                    return Refusal(whose, limit, next_day(now, timezone))
                taken.append(subject)
            return None

        return await self._database.run(work) if subjects else None

    async def give_back(
        self, user_id: int | None, chat_id: int, limits: Limits, asked_at: datetime, timezone: str
    ) -> None:
        """Takes back the count of a question that was taken at `asked_at` and failed on our side."""
        day = day_of(asked_at, timezone)
        subjects = [subject for _, subject, _ in _limited(user_id, chat_id, limits)]
        if subjects:
            await self._database.run(lambda connection: _give_back(connection, day, subjects))

    async def note_question(self, day: date) -> None:
        """Counts a question for nobody: how many there were on a day."""
        key = {"day": day.isoformat(), "subject": ALL_QUESTIONS}
        await self._database.run(lambda connection: _add(connection, daily_counts, key, "count", 1))

    async def first_today(self, subject: str, now: datetime, timezone: str) -> bool:
        """True once a day and subject, as for a line that need not be said with every message."""
        day = day_of(now, timezone)
        return await self._database.run(lambda connection: _count(connection, day, subject, 1))

    async def migrate(self, old: int, new: int) -> None:
        """What a group asked counts for the supergroup that it became."""

        def work(connection: Connection) -> None:
            counts = daily_counts.c
            query = select(counts.day, counts.count).where(counts.subject == _chat(old))
            for day, count in connection.execute(query).all():
                _add(connection, daily_counts, {"day": day, "subject": _chat(new)}, "count", count)
            connection.execute(delete(daily_counts).where(counts.subject == _chat(old)))

        await self._database.run(work)

    async def spend(self, day: date, usd: float) -> None:
        """Adds what was paid for a model on a day, in US dollars; what cannot be written counts all the same."""
        key, owed = {"day": day.isoformat()}, self._unwritten.pop(day, 0.0) + usd
        try:
            await self._database.run(lambda connection: _add(connection, daily_spending, key, "usd", owed))
        except StoreError:
            self._unwritten[day] = self._unwritten.get(day, 0.0) + owed
            raise

    async def spent(self, day: date) -> float:
        """What was paid for models on a day, in US dollars."""
        query = select(daily_spending.c.usd).where(daily_spending.c.day == day.isoformat())
        written = await self._database.run(lambda connection: connection.execute(query).scalar() or 0.0)
        return written + self._unwritten.get(day, 0.0)

    async def may_spend(self, budget: float | None, now: datetime, timezone: str) -> bool:
        """Whether today's budget (US dollars; None is no limit, 0 nothing) is not used up yet."""
        return budget is None or await self.spent(day_of(now, timezone)) < budget

    async def purge(self, now: datetime) -> None:
        """Deletes the counts of days that are long over in every time zone."""
        kept_from = (now - _KEPT).date().isoformat()

        def work(connection: Connection) -> None:
            for table in (daily_counts, daily_spending):
                connection.execute(delete(table).where(table.c.day < kept_from))

        await self._database.run(work)


def _limited(user_id: int | None, chat_id: int, limits: Limits) -> list[tuple[Literal["user", "chat"], str, int]]:
    """Whose limits apply to a question: whose, the subject that is counted, the limit."""
    if user_id in limits.unlimited:
        return []
    found: list[tuple[Literal["user", "chat"], str, int]] = []
    if limits.per_user is not None:
        found.append(("user", _user(user_id, chat_id), limits.per_user))
    if limits.per_chat is not None:
        found.append(("chat", _chat(chat_id), limits.per_chat))
    return found


def _user(user_id: int | None, chat_id: int) -> str:
    """Who shows as a chat, or not at all, is one person for each chat."""
    return f"user:in:{chat_id}" if user_id is None or user_id in _STAND_INS else f"user:{user_id}"


def _chat(chat_id: int) -> str:
    return f"chat:{chat_id}"


def _count(connection: Connection, day: date, subject: str, limit: int) -> bool:
    """Counts one more, unless the limit is reached."""
    return _add(connection, daily_counts, {"day": day.isoformat(), "subject": subject}, "count", 1, limit)


def _give_back(connection: Connection, day: date, subjects: list[str]) -> None:
    counts = daily_counts.c
    these = (counts.day == day.isoformat(), counts.subject.in_(subjects), counts.count > 0)
    connection.execute(update(daily_counts).where(*these).values(count=counts.count - 1))


def _add(
    connection: Connection, table: Table, key: dict[str, Any], name: str, amount: float, limit: float | None = None
) -> bool:
    """Adds to a value of a row, made when it is not there, unless that leads over the limit."""
    value = table.c[name]
    more = update(table).filter_by(**key).values({name: value + amount})
    if limit is not None:
        more = more.where(value + amount <= limit)
    if connection.execute(more).rowcount:
        return True
    if limit is not None and amount > limit:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values({**key, name: amount}))
    except IntegrityError:  # it is there: at its limit, or made by another process just now
        return connection.execute(more).rowcount > 0
    return True
