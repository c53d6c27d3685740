"""No way of writing an address, and no way of leading there, ends in a connection to what is private."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import pytest_asyncio

from index.errors import FetchError, ForbiddenAddressError
from index.feeds import Feeds
from tests.hostile import markup, web
from tests.hostile.world import World, a_world
from tests.index.test_addresses import FORBIDDEN, REFUSED_LINKS

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMES = [f"http://{name}/" for name in web.NAMES if name != web.HOST]
_AT_ONCE = 14  # links that are tried of a new feed at once, with the good one
LINKS = [*FORBIDDEN.split(), *NAMES]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A world of its own, whose network refuses and records what goes elsewhere."""
    async with a_world(tmp_path_factory.mktemp("addresses")) as opened:
        yield opened


async def test_links(world: World) -> None:
    """A link that somebody gives is refused before anything is connected to."""
    for link in LINKS:
        with pytest.raises(ForbiddenAddressError):
            await world.reader.page(link)
    for link in REFUSED_LINKS:
        with pytest.raises(FetchError):
            await world.reader.page(link)
    assert (world.network.elsewhere, world.site.asked) == ([], [])


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Moved", "308 Moved"])
async def test_redirects(world: World, status: str) -> None:
    """A site that may be read leads there: refused at that step, whatever kind of redirect it is."""
    targets = [link for link in LINKS if link.isascii()]
    for target in targets:
        world.site.answers["/leads"] = web.to(target, status)
        with pytest.raises(FetchError):
            await world.reader.page(world.site.url("/leads"))
    assert world.network.elsewhere == []
    assert world.site.asked.count("/leads") == len(targets)
    world.site.asked.clear()


async def test_the_last_of_several_redirects(world: World) -> None:
    """Good steps before it do not help."""
    for step in range(4):
        world.site.answers[f"/step{step}"] = web.to(f"/step{step + 1}")
    world.site.answers["/step4"] = web.to("http://metadata.example/latest/meta-data/")
    with pytest.raises(ForbiddenAddressError):
        await world.reader.page(world.site.url("/step0"))
    assert world.network.elsewhere == []


async def test_links_of_a_feeds_entries(world: World) -> None:
    """Feeds whose entries are teasers of such pages: none is fetched, and the good entry of each comes in."""
    links = [*LINKS, *REFUSED_LINKS]
    feeds = Feeds(world.news, world.reader)
    refused = 0
    world.site.answers["/story"] = lambda: web.http(markup.page(""))
    for at in range(0, len(links), _AT_ONCE):
        feed = teasers(world.site.url("/story"), *links[at : at + _AT_ONCE])
        world.site.answers[f"/feed{at}"] = partial(web.http, feed, kind="application/rss+xml")
        report = (await feeds.add(world.site.url(f"/feed{at}"), "chat:7")).report
        assert [entry.article.title for entry in report.added] == ["Ferry Marta runs aground"]
        refused += report.skipped
    assert refused > len(LINKS) * 0.9  # some of the others are told to be no links before
    assert world.network.elsewhere == []


def teasers(*links: str) -> bytes:
    """A feed of entries that say nothing but where to read on."""
    items = "".join(
        f"<item><guid>g{n}</guid><title>Entry {n}</title><link>{escape(link)}</link>"
        "<description>Read on.</description></item>"
        for n, link in enumerate(links)
    )
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode("utf-8", "replace")


async def test_feeds_themselves(world: World) -> None:
    """A feed's address, the feeds that a page names, and those of a list are addresses like any other."""
    feeds = Feeds(world.news, world.reader)
    for link in NAMES:
        with pytest.raises(ForbiddenAddressError):
            await feeds.add(link, "chat:8")
    named = "".join(f"<link rel=alternate type='application/rss+xml' href='{escape(link)}'>" for link in NAMES)
    world.site.answers["/names"] = lambda: web.http(markup.page("", named))
    with pytest.raises(Exception, match="cannot be read"):
        await feeds.add(world.site.url("/names"), "chat:8")
    listed = "".join(f'<outline text="x" xmlUrl="{escape(link)}"/>' for link in LINKS)
    await feeds.import_opml(f"<opml version='2.0'><body>{listed}</body></opml>".encode("utf-8", "replace"), "chat:8")
    for report in await feeds.poll(scope="chat:8"):
        assert report.problem
    assert world.network.elsewhere == []


async def test_a_name_that_changes_its_address(world: World) -> None:
    """DNS rebinding: the address that is checked is the one that is connected to, and the next look is checked anew."""
    with pytest.raises(FetchError) as first:
        await world.reader.page("http://rebind.example/")
    assert not isinstance(first.value, ForbiddenAddressError)
    with pytest.raises(ForbiddenAddressError):
        await world.reader.page("http://rebind.example/")
    assert world.network.elsewhere == [(web.PUBLIC, 80)]


async def test_what_a_page_names_is_not_fetched(world: World, tmp_path: Path) -> None:
    """Frames, pictures, style sheets, refreshes and canonical links of a page are only words."""
    world.site.answers["/leading"] = lambda: web.http(markup.leading_page())
    before = list(world.network.elsewhere)
    article = await world.reader.page(world.site.url("/leading"))
    assert article.url == world.site.url("/leading")
    assert world.network.elsewhere == before
    assert world.site.asked[-1] == "/leading"
    assert list(tmp_path.iterdir()) == []
