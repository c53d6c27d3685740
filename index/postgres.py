"""PostgreSQL in the place of SQLite: how it is connected to, and what is done in another way there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from index.errors import StoreError

NAME = "postgresql"
_DRIVER = "postgresql+psycopg"
_CONNECT_WITHIN_S = 10
_KEY = "hashtext(current_schema() || :what)"  # of an advisory lock
_NO_DRIVER = "PostgreSQL needs its driver: pip install '.[postgres]'."


def postgres_url(given: str) -> URL:
    """The address of a PostgreSQL database, as `postgresql://user:password@host/name`; its repr shows no password.

    Raises:
        ValueError: when it is none; the text does not quote it.
    """
    example = "write it as postgresql://user:password@host:5432/name"
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise ValueError(f"no address of a database; {example}") from None
    if url.drivername not in ("postgres", NAME, _DRIVER):
        raise ValueError(f"only PostgreSQL is supported here; {example}")
    return url.set(drivername=_DRIVER)


def postgres_engine(url: URL) -> Engine:
    """An engine for a PostgreSQL database; it connects when it is first used, and again after the server was away.

    Raises:
        StoreError: when the driver is not installed.
    """
    options = {"connect_timeout": _CONNECT_WITHIN_S, "application_name": "askwire"}
    try:
        engine = create_engine(url, connect_args=options, hide_parameters=True, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(_NO_DRIVER) from error
    event.listen(engine, "connect", _prepare)
    return engine


def is_postgres(connection: Connection | Engine) -> bool:
    """Whether it leads to PostgreSQL."""
    return connection.dialect.name == NAME


def lock_schema(connection: Connection) -> None:
    """Of several processes that start at once, lets one make tables, until its transaction ends; elsewhere nothing."""
    if is_postgres(connection):
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_KEY})"), {"what": "make tables"})


@contextmanager
def holding_alone(engine: Engine, what: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether nobody else on a PostgreSQL database is in such a block for the same thing; elsewhere always.

    With `wait` it is entered only then.

    Raises:
        StoreError: when the database fails.
    """
    if not is_postgres(engine):
        yield True
        return
    lock = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
    key = {"what": what}
    try:
        with engine.connect() as connection:
            # Of this connection, and so gone with it: a process that dies holds nothing.
            got = connection.execute(text(f"SELECT {lock}({_KEY})"), key).scalar_one() is not False
            connection.commit()
            try:
                yield got
            finally:
                if got:
                    _unlock(connection, key)
    except SQLAlchemyError as error:
        raise StoreError("The database cannot be reached. Check DATABASE_URL and the server.") from error


def _unlock(connection: Connection, key: dict[str, str]) -> None:
    try:
        connection.execute(text(f"SELECT pg_advisory_unlock({_KEY})"), key)
        connection.commit()
    except SQLAlchemyError:
        connection.invalidate()  # the lock goes with it


def open_fault(url: URL, cause: str) -> str:
    """What is said when a database cannot be used: where it is, without who connects and how."""
    where = url.host or url.query.get("host") or "this machine"
    return f"The database {url.database or ''} on {where} cannot be used: {cause}. Check DATABASE_URL and the server."


def _prepare(connection: Any, _record: Any) -> None:
    from psycopg.types.string import StrDumperUnknown

    class _WithoutNul(StrDumperUnknown):
        """PostgreSQL takes no NUL in a text; the sign in its place keeps all offsets."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd") if "\x00" in obj else obj)

    connection.adapters.register_dumper(str, _WithoutNul)
