"""Takes over the daily digests of a database of an earlier version, which knew one time a chat and no topics."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, column, delete, insert, inspect, select, table, update

from bot.database import utc_text
from bot.digest_times import DAILY
from bot.digests import OUTSIDE, digest_plans

_settings = table("chat_settings", column("chat_id"), column("digest_at"))
_taken = table("digests", column("chat_id"), column("taken_at"))


def take_over_digests(connection: Connection) -> None:
    """Makes a plan of each chat's time, once; of several processes that start together, one does it for a chat."""
    known = inspect(connection)
    if not any(there["name"] == "digest_at" for there in known.get_columns("chat_settings")):
        return
    has_taken = known.has_table("digests")
    chosen = select(_settings.c.chat_id, _settings.c.digest_at).where(_settings.c.digest_at.is_not(None))
    for chat_id, at in connection.execute(chosen).all():
        here = _settings.c.chat_id == chat_id
        mine = update(_settings).where(here, _settings.c.digest_at == at).values(digest_at=None)
        if connection.execute(mine).rowcount and not _has_plan(connection, chat_id):
            taken_at = _taken_at(connection, chat_id) if has_taken else None
            plan = {"chat_id": chat_id, "topic_id": OUTSIDE, "every": DAILY, "at": at, "taken_at": taken_at}
            connection.execute(insert(digest_plans).values(**plan))
    if has_taken:
        connection.execute(delete(_taken))


def _has_plan(connection: Connection, chat_id: int) -> bool:
    query = select(digest_plans.c.at).where(digest_plans.c.chat_id == chat_id, digest_plans.c.topic_id == OUTSIDE)
    return connection.execute(query).first() is not None


def _taken_at(connection: Connection, chat_id: int) -> str | None:
    text = connection.execute(select(_taken.c.taken_at).where(_taken.c.chat_id == chat_id)).scalar()
    return utc_text(datetime.fromisoformat(text)) if text else None
