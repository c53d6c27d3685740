"""Feeds from adding to removing, over a real index and a site on loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from index.errors import FetchError, ForbiddenAddressError, TooLargeError, UnreadableError
from index.feed_catalog import FEEDS_A_SCOPE
from index.feeds import FeedLink, PollReport
from index.parsing import Parsers
from index.sources.opml import OpmlFeed, parse_opml, write_opml
from index.types import PUBLIC, PUBLIC_SCOPE, AddOutcome, Scopes
from tests.index.feed_site import START, Answer, NewsSite, World, a_world, item, story

GROUP = "chat:-100"


async def titles(world: World, scope: str = PUBLIC_SCOPE) -> list[str]:
    """The titles of a collection's articles, the newest first."""
    return [article.title for article in await world.news.articles(Scopes.of(scope))]


def page(head: str) -> Answer:
    """A page with this head."""
    return Answer(f"<!doctype html><html><head>{head}</head><body>Welcome.</body></html>")


def feed_link(path: str, title: str = "") -> str:
    """A link to a feed in a page's head."""
    return f'<link rel="alternate" type="application/rss+xml" href="{path}" title="{title}">'


async def test_adding_a_feed_takes_its_entries_in_at_once(world: World, site: NewsSite) -> None:
    """A teaser's page is fetched and a full text is taken as it is; both are there when `add` returns."""
    url = site.feed(item("alpha", site.page("alpha")), item("beta", f"{site.root}/beta", text=story("beta"), full=True))
    added = await world.feeds.add(url, PUBLIC_SCOPE)
    assert (added.known, added.report.skipped, added.report.problem, added.other_links) == (False, 0, None, ())
    assert [one.outcome for one in added.report.added] == [AddOutcome.ADDED] * 2
    assert (added.feed.title, added.feed.articles, added.feed.problem) == ("Harbour News", 2, None)
    assert site.paths() == ["/feed", "/alpha"]
    assert await titles(world) == ["Page of alpha", "News of beta"]
    assert "alpha report says in part 3" in (await world.news.search("alpha report part 3", PUBLIC, k=1))[0].text


async def test_the_newest_entry_is_the_newest_article(world: World, site: NewsSite) -> None:
    """Entries are taken in as they appeared, so that lists of new articles begin with the newest."""
    dates = {"old": "Mon, 05 May 2025 08:00:00 GMT", "new": "Mon, 05 May 2025 09:00:00 GMT"}
    items = [item(name, f"{site.root}/{name}", text=story(name), full=True, pubDate=dates[name]) for name in dates]
    await world.feeds.add(site.feed(*items), PUBLIC_SCOPE)
    assert await titles(world) == ["News of new", "News of old"]


async def test_a_sites_address_is_enough(world: World, site: NewsSite) -> None:
    """The feed that the page names is followed, not the one of its comments; the others are told about."""
    site.answers["/"] = page(feed_link("/comments", "Comments") + feed_link("/feed", "All") + feed_link("/sport", "S"))
    site.feed(item("alpha", site.page("alpha")))
    added = await world.feeds.add(site.root, PUBLIC_SCOPE)
    assert added.feed.url == f"{site.root}/feed"
    assert added.other_links == (FeedLink(f"{site.root}/sport", "S"), FeedLink(f"{site.root}/comments", "Comments"))


async def test_usual_addresses_are_tried_where_a_site_names_none(world: World, site: NewsSite) -> None:
    """A web page at such an address is passed over."""
    site.answers["/"] = site.answers["/rss"] = page("")
    site.feed(item("alpha", site.page("alpha")), path="/feed.xml")
    assert (await world.feeds.add(f"{site.root}/", PUBLIC_SCOPE)).feed.url == f"{site.root}/feed.xml"
    assert site.paths() == ["/", "/feed", "/rss", "/rss.xml", "/feed.xml", "/alpha"]


@pytest.mark.parametrize(
    ("head", "says"),
    [("", "names no feed"), (feed_link("/gone"), "names cannot be read: .* 404"), (feed_link("/"), "a web page")],
)
async def test_a_site_without_a_feed_is_told(world: World, site: NewsSite, head: str, says: str) -> None:
    """Nothing is followed then."""
    site.answers["/"] = page(head)
    with pytest.raises(UnreadableError, match=says):
        await world.feeds.add(site.root, PUBLIC_SCOPE)
    assert await world.feeds.list(PUBLIC_SCOPE) == []


@pytest.mark.parametrize("way", ["feed:{}", "  {} ", "{}/", "{}#top"])
async def test_a_feed_is_followed_once_however_it_is_written(world: World, site: NewsSite, way: str) -> None:
    """The second time it is only told about, and not read."""
    url = site.feed(item("alpha", site.page("alpha")))
    site.answers["/feed/"] = site.answers["/feed"]
    first = await world.feeds.add(url, PUBLIC_SCOPE)
    site.paths()
    again = await world.feeds.add(way.format(url), PUBLIC_SCOPE)
    assert (again.known, again.feed.id, again.report.added) == (True, first.feed.id, ())
    assert len(site.paths()) == 1
    assert [feed.id for feed in await world.feeds.list(PUBLIC_SCOPE)] == [first.feed.id]


async def test_forbidden_addresses_are_never_asked(world: World, site: NewsSite) -> None:
    """Neither as a feed, nor in a page, nor in an entry; an entry that leads there is no article either."""
    with pytest.raises(ForbiddenAddressError):
        await world.feeds.add("http://169.254.169.254/feed", PUBLIC_SCOPE)
    site.answers["/"] = page(feed_link("http://10.0.0.1/feed"))
    with pytest.raises(UnreadableError, match="private"):
        await world.feeds.add(site.root, PUBLIC_SCOPE)
    url = site.feed(item("alpha", "http://10.0.0.1/alpha", text=story("alpha", 4) + " …"))
    report = (await world.feeds.add(url, PUBLIC_SCOPE)).report
    assert (report.added, report.skipped) == ((), 1)
    assert "private" in report.problems[0]


async def test_collections_are_kept_apart(world: World, site: NewsSite) -> None:
    """Two chats follow the same feed, each with its own articles; neither sees or removes the other's."""
    url = site.feed(item("alpha", site.page("alpha")))
    one = (await world.feeds.add(url, GROUP)).feed
    other = await world.feeds.add(url, "chat:2")
    assert not other.known
    assert await world.news.count(Scopes.of("chat:2")) == await world.news.count(Scopes.of(GROUP)) == 1
    assert await world.news.count(PUBLIC) == 0
    assert not await world.feeds.remove(one.id, "chat:2")
    assert await world.feeds.poll(scope="chat:2", feed_id=one.id, due_only=False) == []
    assert [feed.id for feed in await world.feeds.list("chat:2")] == [other.feed.id]


async def test_removing_a_feed_keeps_its_articles(world: World, site: NewsSite) -> None:
    """They stay, nothing new comes, and the feed can be followed again."""
    url = site.feed(item("alpha", site.page("alpha")))
    feed = (await world.feeds.add(url, PUBLIC_SCOPE)).feed
    assert await world.feeds.remove(feed.id, PUBLIC_SCOPE)
    assert not await world.feeds.remove(feed.id, PUBLIC_SCOPE)
    world.clock.forward(days=2)
    assert await world.feeds.poll() == []
    assert await titles(world) == ["Page of alpha"]
    again = await world.feeds.add(url, PUBLIC_SCOPE)
    assert [one.outcome for one in again.report.added] == [AddOutcome.DUPLICATE]


async def test_two_feeds_with_the_same_article_give_one(world: World, site: NewsSite) -> None:
    """The second feed's entry is known by its address, and its page is not fetched again."""
    link = site.page("alpha")
    await world.feeds.add(site.feed(item("alpha", link)), PUBLIC_SCOPE)
    site.paths()
    other = site.feed(item("alpha", f"{link}?utm_source=rss", guid="other"), path="/other")
    report = (await world.feeds.add(other, PUBLIC_SCOPE)).report
    assert [one.outcome for one in report.added] == [AddOutcome.DUPLICATE]
    assert site.paths() == ["/other"]
    assert len(await titles(world)) == 1


async def test_a_group_that_moves_takes_its_feeds_along(world: World, site: NewsSite) -> None:
    """A feed that the new scope follows already is dropped; moving twice changes nothing."""
    shared, own = site.feed(path="/a"), site.feed(path="/b")
    for url in (shared, own):
        await world.feeds.add(url, GROUP)
    await world.feeds.add(shared, "chat:-200")
    assert await world.feeds.move_scope(GROUP, "chat:-200") == 1
    assert await world.feeds.move_scope(GROUP, "chat:-200") == 0
    assert {feed.url for feed in await world.feeds.list("chat:-200")} == {shared, own}
    assert await world.feeds.list(GROUP) == []
    with pytest.raises(ValueError, match="own collection"):
        await world.feeds.move_scope(GROUP, PUBLIC_SCOPE)


async def test_after_a_chat_is_forgotten_no_article_comes_in(world: World, site: NewsSite) -> None:
    """Also not from a reading that is under way: what it has fetched is dropped."""
    fetched = asyncio.Event()
    site.page("alpha")
    site.answers["/alpha"] = Answer(site.answers["/alpha"].body, before=fetched.set)
    adding = asyncio.create_task(world.feeds.add(site.feed(item("alpha", f"{site.root}/alpha")), GROUP))
    await fetched.wait()
    assert await world.feeds.remove_scope(GROUP) == 1
    assert (await adding).report.added == ()
    assert await world.news.count(Scopes.of(GROUP)) == 0


async def test_reports_are_told_as_they_come(world: World, site: NewsSite) -> None:
    """`on_report` hears of each feed; one that fails does not keep the others from being read."""
    urls = [site.feed(item(name, site.page(name)), path=f"/{name}.xml") for name in ("one", "two", "three")]
    await world.feeds.import_opml(write_opml([OpmlFeed(url, "") for url in urls], "t").encode(), PUBLIC_SCOPE)
    site.refuse("/two.xml", 500)
    heard: list[PollReport] = []
    reports = await world.feeds.poll(on_report=heard.append)
    assert heard == reports
    assert {report.feed.url: (len(report.added), bool(report.problem)) for report in reports} == {
        urls[0]: (1, False),
        urls[1]: (0, True),
        urls[2]: (1, False),
    }


async def test_lists_of_feeds_go_in_and_out(world: World, site: NewsSite) -> None:
    """An imported feed is not asked for at once; what is exported can be imported elsewhere."""
    url = site.feed(item("alpha", site.page("alpha")))
    await world.feeds.add(url, PUBLIC_SCOPE)
    site.paths()
    data = write_opml([OpmlFeed(url, "Known"), OpmlFeed(f"{site.root}/other", "Other")], "t").encode()
    report = await world.feeds.import_opml(data, PUBLIC_SCOPE)
    assert (report.added, report.known, report.problems) == (1, 1, ())
    assert site.paths() == []
    exported = await world.feeds.export_opml(PUBLIC_SCOPE)
    assert parse_opml(exported.encode()) == [OpmlFeed(url, "Harbour News"), OpmlFeed(f"{site.root}/other", "Other")]
    assert (await world.feeds.import_opml(exported.encode(), GROUP)).added == 2
    assert (await world.feeds.import_opml(b"<opml><body/></opml>", GROUP)).problems == ("The file names no feed.",)


async def test_a_collection_follows_so_many_feeds_and_no_more(world: World) -> None:
    """A list that is too long is refused as a whole."""
    many = [OpmlFeed(f"https://a.example/{number}", "") for number in range(FEEDS_A_SCOPE + 1)]
    with pytest.raises(TooLargeError):
        await world.feeds.import_opml(write_opml(many, "t").encode(), PUBLIC_SCOPE)
    assert await world.feeds.list(PUBLIC_SCOPE) == []
    assert (await world.feeds.import_opml(write_opml(many[1:], "t").encode(), PUBLIC_SCOPE)).added == FEEDS_A_SCOPE


async def test_everything_comes_through_parsing_processes(tmp_path: Path, site: NewsSite) -> None:
    """Feeds, pages, lists and links are the same when they were parsed in a process of their own."""
    async with a_world(tmp_path, site, parsers=Parsers()) as world:
        site.answers["/"] = page(feed_link("/feed"))
        site.feed(item("alpha", site.page("alpha")), item("beta", f"{site.root}/b", text=story("beta"), full=True))
        added = await world.feeds.add(site.root, PUBLIC_SCOPE)
        assert [one.article.published_at for one in added.report.added] == [START] * 2
        exported = await world.feeds.export_opml(PUBLIC_SCOPE)
        assert (await world.feeds.import_opml(exported.encode(), GROUP)).added == 1
        with pytest.raises(UnreadableError, match="entities"):
            await world.feeds.import_opml(b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", GROUP)


async def test_a_site_that_is_down_is_told(world: World, unused_tcp_port: int) -> None:
    """The fetcher's reason reaches the one who adds."""
    with pytest.raises(FetchError, match="could not be reached"):
        await world.feeds.add(f"http://127.0.0.1:{unused_tcp_port}/feed", PUBLIC_SCOPE)
