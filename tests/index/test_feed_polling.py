"""Looking at feeds again and again: what is asked, when, and what becomes of entries and faults."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from index.feed_intervals import MOST_FAILURES
from index.feeds import Feed, PollReport
from index.types import PUBLIC, PUBLIC_SCOPE, Article
from tests.index.feed_site import START, Answer, Clock, NewsSite, World, a_world, item, page_html, story


async def followed(world: World, *items: str, **headers: str) -> Feed:
    """A feed with these entries that is followed; what was asked for that is forgotten."""
    added = await world.feeds.add(world.site.feed(*items, **headers), PUBLIC_SCOPE)
    world.site.paths()
    return added.feed


async def polled(world: World, **later: float) -> PollReport:
    """The report of the one feed that is due after a while (a day when nothing is said)."""
    world.clock.forward(**(later or {"days": 1}))
    (report,) = await world.feeds.poll()
    return report


async def the_feed(world: World) -> Feed:
    """The one feed."""
    (feed,) = await world.feeds.list(PUBLIC_SCOPE)
    return feed


async def articles(world: World) -> dict[str, Article]:
    """All articles by title, with their texts."""
    found = {}
    for one in await world.news.articles(PUBLIC):
        article = await world.news.article(one.id, PUBLIC)
        assert article is not None
        found[article.title] = article
    return found


def seen(site: NewsSite, name: str) -> list[str | None]:
    """A header of the requests for the feed since the last look."""
    values = [headers.get(name) for path, headers in site.asked if path == "/feed"]
    site.asked.clear()
    return values


async def test_a_feed_is_asked_whether_it_changed(world: World, site: NewsSite) -> None:
    """Both validators are sent back as they came; a 304 is no change and keeps them."""
    stamps = {"ETag": '"v1"', "Last-Modified": "Mon, 05 May 2025 10:00:00 GMT"}
    await followed(world, item("alpha", site.page("alpha")), **stamps)
    for _ in range(2):
        report = await polled(world)
        assert (report.unchanged, report.added, report.problem) == (True, (), None)
        (headers,) = [headers for path, headers in site.asked if path == "/feed"]
        assert (headers["If-None-Match"], headers["If-Modified-Since"]) == tuple(stamps.values())
        site.asked.clear()
    site.feed(item("beta", site.page("beta")), item("alpha", f"{site.root}/alpha"), ETag='"v2"')
    assert [added.article.title for added in (await polled(world)).added] == ["Page of beta"]
    seen(site, "")
    await polled(world)
    assert seen(site, "If-None-Match") == ['"v2"']


async def test_an_etag_that_cannot_be_sent_back_is_dropped(world: World, site: NewsSite) -> None:
    """It would make every later request fail."""
    await followed(world, ETag="\u00e9" * 3)
    assert (await polled(world)).problem is None
    assert seen(site, "If-None-Match") == [None]


@pytest.mark.parametrize("status", [301, 308])
async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(
    world: World, site: NewsSite, status: int
) -> None:
    """The new address is kept once the feed was read there."""
    await followed(world)
    site.refuse("/feed", status, Location="/moved")
    site.refuse("/moved", 500)
    assert (await polled(world)).feed.url == f"{site.root}/feed"
    site.feed(item("alpha", site.page("alpha")), path="/moved")
    assert (await polled(world)).feed.url == f"{site.root}/moved"
    site.paths()
    await polled(world)
    assert site.paths() == ["/moved"]


@pytest.mark.parametrize("chain", [(302, 301), (301, 307), (303, 308)])
async def test_a_temporary_redirect_is_not_kept(world: World, site: NewsSite, chain: tuple[int, int]) -> None:
    """One on the way is enough."""
    await followed(world)
    site.feed(item("alpha", site.page("alpha")), path="/there")
    site.refuse("/feed", chain[0], Location="/hop")
    site.refuse("/hop", chain[1], Location="/there")
    report = await polled(world)
    assert (len(report.added), report.feed.url) == (1, f"{site.root}/feed")


async def test_a_feed_that_moves_to_another_one_is_paused(world: World, site: NewsSite) -> None:
    """Two feeds of a collection are never one address."""
    await followed(world)
    await world.feeds.add(site.feed(path="/other"), PUBLIC_SCOPE)
    site.refuse("/feed", 301, Location="/other")
    world.clock.forward(days=1)
    await world.feeds.poll()
    first, _ = await world.feeds.list(PUBLIC_SCOPE)
    assert first.paused
    assert first.problem is not None and "here already" in first.problem


async def test_failures_wait_longer_each_time(world: World, site: NewsSite) -> None:
    """About 15 minutes, doubling up to a day; the reason is kept, and a success forgets it."""
    await followed(world)
    site.refuse("/feed", 500)
    waits = []
    for failures in range(1, 11):
        world.clock.time = (await the_feed(world)).next_at
        (report,) = await world.feeds.poll()
        assert (
            report.problem == report.feed.problem == "127.0.0.1 answered 500 (Internal Server Error). Try again later."
        )
        assert report.feed.failures == failures
        waits.append((report.feed.next_at - world.clock.time) / timedelta(minutes=1))
    for number, wait in enumerate(waits):
        assert wait == pytest.approx(min(15 * 2**number, 1440), rel=0.101)
    site.feed()
    report = await polled(world)
    assert (report.feed.failures, report.feed.problem, report.problem) == (0, None, None)


async def test_a_feed_that_fails_for_weeks_is_paused_and_can_be_taken_up_again(world: World, site: NewsSite) -> None:
    """After 30 failures it rests; adding it again, or naming it, tries it again."""
    feed = await followed(world)
    body = site.answers["/feed"]
    site.refuse("/feed", 404)
    for _ in range(MOST_FAILURES):
        await polled(world)
    assert (await the_feed(world)).paused
    world.clock.forward(days=9)
    assert await world.feeds.poll() == await world.feeds.poll(due_only=False) == []
    assert await world.feeds.poll(feed_id=feed.id) == []
    site.answers["/feed"] = body
    (report,) = await world.feeds.poll(feed_id=feed.id, due_only=False)
    assert (report.feed.paused, report.feed.problem, report.feed.failures) == (False, None, 0)


async def test_a_feed_that_is_gone_is_paused_at_once(world: World, site: NewsSite) -> None:
    """410 says that it will not come back; adding it again when it does takes it up."""
    feed = await followed(world)
    body = site.answers["/feed"]
    site.refuse("/feed", 410)
    report = await polled(world)
    assert report.feed.paused
    assert report.problem is not None and "410 (Gone)" in report.problem
    site.answers["/feed"] = body
    again = await world.feeds.add(feed.url, PUBLIC_SCOPE)
    assert (again.known, again.feed.paused, again.feed.problem) == (True, False, None)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "minutes"),
    [("7200", 120), (format_datetime(START + timedelta(days=2)), 1440), ("9999999", 1440), ("3", 10), ("soon", 15)],
)
async def test_retry_after_is_honoured(world: World, site: NewsSite, status: int, value: str, minutes: float) -> None:
    """As seconds or as a date, up to a day; one that says nothing is as none."""
    feed = await followed(world)
    dates = "," in value
    site.refuse("/feed", status, Retry_After="Fri, 31 Dec 2100 00:00:00 GMT" if dates else value)
    world.clock.time = feed.next_at
    (report,) = await world.feeds.poll()
    wait = (report.feed.next_at - world.clock.time) / timedelta(minutes=1)
    assert wait == pytest.approx(minutes, rel=0.101 if value == "soon" else 0)


async def test_retry_after_on_other_faults_is_not(world: World, site: NewsSite) -> None:
    """A 404 has no say in it."""
    feed = await followed(world)
    site.refuse("/feed", 404, Retry_After="7200")
    world.clock.time = feed.next_at
    (report,) = await world.feeds.poll()
    assert report.feed.next_at < world.clock.time + timedelta(minutes=17)


@pytest.mark.parametrize(
    ("head", "headers", "minutes"),
    [
        ("", {}, 30),
        ("<ttl>120</ttl>", {}, 120),
        ("<ttl>1</ttl>", {}, 10),
        ("<ttl>99999</ttl>", {}, 1440),
        ("", {"Cache-Control": "public, max-age=3600"}, 60),
        ("<ttl>15</ttl>", {"Cache-Control": "max-age=3600"}, 60),
        ("", {"Cache-Control": "no-cache"}, 30),
    ],
)
async def test_a_feed_says_how_often_it_is_looked_at(
    world: World, site: NewsSite, head: str, headers: dict[str, str], minutes: float
) -> None:
    """Between ten minutes and a day; half an hour when it says nothing. A 304 keeps what the feed said."""
    feed = (await world.feeds.add(site.feed(head=head, ETag='"1"', **headers), PUBLIC_SCOPE)).feed
    assert feed.next_at - START == timedelta(minutes=minutes)
    world.clock.time = feed.next_at - timedelta(seconds=1)
    assert await world.feeds.poll() == []
    report = await polled(world, seconds=1)
    assert report.feed.next_at - world.clock.time == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("body", "says"),
    [("<!doctype html><html><body>Log in</body></html>", "a web page"), ("nonsense", "no feed"), ("{}", "no feed")],
)
async def test_what_is_no_feed_any_more_is_told(world: World, site: NewsSite, body: str, says: str) -> None:
    """A login page where the feed was is named as such, and tried again later."""
    await followed(world)
    site.answers["/login"] = Answer(body)
    site.refuse("/feed", 302, Location="/login")
    report = await polled(world)
    assert report.problem is not None and says in report.problem
    assert (report.feed.failures, report.feed.paused, report.unchanged) == (1, False, False)


async def test_a_missed_time_is_made_up_after_a_restart(tmp_path: Path, site: NewsSite) -> None:
    """When to look next stands in the database."""
    clock = Clock()
    async with a_world(tmp_path, site, clock) as world:
        await followed(world, item("alpha", site.page("alpha")))
    clock.forward(days=3)
    site.feed(item("beta", site.page("beta")))
    async with a_world(tmp_path, site, clock) as world:
        (report,) = await world.feeds.poll()
        assert [added.article.title for added in report.added] == ["Page of beta"]
        assert await world.feeds.poll() == []


async def test_a_changed_entry_becomes_a_new_version(world: World, site: NewsSite) -> None:
    """Another time of change makes the page be read again; what stayed the same is not asked for."""
    alpha, beta = site.page("alpha"), site.page("beta")
    await followed(world, item("alpha", alpha), item("beta", beta))
    site.answers["/alpha"] = Answer(page_html("alpha", story("alpha") + "\nOne thing more came out today, he said."))
    site.feed(item("alpha", alpha, text="Another teaser …"), item("beta", beta))
    report = await polled(world)
    assert [added.outcome.value for added in report.added] == ["updated"]
    assert site.paths() == ["/feed", "/alpha"]
    found = (await articles(world))["Page of alpha"]
    assert found.version == 2
    assert "One thing more" in found.text


async def test_an_entry_that_changes_all_the_time_costs_little(world: World, site: NewsSite) -> None:
    """Its page is read again at longer and longer intervals."""
    alpha = site.page("alpha")
    await followed(world, item("alpha", alpha))
    read = 0
    for number in range(24):
        site.feed(item("alpha", alpha, text=f"Teaser {number} …"))
        world.clock.forward(minutes=31)
        await world.feeds.poll()
        read += site.paths().count("/alpha")
    assert 3 <= read <= 6
