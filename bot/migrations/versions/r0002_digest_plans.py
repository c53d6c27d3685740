"""Daily digests have plans by chat and topic; an earlier version knew one time a chat."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import Connection, column, delete, insert, inspect, select, table, update

revision = "0002"
down_revision = "0001"

_settings = table("chat_settings", column("chat_id"), column("digest_at"))
_taken = table("digests", column("chat_id"), column("taken_at"))
_plans = table("digest_plans", *map(column, ("chat_id", "topic_id", "every", "at", "taken_at")))
_OUTSIDE = 0  # of topics


def upgrade() -> None:
    """Makes a plan of each chat's time, unless it has one."""
    connection = op.get_bind()
    known = inspect(connection)
    if not any(there["name"] == "digest_at" for there in known.get_columns("chat_settings")):
        return
    has_taken = known.has_table("digests")
    planned = set(connection.execute(select(_plans.c.chat_id).where(_plans.c.topic_id == _OUTSIDE)).scalars())
    chosen = select(_settings.c.chat_id, _settings.c.digest_at).where(_settings.c.digest_at.is_not(None))
    for chat_id, at in connection.execute(chosen).all():
        if chat_id not in planned:
            taken_at = _taken_at(connection, chat_id) if has_taken else None
            plan = {"chat_id": chat_id, "topic_id": _OUTSIDE, "every": "daily", "at": at, "taken_at": taken_at}
            connection.execute(insert(_plans).values(**plan))
    connection.execute(update(_settings).values(digest_at=None))
    if has_taken:
        connection.execute(delete(_taken))


def _taken_at(connection: Connection, chat_id: int) -> str | None:
    text = connection.execute(select(_taken.c.taken_at).where(_taken.c.chat_id == chat_id)).scalar()
    return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="microseconds") if text else None
