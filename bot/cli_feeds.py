"""`askwire feeds …`: the sites and feeds that the public collection follows; also beside a running bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.config import IndexConfig
    from index.feed_catalog import Feed, FeedCatalog
    from index.feeds import Feeds, PollReport

app = typer.Typer(name="feeds", help="Follow sites and feeds.", no_args_is_help=True)

_RUNNING = "The running askwire looks at it within a minute."
_FILE_LIMIT = 20_000_000  # bytes


@app.command()
def add(urls: Annotated[list[str], typer.Argument(metavar="URL…", help="Addresses of sites or of feeds.")]) -> None:
    """Follow a site or a feed; its newest articles are taken in at once."""
    from index.errors import StoreLockedError

    settings = _settings()
    try:
        asyncio.run(_add_and_read(settings, urls))
    except StoreLockedError:
        asyncio.run(_add_only(settings, urls))


@app.command("list")
def list_feeds(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the feeds, with what was wrong with them last."""
    from bot.terminal import counted, out, print_json

    with _catalog(_settings().index_config()) as catalog:
        feeds = _feeds(catalog)
    for feed in feeds:
        if as_json:
            print_json(_as_json(feed))
            continue
        out.print(
            f"{feed.id}  {feed.title} · {counted(feed.articles, 'article')} · {_looked_at(feed)} · {feed.url}",
            markup=False,
        )
        if feed.problem:
            out.print(f"    {'Paused. ' if feed.paused else ''}{feed.problem}", markup=False, style="yellow")
    if not feeds and not as_json:
        out.print("No feeds yet. Follow one: askwire feeds add https://example.org", markup=False)


@app.command()
def remove(
    feed_ids: Annotated[list[int], typer.Argument(metavar="ID…", help="Numbers from askwire feeds list.")],
) -> None:
    """Follow feeds no longer; their articles stay."""
    from bot.terminal import out
    from index.errors import SourceError
    from index.types import PUBLIC_SCOPE

    with _catalog(_settings().index_config()) as catalog:
        for feed_id in feed_ids:
            if not catalog.remove(feed_id, PUBLIC_SCOPE):
                raise SourceError(f"There is no feed {feed_id}. askwire feeds list shows what there is.")
            out.print(f"No longer followed: {feed_id}. Its articles stay.", markup=False)


@app.command()
def poll(
    *, everything: Annotated[bool, typer.Option("--all", help="Also the feeds whose time has not come yet.")] = False
) -> None:
    """Look at the feeds now and take in what is new."""
    from bot.terminal import out

    async def work(feeds: Feeds) -> None:
        from index.types import PUBLIC_SCOPE

        reports = await feeds.poll(scope=PUBLIC_SCOPE, due_only=not everything, on_report=_print_report)
        if not reports:
            out.print("No feed is due. askwire feeds poll --all looks at all of them.", markup=False)

    asyncio.run(_with_feeds(_settings(), work))


@app.command("import")
def import_opml(path: Annotated[Path, typer.Argument(metavar="FILE.opml")]) -> None:
    """Follow all feeds of an OPML file."""
    from bot.terminal import counted, out
    from index.types import PUBLIC_SCOPE

    settings = _settings()
    wanted = asyncio.run(_read_opml(settings, path))
    with _catalog(settings.index_config()) as catalog:
        added, known = catalog.add(PUBLIC_SCOPE, wanted, datetime.now(UTC))
    out.print(f"{counted(len(added), 'feed')} added, {len(known):,} were there already.", markup=False)
    if added:
        out.print("A running bot looks at them by itself; askwire feeds poll does it now.", markup=False)


@app.command("export")
def export_opml(path: Annotated[Path | None, typer.Argument(metavar="FILE.opml")] = None) -> None:
    """Write all feeds as an OPML file, or to standard output."""
    from bot.terminal import out
    from index.errors import SourceError
    from index.sources.opml import OpmlFeed, write_opml

    with _catalog(_settings().index_config()) as catalog:
        text = write_opml((OpmlFeed(feed.url, feed.title) for feed in _feeds(catalog)), "askwire feeds")
    if path is None:
        typer.echo(text)
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or 'refused'}.") from error
    out.print(f"Written: {path}", markup=False)


async def _add_and_read(settings: Settings, urls: list[str]) -> None:
    async def work(feeds: Feeds) -> None:
        from bot.terminal import out
        from index.types import PUBLIC_SCOPE

        for url in urls:
            added = await feeds.add(url, PUBLIC_SCOPE)
            out.print(f"{'Already followed' if added.known else 'Followed'}: {added.feed.title}", markup=False)
            if not added.known:
                _print_report(added.report)
            for link in added.other_links:
                out.print(f"  The site also has: {link.title or 'a feed'} · {link.url}", markup=False)

    await _with_feeds(settings, work)


async def _add_only(settings: Settings, urls: list[str]) -> None:
    """Beside a running askwire: the feed is found and noted, and the other process reads it."""
    from bot.terminal import out
    from index.feed_finding import find_feed
    from index.sources.metadata import site_name
    from index.sources.reader import open_reader
    from index.types import PUBLIC_SCOPE

    async with open_reader(settings.private_hosts) as reader:
        for url in urls:
            found = await find_feed(url, reader)
            title = found.parsed.title or site_name(found.url) or found.url
            with _catalog(settings.index_config()) as catalog:
                added, _ = catalog.add(PUBLIC_SCOPE, [(found.url, title)], datetime.now(UTC))
            out.print(f"{'Followed' if added else 'Already followed'}: {title}. {_RUNNING}", markup=False)


async def _with_feeds(settings: Settings, work: Callable[[Feeds], Coroutine[Any, Any, None]]) -> None:
    from dataclasses import replace

    from bot.terminal import progress
    from index.feeds import Feeds
    from index.news_index import NewsIndex
    from index.sources.reader import open_reader

    with progress() as report:
        news = await NewsIndex.open(replace(settings.index_config(), chat_model="none"), on_progress=report)
    async with news, open_reader(settings.private_hosts) as reader:
        await work(Feeds(news, reader))


async def _read_opml(settings: Settings, path: Path) -> list[tuple[str, str]]:
    from index.errors import TooLargeError, UnreadableError
    from index.sources.reader import open_reader

    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror or 'refused'}.") from error
    if len(data) > _FILE_LIMIT:
        raise TooLargeError(f"{path} is over {_FILE_LIMIT // 1_000_000} MB. Split it and try again.")
    async with open_reader(settings.private_hosts) as reader:
        return [(feed.url, feed.title) for feed in await reader.opml(data)]


@contextmanager
def _catalog(config: IndexConfig) -> Iterator[FeedCatalog]:
    from index.catalog import Catalog
    from index.feed_catalog import FeedCatalog

    catalog = Catalog(config.database)
    try:
        yield FeedCatalog(catalog.engine)
    finally:
        catalog.close()


def _feeds(catalog: FeedCatalog) -> list[Feed]:
    from index.types import PUBLIC_SCOPE

    return catalog.feeds(scope=PUBLIC_SCOPE)


def _print_report(report: PollReport) -> None:
    from bot.terminal import counted, out

    if report.problem:
        out.print(f"{report.feed.title}: {report.problem}", markup=False, style="yellow")
        return
    skipped = f", {report.skipped:,} could not be read" if report.skipped else ""
    out.print(f"{report.feed.title}: {counted(len(report.added), 'article')}{skipped}", markup=False)
    for problem in report.problems[:5]:
        out.print(f"    {problem}", markup=False, style="dim")


def _looked_at(feed: Feed) -> str:
    return f"looked at {feed.checked_at:%d %B %Y %H:%M} UTC" if feed.checked_at else "not looked at yet"


def _as_json(feed: Feed) -> dict[str, object]:
    from index.answer_text import iso

    return {
        "id": feed.id,
        "title": feed.title,
        "url": feed.url,
        "site": feed.site,
        "articles": feed.articles,
        "checked_at": iso(feed.checked_at),
        "next_at": iso(feed.next_at),
        "problem": feed.problem,
        "paused": feed.paused,
    }


def _settings() -> Settings:
    from bot.logs import configure_logging
    from bot.settings import Settings

    settings = Settings.load()
    configure_logging("WARNING", settings.secrets())
    return settings
