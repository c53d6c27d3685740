"""A site on loopback with a feed, for the tests of feeds in a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

ITEM = """<item><title>{title}</title><link>{root}/{name}</link><guid>{name}</guid>
<pubDate>Sun, 26 Jan 2020 21:30:00 GMT</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item>"""
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Daily Example</title><link>{root}/</link>{items}</channel></rss>"""
PAGE = """<html><head><title>Example</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">
<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport.xml"></head><body>Hello</body></html>"""


def body_of(title: str) -> str:
    """Paragraphs that no other entry has."""
    return "".join(f"<p>{title}, witness number {n} said.</p>" for n in range(60))


class FeedSite:
    """Serves a page that names two feeds; `titles` are the entries of the first by their names."""

    def __init__(self) -> None:
        self.root = ""
        self.titles = {"rockets": "Rockets hit embassy canteen"}

    async def page(self, _: web.Request) -> web.Response:
        """The home page."""
        return web.Response(text=PAGE, content_type="text/html")

    async def feed(self, _: web.Request) -> web.Response:
        """The feed."""
        items = "".join(
            ITEM.format(title=title, root=self.root, name=name, body=body_of(title))
            for name, title in self.titles.items()
        )
        text = FEED.format(root=self.root, items=items)
        return web.Response(text=text, content_type="application/rss+xml")


@asynccontextmanager
async def feed_site() -> AsyncIterator[FeedSite]:
    """The running site."""
    site = FeedSite()
    app = web.Application()
    app.router.add_get("/", site.page)
    app.router.add_get("/feed.xml", site.feed)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.root = f"http://localhost:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()
