"""Commands for whoever runs askwire: backups, and what is wrong."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.config import IndexConfig

app = typer.Typer()
_NICENESS = 10  # a bot beside answers first


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
) -> None:
    """Write everything but settings and weights to one file; also while the bot runs."""
    from bot.terminal import counted, out, progress
    from index.backup import write_backup

    config = _of_files()
    with progress() as report:
        manifest = write_backup(config.data_dir, file, report)
    articles, chunks = manifest.counts["articles"], manifest.counts["chunks"]
    out.print(
        f"Backed up {counted(articles, 'article')} in {counted(chunks, 'chunk')}, {manifest.bytes:,} bytes: {file}",
        markup=False,
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that askwire backup wrote.")],
) -> None:
    """Bring a backup back into an empty data directory, or into the empty database of DATABASE_URL."""
    from bot.database_moving import prepare_tables
    from bot.terminal import counted, out, progress
    from index.database_restoring import restore_into_database
    from index.restoring import restore_backup

    config = _settings().index_config()
    with progress() as report:
        if config.database_url:
            done = restore_into_database(file, config.database_url, prepare_tables, report)
        else:
            done = restore_backup(file, config.data_dir, report)
    out.print(
        f"Restored {counted(done.articles, 'article')} in {counted(done.chunks, 'chunk')} from {done.made_at}; "
        f"a search for {done.searched} of them finds each.",
        markup=False,
    )


@app.command()
def reindex(
    to: Annotated[
        str | None, typer.Option("--to", metavar="PROVIDER:MODEL", help="In place of EMBEDDING_MODEL.")
    ] = None,
    *,
    forget: Annotated[bool, typer.Option("--forget", help="Only delete the vectors of models not in use.")] = False,
) -> None:
    """Build the vector index anew; for another embedding model beside a running bot."""
    from bot.terminal import counted, out, progress
    from index.reindexing import forget_embeddings, reindex_data_dir

    config = _settings().index_config()
    if forget:
        if to:
            raise typer.BadParameter("it deletes, and builds nothing: leave one of both out.", param_hint="--forget")
        out.print(f"Deleted {counted(forget_embeddings(config), 'vector')} of embedding models that are not in use.")
        return
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    model = to or config.embedding_model
    with progress() as report:
        done = asyncio.run(reindex_data_dir(replace(config, embedding_model=model), report))
    then = f" Set EMBEDDING_MODEL={model} before the next start." if model != config.embedding_model else ""
    if done.in_use:
        line = f"The vector index now holds {counted(done.chunks, 'chunk')}, embedded with {model}.{then}"
    else:
        line = (
            f"{model} has embedded {counted(done.chunks, 'chunk')}, and its vector index is ready. "
            f"Set EMBEDDING_MODEL={model} and start the bot again: it then goes over."
        )
    out.print(line, markup=False)


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Look at everything that must be right, and say what to do where it is not."""
    from bot.doctor import print_findings
    from bot.logs import configure_logging

    configure_logging("ERROR")
    if not print_findings(as_json=as_json):
        raise typer.Exit(1)


def _of_files() -> IndexConfig:
    """The settings of an index whose record is a file."""
    from bot.settings import SettingsError

    config = _settings().index_config()
    if config.database_url:
        raise SettingsError(
            "DATABASE_URL is set, so the articles are in PostgreSQL: back them up with pg_dump, and bring them back "
            "with pg_restore; askwire makes the vectors anew from them."
        )
    return config


def _settings() -> Settings:
    from bot.logs import configure_logging
    from bot.settings import Settings

    settings = Settings.load()
    configure_logging("WARNING", settings.secrets())
    return settings
