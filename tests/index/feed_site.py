"""A news site on loopback with feeds and pages that a test sets and changes, and what feeds need to run on it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from index.feeds import AddedFeed, Feeds, PollReport
from index.fetch import Fetcher, FetchLimits
from index.news_index import NewsIndex
from index.parsing import Parsers
from index.parsing_table import parser_of
from index.providers.fakes import FakeEmbedder
from index.sources.reader import SourceReader
from index.types import PUBLIC, PUBLIC_SCOPE, Article

T = TypeVar("T")

START = datetime(2025, 5, 5, 12, tzinfo=UTC)
_WORDS = (
    "harbour ferry council budget school storm captain bridge river market election minister doctor winter festival "
    "museum airport railway forest island village mountain engineer teacher hospital garden library theatre stadium"
).split()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers under a path."""

    body: str = ""
    status: int = 200
    kind: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] | None = None


@dataclass
class NewsSite:
    """A site; `asked` holds the requests in order, path and headers."""

    root: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    delay: float = 0.0  # seconds that an answer takes
    spans: list[tuple[float, float]] = field(default_factory=list)  # when each request came and was answered

    def page(self, name: str, text: str | None = None, **headers: str) -> str:
        """Puts an article's page there; its link."""
        self.answers[f"/{name}"] = Answer(page_html(name, text or story(name)), headers=headers)
        return f"{self.root}/{name}"

    def feed(self, *items: str, path: str = "/feed", head: str = "", **headers: str) -> str:
        """Puts an RSS feed there; its link."""
        self.answers[path] = Answer(rss(*items, head=head, site=self.root), kind="application/rss+xml", headers=headers)
        return f"{self.root}{path}"

    def refuse(self, path: str, status: int, **headers: str) -> None:
        """Answers with a fault, or a redirect, under a path from now on."""
        self.answers[path] = Answer("no", status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def paths(self) -> list[str]:
        """The paths asked for since the last call."""
        paths = [path for path, _ in self.asked]
        self.asked.clear()
        return paths

    async def handle(self, request: web.Request) -> web.Response:
        """One request; what a site without a robots.txt is asked for that is not noted."""
        if request.path == "/robots.txt" and request.path not in self.answers:
            return web.Response(status=404)
        self.asked.append((request.path, dict(request.headers)))
        came = time.monotonic()
        await asyncio.sleep(self.delay)
        self.spans.append((came, time.monotonic()))
        answer = self.answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        if answer.before:
            answer.before()
        etag = answer.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        headers = {**answer.headers, "Content-Type": answer.kind}
        return web.Response(body=answer.body.encode(), status=answer.status, headers=headers)


@dataclass
class Clock:
    """A time that a test moves."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **amount: float) -> None:
        """Moves the time on."""
        self.time += timedelta(**amount)


class ParsersInProcess(Parsers):
    """The parsers without a process of their own, for quick tests."""

    async def parse(self, parser: str, data: bytes, result: type[T], *, shown: str, **arguments: Any) -> T:
        if parser != "page":
            arguments.pop("shown", None)
        parsed: T = await asyncio.to_thread(parser_of(parser), data, **arguments)
        return parsed


@dataclass
class World:
    """Feeds over an index, a site and a clock."""

    feeds: Feeds
    news: NewsIndex
    site: NewsSite
    clock: Clock

    async def follow(self, *items: str, head: str = "", **headers: str) -> AddedFeed:
        """Adds the site's feed with these entries to the public collection."""
        return await self.feeds.add(self.site.feed(*items, head=head, **headers), PUBLIC_SCOPE)

    async def look(self, **later: float) -> PollReport:
        """The report of the one feed, looked at after a while."""
        self.clock.forward(**later)
        (report,) = await self.feeds.poll(due_only=False)
        return report

    async def only_article(self) -> Article:
        """The one article, with its text."""
        (short,) = await self.news.articles(PUBLIC)
        article = await self.news.article(short.id, PUBLIC)
        assert article is not None
        return article


@asynccontextmanager
async def a_site() -> AsyncIterator[NewsSite]:
    """A running site."""
    site = NewsSite()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    host, port = runner.addresses[0][:2]
    site.root = f"http://{host}:{port}"
    yield site
    await runner.cleanup()


@asynccontextmanager
async def a_world(
    folder: Path, site: NewsSite, clock: Clock | None = None, parsers: Parsers | None = None
) -> AsyncIterator[World]:
    """Feeds over a data directory, opened as a start of the program does."""
    clock = clock or Clock()
    fetcher = Fetcher(allowed_hosts=frozenset({"127.0.0.1"}), limits=FetchLimits(connect=2, total=5, host_pause=0))
    news = await NewsIndex.open_with(folder, embedder=FakeEmbedder(), chat_model=None)
    async with news, SourceReader(fetcher, parsers or ParsersInProcess()) as reader:
        yield World(Feeds(news, reader, now=clock), news, site, clock)


def story(name: str, sentences: int = 12) -> str:
    """A text of its own for each name; no two are alike."""
    dice = random.Random(name)  # noqa: S311 - a text, not a secret
    lines = []
    for number in range(sentences):
        words = " ".join(dice.sample(_WORDS, 9))
        lines.append(f"The {name} report says in part {number} that {words} came to {dice.randint(100, 9999)} in all.")
    return "\n".join(lines)


def page_html(name: str, text: str) -> str:
    """An article's page."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return (
        f'<!doctype html><html lang="en"><head><title>Page of {name}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>Page of {name}</h1>{paragraphs}</article></body></html>"
    )


def item(name: str, link: str | None = None, *, text: str = "A teaser …", full: bool = False, **more: str) -> str:
    """An RSS item; `more` are further elements."""
    shown = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    content = f"<content:encoded><![CDATA[{shown}]]></content:encoded>" if full else ""
    fields = {"title": f"News of {name}", "guid": f"tag:{name}", "pubDate": format_datetime(START)} | more
    return (
        "<item>"
        + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in fields.items())
        + (f"<link>{escape(link)}</link>" if link else "")
        + f"<description><![CDATA[{'' if full else shown}]]></description>{content}</item>"
    )


def rss(*items: str, head: str = "", site: str = "https://news.example/") -> str:
    """An RSS feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Harbour News</title><link>{site}/</link>{head}{''.join(items)}</channel></rss>"
    )
