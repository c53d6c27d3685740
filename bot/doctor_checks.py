"""What `askwire doctor` looks at on this machine. Each check returns a line when all is well."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from index.errors import StoreError, StoreLockedError

if TYPE_CHECKING:
    from index.config import ChromaServer

_LEAST_FREE = 300_000_000  # bytes


class SkippedError(Exception):
    """A part is not looked at; the text says why."""


class WrongError(Exception):
    """A part is wrong; the text says what, and what to do."""


async def data_directory(settings: Settings) -> str:
    """It can be written, or made."""
    folder = settings.askwire_data_dir
    there = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
    except OSError as error:
        raise WrongError(
            f"The data directory {folder} cannot be written ({error.strerror}). "
            "Give it to this user, or set ASKWIRE_DATA_DIR."
        ) from error
    return f"{folder} can be written." if there == folder else f"{folder} will be made at the first start."


async def disk(settings: Settings) -> str:
    """There is room for a rebuild of the vector index beside the one in use."""
    folder = settings.askwire_data_dir
    free = shutil.disk_usage(_existing(folder)).free
    needed = _LEAST_FREE + await asyncio.to_thread(_index_bytes, folder)
    if free < needed:
        raise WrongError(
            f"{_megabytes(free)} are free at {folder}, and {_megabytes(needed)} are needed. Make room, "
            "or set ARTICLE_RETENTION_DAYS or ARTICLES_PER_COLLECTION."
        )
    return f"{_megabytes(free)} are free."


async def database(settings: Settings) -> str:
    """SQLite finds it whole, also while it is in use; a server of PostgreSQL's answers."""
    from index.config import DATABASE
    from index.diagnosis import database_fault, server_line

    config = settings.index_config()
    if config.database_url:
        return await asyncio.to_thread(server_line, config)
    if fault := await asyncio.to_thread(database_fault, settings.askwire_data_dir):
        raise WrongError(fault)
    path = settings.askwire_data_dir / DATABASE
    return f"It is whole ({_megabytes(path.stat().st_size)})." if path.exists() else "There is none yet."


async def vector_index(settings: Settings) -> str:
    """Every vector is found by a search for itself; a Chroma server answers."""
    from index.diagnosis import vector_index_fault

    config = settings.index_config()
    if config.chroma:
        return await asyncio.to_thread(_chroma_line, config.chroma)
    if config.database_url:
        raise SkippedError("It is compared with the database while askwire runs; askwire status tells how it is.")
    try:
        fault = await asyncio.to_thread(vector_index_fault, config)
    except StoreLockedError:
        raise SkippedError("A running askwire has it open; askwire status tells how it is.") from None
    if fault:
        raise WrongError(fault)
    return "All that the database holds is found in it."


async def weights(settings: Settings) -> str:
    """Those of the local models that are set are in the cache."""
    from index.providers.registry import local_weights_of
    from index.providers.weights import weights_are_there

    config = settings.index_config()
    wanted = local_weights_of(config.chat_model, config.embedding_model)
    if missing := [model for model in wanted if not weights_are_there(model, config.cache_dir)]:
        raise WrongError(f"The weights of {' and '.join(missing)} are not there. Fetch them: askwire weights.")
    return f"Those of {' and '.join(wanted)} are there." if wanted else "No local model is set."


async def token(settings: Settings) -> str:
    """It has the form of one."""
    if settings.telegram_bot_token is None:
        raise SkippedError("TELEGRAM_BOT_TOKEN is not set; askwire run needs it. @BotFather in Telegram gives one.")
    settings.require_token()
    return "It has the form of one."


def _chroma_line(server: ChromaServer) -> str:
    """It is asked in the way that a running askwire asks it. Blocking."""
    from index.store import ServerVectorStore

    try:
        with closing(ServerVectorStore(server, "", 0)) as store:
            store.scopes()
    except StoreError as error:
        told = str(error).rstrip(".")
        raise WrongError(f"{told}. Until it answers, articles are found by their words alone.") from error
    return "The Chroma server answers; askwire status tells whether all that the database holds is there."


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())


def _index_bytes(folder: Path) -> int:
    sizes = (
        (Path(parent) / name).stat().st_size
        for index in folder.glob("chroma-*")
        for parent, _, names in os.walk(index)
        for name in names
    )
    return sum(sizes)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"
