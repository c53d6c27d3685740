"""How entries are taken in: a few at a time, each once, and that a crash loses none."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from index.errors import ModelUnavailableError
from index.feed_catalog import FeedCatalog
from index.feed_intake import ENTRIES_AT_ONCE
from index.feeds import FIRST_READING
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC, PUBLIC_SCOPE, AddOutcome, Article
from tests.index.feed_site import Answer, Clock, NewsSite, World, a_world, item, story


async def test_a_busy_site_is_left_alone(world: World, site: NewsSite) -> None:
    """After a 429 no other page of the feed is asked for, and that one not before the time it names."""
    names = [f"n{number}" for number in range(5)]
    for name in names:
        site.refuse(f"/{name}", 429, Retry_After="7200")
    await world.follow(*(item(name, f"{site.root}/{name}") for name in names))
    (first,) = site.paths()[1:]
    site.page(first.strip("/"))
    await world.look(minutes=100)
    assert first not in site.paths()
    await world.look(minutes=21)
    assert first in site.paths()


async def test_the_rest_of_a_long_feed_follows(world: World, site: NewsSite) -> None:
    """At first the newest pages are fetched, as many as one waits for; the others come with later looks, each once."""
    names = [f"n{number:02}" for number in range(70)]
    dates = {
        name: f"Mon, 05 May 2025 {10 - number // 60:02}:{59 - number % 60:02}:00 GMT"
        for number, name in enumerate(names)
    }
    added = await world.follow(*(item(name, site.page(name), pubDate=dates[name]) for name in names))
    assert [one.article.title for one in added.report.added] == [f"Page of {name}" for name in names[14::-1]]
    assert len(added.report.added) == FIRST_READING.pages
    assert (added.feed.next_at - world.clock.time).total_seconds() == 600
    assert len((await world.look(minutes=10)).added) == ENTRIES_AT_ONCE
    last = await world.look(minutes=10)
    assert (len(last.added), last.feed.articles) == (5, 70)
    assert (last.feed.next_at - world.clock.time).total_seconds() == 1800
    pages = [path for path in site.paths() if path != "/feed"]
    assert len(pages) == len(set(pages)) == 70


async def test_reading_is_bounded_in_time(world: World, site: NewsSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there was no time for waits, and is no failure."""
    monkeypatch.setattr("index.feeds.FIRST_READING", type(FIRST_READING)(pages=15, seconds=0.0))
    added = await world.follow(item("alpha", site.page("alpha")))
    assert (added.report.added, added.report.skipped) == ((), 0)
    assert len((await world.look(minutes=10)).added) == 1


async def test_entries_of_a_live_page_each_keep_their_text(world: World, site: NewsSite) -> None:
    """They share one link; a change of one is a new version of that one."""
    link = f"{site.root}/live"
    live = [item(name, f"{link}#{name}", text=story(name), full=True) for name in ("alpha", "beta")]
    await world.follow(*live)
    changed = item("alpha", f"{link}#alpha", text=story("alpha", 14), full=True)
    site.feed(changed, live[1])
    report = await world.look(hours=1)
    assert [added.outcome for added in report.added] == [AddOutcome.UPDATED]
    assert {article.version for article in await world.news.articles(PUBLIC)} == {1, 2}
    assert await world.news.count(PUBLIC) == 2


async def test_an_article_that_was_added_before_is_not_fetched_again(world: World, site: NewsSite) -> None:
    """A link that somebody added is known when a feed has it, unless the publisher changed it since."""
    link = site.page("alpha")
    stored = Article("By hand", story("alpha"), url=link, published_at=datetime(2025, 5, 5, tzinfo=UTC))
    await world.news.add([stored])
    await world.follow(item("alpha", link))
    assert site.paths() == ["/feed"]
    assert (await world.only_article()).title == "By hand"
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>1</id><title>t</title>'
        f'<link href="{escape(link)}"/><published>2025-05-05T00:00:00Z</published>'
        "<updated>2025-05-06T00:00:00Z</updated><summary>Changed …</summary></entry></feed>"
    )
    site.answers["/atom"] = Answer(atom, kind="application/atom+xml")
    await world.feeds.add(f"{site.root}/atom", PUBLIC_SCOPE)
    article = await world.only_article()
    assert (article.title, article.version) == ("Page of alpha", 2)
    assert article.updated_at == datetime(2025, 5, 6, tzinfo=UTC)


async def test_a_removed_article_does_not_come_back(world: World, site: NewsSite) -> None:
    """Somebody removed it: neither the same entry nor a changed one brings it in again."""
    alpha = site.page("alpha")
    await world.follow(item("alpha", alpha))
    article = await world.only_article()
    assert await world.news.remove(article.id, PUBLIC)
    await world.look(days=1)
    site.feed(item("alpha", alpha, text="Changed …"))
    report = await world.look(days=1)
    assert (report.added, report.skipped) == ((), 0)
    assert await world.news.count(PUBLIC) == 0


async def test_new_keys_for_old_entries_are_seen_through(world: World, site: NewsSite) -> None:
    """Some feeds make up a new id at each look; the link tells that the entry is known."""
    alpha = site.page("alpha")
    await world.follow(item("alpha", alpha, guid="random-1"))
    site.feed(item("alpha", alpha, guid="random-2"))
    report = await world.look(days=1)
    assert (report.unchanged, report.added, report.feed.articles) == (True, (), 1)
    assert site.paths() == ["/feed", "/alpha", "/feed"]


class Crash(BaseException):
    """The process ends here."""


async def test_a_crash_after_saving_costs_nothing(
    tmp_path: Path, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is saved and the entry not yet noted: after the restart it is known, once, and not fetched again."""

    def crash(*_: object, **__: object) -> None:
        raise Crash

    url = site.feed(item("alpha", site.page("alpha")), item("beta", site.page("beta")))
    with monkeypatch.context() as patch:
        patch.setattr(FeedCatalog, "note_read", crash)
        async with a_world(tmp_path, site) as world:
            with pytest.raises(Crash):
                await world.feeds.add(url, PUBLIC_SCOPE)
            assert await world.news.count(PUBLIC) == 1
    site.paths()
    async with a_world(tmp_path, site) as world:
        report = await world.look(minutes=10)
        assert sorted(added.outcome.value for added in report.added) == ["added", "duplicate"]
        assert await world.news.count(PUBLIC) == 2
        assert len(site.paths()) == 2


async def test_a_crash_before_reading_costs_nothing(
    tmp_path: Path, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's answer and its entries are kept in one step, so that a later 304 hides none of them."""

    def crash(*_: object, **__: object) -> None:
        raise Crash

    clock = Clock()
    async with a_world(tmp_path, site, clock) as world:
        await world.feeds.add(site.feed(ETag='"1"'), PUBLIC_SCOPE)
        site.feed(item("alpha", site.page("alpha")), ETag='"2"')
        with monkeypatch.context() as patch:
            patch.setattr(FeedCatalog, "waiting", crash)
            with pytest.raises(Crash):
                await world.look(days=1)
    async with a_world(tmp_path, site, clock) as world:
        report = await world.look(minutes=30)
        assert (report.unchanged, len(report.added)) == (True, 1)


async def test_entries_wait_while_the_embedder_is_down(
    world: World, site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no fault of theirs: none is given up, and all come in once it is back."""

    def down(*_: object) -> None:
        raise ModelUnavailableError("The embedder is down.")

    url = site.feed(item("alpha", site.page("alpha")))
    with monkeypatch.context() as patch:
        patch.setattr(FakeEmbedder, "embed", down)
        with pytest.raises(ModelUnavailableError):
            await world.feeds.add(url, PUBLIC_SCOPE)
        for _ in range(5):
            with pytest.raises(ModelUnavailableError):
                await world.look(days=1)
    assert len((await world.look(days=1)).added) == 1


async def test_a_feed_is_read_by_one_at_a_time(world: World, site: NewsSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two polls at once, as of the timer and of a person, take an entry in once."""
    await world.follow()
    site.feed(item("alpha", site.page("alpha")))
    saved = []
    whole = NewsIndex.add

    async def counted(self: NewsIndex, *args: object, **kwargs: object) -> object:
        saved.append(1)
        return await whole(self, *args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(NewsIndex, "add", counted)
    world.clock.forward(days=1)
    first, second = await asyncio.gather(world.feeds.poll(), world.feeds.poll())
    assert (len(first) + len(second), len(saved)) == (1, 1)
    assert site.paths() == ["/feed", "/feed", "/alpha"]
