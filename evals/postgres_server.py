"""A throwaway PostgreSQL server, from the programs of Debian's package, over a Unix socket."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, create_engine, text

USER = "postgres"
PASSWORD = "dont-log-me"  # noqa: S105 – of a server that lives as long as a trial
_INSTALLED = Path("/usr/lib/postgresql")
_OPTIONS = "-c max_connections=200 -c listen_addresses='' -k "
_QUICK = "-c fsync=off "  # for tests: what is lost when the machine stops matters to nobody
_ICU = ("--locale-provider=icu", "--icu-locale=en")  # an order of texts that is not the one of their bytes


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, of the newest version; None when there is none."""
    found = sorted(_INSTALLED.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def missing() -> str | None:
    """Why no server can be started here."""
    if programs() is None:
        return "PostgreSQL's server is not installed (apt-get install postgresql)"
    if os.getuid() == 0 and not (shutil.which("runuser") and _has_user()):
        return "PostgreSQL does not run as root, and there is no user postgres to run it as"
    return None


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[URL]:
    """A new cluster in a temporary folder, gone after the block; the address of its database.

    With `durable` it writes to the disk as a real one does.
    """
    binaries = programs()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    data = folder / "data"
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER)
        made = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={USER}", "--no-sync", *_ICU)
        _run([str(binaries / "initdb"), "-D", str(data), *made])
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        _run([*control, "-o", f"{'' if durable else _QUICK}{_OPTIONS}{folder}", "start"])
        try:
            yield URL.create("postgresql+psycopg", USER, PASSWORD, database=USER, query={"host": str(folder)})
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folder_of(url: URL) -> Path:
    """The folder of a cluster's files."""
    return Path(str(url.query["host"])) / "data"


def process_id(url: URL) -> int:
    """The process that all others of a cluster are children of."""
    return int((folder_of(url) / "postmaster.pid").read_text("ascii").split()[0])


@contextlib.contextmanager
def empty_database(base: URL) -> Iterator[URL]:
    """A schema of its own in a database, gone after the block: as good as an empty database, and made at once."""
    name = f"t{token_hex(6)}"
    engine = create_engine(base)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        yield base.update_query_dict({"options": f"-csearch_path={name}"})
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    finally:
        engine.dispose()


def _has_user() -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(USER))
    return False


def _run(command: Sequence[str]) -> None:
    before = ["runuser", "-u", USER, "--"] if os.getuid() == 0 else []
    done = subprocess.run(  # noqa: S603 – its own programs; its children would keep a pipe open
        [*before, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, cwd="/"
    )
    assert done.returncode == 0, f"{Path(command[0]).name} failed"
