"""`askwire status`: from the index when it is free, from the database alone while a bot has it open."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.days import day_of
from bot.terminal import out, print_json
from index.errors import StoreLockedError

if TYPE_CHECKING:
    from bot.overview import Overview
    from index.config import IndexConfig
    from index.index_status import IndexStatus


def print_status(config: IndexConfig, *, as_json: bool) -> bool:
    """Prints the status and tells whether all is well.

    Raises:
        StoreError: when the data directory cannot be read or written.
        ProviderError: when a setting names no model there is.
    """
    status = asyncio.run(_look(config))
    overview = _overview(config)
    if as_json:
        print_json({**status.as_json(), **overview.as_json()})
        return status.healthy
    out.print(f"Articles         {status.articles:,}")
    out.print(f"Chunks           {status.chunks:,}")
    out.print(f"Vectors          {_vectors(status)}")
    out.print(f"Embedding model  {status.embedding_model}", markup=False)
    out.print(f"Language model   {status.chat_model}", markup=False)
    out.print(f"Data directory   {status.data_dir}", markup=False)
    for line in _servers(config):
        out.print(line, markup=False)
    out.print(f"Feeds            {overview.feeds:,}, {overview.failing:,} failing, {overview.paused:,} paused")
    since = f", the oldest from {overview.waiting_since:%Y-%m-%d %H:%M} UTC" if overview.waiting_since else ""
    out.print(f"Updates waiting  {overview.waiting:,}{since}")
    out.print(f"Questions today  {overview.questions:,}, for {overview.cost_usd:,.2f} US dollars")
    for last in overview.problems:
        out.print(f"In the log       {last.at:%Y-%m-%d %H:%M} UTC: {last.line}", markup=False)
    for problem in status.problems or ("none",):
        out.print(f"Problems         {problem}", markup=False)
    return status.healthy


def _vectors(status: IndexStatus) -> str:
    if status.vectors is None:
        return "unknown" if status.problems else "in use by a running askwire"
    return f"{status.vectors:,}"


def _servers(config: IndexConfig) -> list[str]:
    """Where a database and a Chroma server are, without the user, the password and the token."""
    from index.server_faults import server_address

    lines = []
    if url := config.database_url:
        named = url.query.get("host", "this machine")  # as a socket or several hosts are given
        host = url.host or (named if isinstance(named, str) else ", ".join(named))
        lines.append(f"Database         {url.database} at {host}{f':{url.port}' if url.port else ''}")
    if config.chroma:
        lines.append(f"Chroma server    {server_address(config.chroma.url)}")
    return lines


def _overview(config: IndexConfig) -> Overview:
    from bot.overview import read_overview
    from index.catalog import Catalog
    from index.database import mapped_errors

    catalog = Catalog(config.database)
    try:
        with mapped_errors("read"), catalog.engine.connect() as connection:
            return read_overview(connection, day_of(datetime.now(UTC), config.timezone))
    finally:
        catalog.close()


async def _look(config: IndexConfig) -> IndexStatus:
    from index.index_status import catalog_status
    from index.news_index import NewsIndex
    from index.providers.registry import check_model_names

    check_model_names(config.chat_model, config.embedding_model)
    try:
        async with await NewsIndex.open(replace(config, chat_model="none")) as news:
            return replace(await news.status(), chat_model=config.chat_model)
    except StoreLockedError:
        return await asyncio.to_thread(catalog_status, config)
