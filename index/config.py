"""What an index is opened with, and the lock that keeps a data directory to one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import StoreError, StoreLockedError
from index.providers.base import ProviderKeys

if TYPE_CHECKING:
    from sqlalchemy import URL

    from index.database import DatabasePlace

DATABASE = "askwire.db"


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A Chroma server, or Chroma's cloud: where it is, and what it wants to see. The token does not show in its repr.

    `ca_file` holds the certificates that its own is checked against, when they are not the usual ones.
    """

    url: str
    token: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    tenant: str = "default_tenant"
    database: str = "default_database"


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """Where the index lives and which models it uses. Keys do not show in its repr."""

    data_dir: Path
    cache_dir: Path
    chat_model: str = "local:gemma-3-270m"
    embedding_model: str = "local:all-minilm-l6-v2"
    keys: ProviderKeys = field(default_factory=ProviderKeys)
    timezone: str = "UTC"
    chroma: ChromaServer | None = None  # in place of the embedded one
    database_url: URL | None = None  # of PostgreSQL, in place of SQLite
    rerank_model: str = "none"

    @property
    def database(self) -> DatabasePlace:
        """Where the catalog is."""
        return self.database_url or self.data_dir / DATABASE


def lock_data_dir(data_dir: Path) -> FileLock:
    """Takes the data directory for this process.

    Raises:
        StoreLockedError: when another process has it.
        StoreError: when it cannot be written.
    """
    taken = f"Another askwire has the data directory {data_dir} open. Stop it first, or set ASKWIRE_DATA_DIR."
    return take_lock(data_dir, "askwire.lock", taken)


def take_lock(data_dir: Path, name: str, taken: str) -> FileLock:
    """Takes the lock `name` of a data directory, which is made when it is not there.

    Raises:
        StoreLockedError: with the text `taken`, when another process has it.
        StoreError: when the directory cannot be written.
    """
    lock = FileLock(data_dir / name, thread_local=False)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreLockedError(taken) from error
    except OSError as error:
        raise StoreError(
            f"The data directory {data_dir} cannot be written ({error.strerror}). "
            "Give it to this user, or set ASKWIRE_DATA_DIR."
        ) from error
    return lock
