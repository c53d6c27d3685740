"""Fetching again and again: conditions, what an answer says of later, redirects that last, and politeness."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from index.errors import FetchError, UnsupportedError
from index.fetch import Conditions, Fetcher, FetchLimits
from tests.index.feed_site import Answer, NewsSite, a_site

HOSTS = frozenset({"127.0.0.1"})


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with a_site() as site:
        yield site


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher that may reach 127.0.0.1 and does not pause."""
    async with Fetcher(allowed_hosts=HOSTS, limits=FetchLimits(connect=2, total=5, host_pause=0)) as fetcher:
        yield fetcher


async def test_an_answer_tells_how_to_ask_for_it_again(site: NewsSite, fetcher: Fetcher) -> None:
    """Validators and age come with the page."""
    url = site.feed(
        **{"ETag": 'W/"1"', "Last-Modified": "Mon, 05 May 2025 10:00:00 GMT", "Cache-Control": "max-age=60"}
    )
    page = await fetcher.get(url, Conditions())
    assert (page.status, page.etag, page.last_modified) == (200, 'W/"1"', "Mon, 05 May 2025 10:00:00 GMT")
    assert (page.max_age, page.moved_to) == (60.0, None)
    assert page.body.startswith(b"<?xml")


async def test_an_unchanged_page_is_a_304_without_a_body(site: NewsSite, fetcher: Fetcher) -> None:
    """The conditions are sent as they were given, and a 304 is an answer then."""
    url = site.feed(ETag='"1"')
    page = await fetcher.get(url, Conditions('"1"', "Mon, 05 May 2025 10:00:00 GMT"))
    assert (page.status, page.body) == (304, b"")
    headers = site.asked[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Mon, 05 May 2025 10:00:00 GMT")
    assert "application/atom+xml" in headers["Accept"]


@pytest.mark.parametrize("conditions", [None, Conditions()])
async def test_a_304_that_nobody_asked_for_is_an_error(
    site: NewsSite, fetcher: Fetcher, conditions: Conditions | None
) -> None:
    """An empty page is never taken for an unchanged one."""
    site.refuse("/x", 304)
    with pytest.raises(FetchError, match="304"):
        await fetcher.get(f"{site.root}/x", conditions)


@pytest.mark.parametrize(
    ("chain", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307, 308), False), ((), False)],
)
async def test_only_redirects_that_all_last_move_a_page(
    site: NewsSite, fetcher: Fetcher, chain: tuple[int, ...], moved: bool
) -> None:
    """301 and 308 say so; one other on the way is enough to ask the old address again."""
    for number, status in enumerate(chain):
        site.refuse(f"/{number}", status, Location=f"/{number + 1}")
    site.answers[f"/{len(chain)}"] = Answer("<html></html>")
    page = await fetcher.get(f"{site.root}/0")
    assert page.moved_to == (f"{site.root}/{len(chain)}" if moved else None)


async def test_a_refusal_tells_its_status_and_when_to_come_back(site: NewsSite, fetcher: Fetcher) -> None:
    """For those who ask again by themselves."""
    site.refuse("/x", 429, Retry_After="120")
    with pytest.raises(FetchError) as refused:
        await fetcher.get(f"{site.root}/x")
    assert (refused.value.status, refused.value.retry_after) == (429, 120.0)
    with pytest.raises(FetchError) as unreachable:
        await fetcher.get("http://127.0.0.1:9/")
    assert (unreachable.value.status, unreachable.value.retry_after) == (None, None)


@pytest.mark.parametrize(
    "kind",
    ["application/feed+json", "application/json", "application/x-rss+xml", "application/octet-stream", "text/plain"],
)
async def test_feeds_come_under_many_types(site: NewsSite, fetcher: Fetcher, kind: str) -> None:
    """What is a feed, its text tells; articles come under fewer types."""
    site.answers["/x"] = Answer("{}", kind=kind)
    assert (await fetcher.get(f"{site.root}/x", Conditions())).content_type == kind
    if kind != "text/plain":
        with pytest.raises(UnsupportedError):
            await fetcher.get(f"{site.root}/x")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/zip"])
async def test_feeds_do_not_come_under_others(site: NewsSite, fetcher: Fetcher, kind: str) -> None:
    """A picture is not even fetched."""
    site.answers["/x"] = Answer("x", kind=kind)
    with pytest.raises(UnsupportedError):
        await fetcher.get(f"{site.root}/x", Conditions())


async def test_a_host_is_asked_one_thing_at_a_time_with_pauses(site: NewsSite) -> None:
    """Also along redirects, and whoever asks."""
    site.delay = 0.05
    site.refuse("/start", 302, Location="/end")
    for name in ("end", "0", "1", "2"):
        site.page(name)
    async with Fetcher(allowed_hosts=HOSTS, limits=FetchLimits(host_pause=0.1)) as fetcher:
        await asyncio.gather(fetcher.get(f"{site.root}/start"), *(fetcher.get(f"{site.root}/{n}") for n in range(3)))
    assert len(site.spans) == 5
    assert all(begin - end >= 0.09 for (_, end), (begin, _) in pairwise(site.spans))


async def test_waiting_for_the_turn_is_not_time_of_the_request(site: NewsSite) -> None:
    """The limit of a request counts what the site takes, so that politeness makes none fail."""
    site.answers["/x"] = Answer("<html></html>")
    limits = FetchLimits(connect=2, total=0.4, host_pause=0.3)
    async with Fetcher(allowed_hosts=HOSTS, limits=limits) as fetcher:
        pages = await asyncio.gather(*(fetcher.get(f"{site.root}/x") for _ in range(4)))
    assert len(pages) == 4
