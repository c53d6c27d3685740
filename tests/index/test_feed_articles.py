"""What an entry becomes: the page's article, the feed's own text, its summary, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.types import PUBLIC, AddOutcome
from tests.index.feed_site import Answer, NewsSite, World, item, page_html, story

SUMMARY = story("alpha", 3) + " …"


async def test_a_teaser_gives_the_pages_article_with_the_feeds_dates(world: World, site: NewsSite) -> None:
    """Text, title and canonical link are the page's, as `add` of the link gives them; dates and author the feed's."""
    head = f'<link rel="canonical" href="{site.root}/alpha"><meta property="og:site_name" content="The Harbour">'
    site.answers["/alpha-amp"] = Answer(page_html("alpha", story("alpha")).replace("<head>", f"<head>{head}"))
    date = "Mon, 05 May 2025 10:00:00 +0200"
    await world.follow(item("alpha", f"{site.root}/alpha-amp", pubDate=date, author="x@y.example (Ana Kovač)"))
    article = await world.only_article()
    assert (article.title, article.text, article.url) == ("Page of alpha", story("alpha"), f"{site.root}/alpha")
    assert (article.source, article.author) == ("The Harbour", "Ana Kovač")
    assert article.published_at == datetime(2025, 5, 5, 8, tzinfo=UTC)


async def test_a_full_entry_is_taken_without_its_page(world: World, site: NewsSite) -> None:
    """Title, source and language are the feed's; the line of the blog software is no word of it."""
    text = story("alpha") + "\nThe post News of alpha appeared first on Harbour News."
    link = f"{site.root}/alpha"
    await world.follow(item("alpha", link, text=text, full=True), head="<language>en-GB</language>")
    article = await world.only_article()
    assert (article.title, article.text, article.url) == ("News of alpha", story("alpha"), link)
    assert (article.source, article.language) == ("Harbour News", "en")
    assert site.paths() == ["/feed"]


async def test_the_publisher_an_aggregator_names_is_the_source(world: World, site: NewsSite) -> None:
    """Not the aggregator."""
    await world.follow(item("alpha", f"{site.root}/alpha", text=story("alpha"), full=True, source="The Origin"))
    assert (await world.only_article()).source == "The Origin"


async def test_a_page_that_names_the_home_page_as_its_own_keeps_its_link(world: World, site: NewsSite) -> None:
    """Some sites declare the same canonical link everywhere; each article would take the place of the last one."""
    for name in ("alpha", "beta"):
        html = page_html(name, story(name)).replace("<head>", f'<head><link rel="canonical" href="{site.root}/">')
        site.answers[f"/{name}"] = Answer(html)
    await world.follow(*(item(name, f"{site.root}/{name}") for name in ("alpha", "beta")))
    found = await world.news.articles(PUBLIC)
    assert {article.url for article in found} == {f"{site.root}/alpha", f"{site.root}/beta"}
    assert {article.version for article in found} == {1}


async def test_many_links_that_lead_to_one_page_are_one_article(world: World, site: NewsSite) -> None:
    """A consent page that changes each time does not become version after version."""
    bodies = iter(range(9))

    def consent() -> None:
        site.answers["/consent"] = Answer(page_html("consent", story(f"consent {next(bodies)}")), before=consent)

    consent()
    names = ("alpha", "beta", "gamma")
    for name in names:
        site.refuse(f"/{name}", 302, Location="/consent")
    await world.follow(*(item(name, f"{site.root}/{name}") for name in names))
    assert (await world.only_article()).version == 1


@pytest.mark.parametrize("status", [401, 402, 403, 404, 451])
async def test_a_page_that_refuses_leaves_the_summary(world: World, site: NewsSite, status: int) -> None:
    """The summary of a paywalled site becomes the article at once, with the link to the whole."""
    site.refuse("/alpha", status)
    added = await world.follow(item("alpha", f"{site.root}/alpha", text=SUMMARY))
    article = await world.only_article()
    assert (article.title, article.text, article.url) == ("News of alpha", SUMMARY, f"{site.root}/alpha")
    assert (added.report.skipped, added.feed.articles) == (0, 1)


async def test_a_page_that_programs_may_not_read_is_left_alone(world: World, site: NewsSite) -> None:
    """A feed's entries are read as the site's robots.txt allows, which is asked for once."""
    site.answers["/robots.txt"] = Answer("User-agent: askwire\nDisallow: /*/private\n", kind="text/plain")
    site.page("open")
    links = [site.page("paid/private"), f"{site.root}/open"]
    await world.follow(item("paid", links[0], text=SUMMARY), item("open", links[1], text=SUMMARY))
    assert sorted(site.paths()) == ["/feed", "/open", "/robots.txt"]
    texts = [await world.news.article(one.id, PUBLIC) for one in await world.news.articles(PUBLIC)]
    assert sorted(article.text == SUMMARY for article in texts if article) == [False, True]


async def test_a_site_that_cannot_say_what_may_be_read_is_asked_later(world: World, site: NewsSite) -> None:
    """As long as its robots.txt fails, no page is read; then all are."""
    site.page("open")
    site.refuse("/robots.txt", 500)
    await world.follow(item("open", f"{site.root}/open", text=SUMMARY))
    assert "/open" not in site.paths()
    del site.answers["/robots.txt"]
    await world.look(days=1)
    assert "/open" in site.paths()


async def test_a_page_that_needs_scripts_leaves_the_summary(world: World, site: NewsSite) -> None:
    """What the page says instead of an article is never indexed."""
    site.answers["/alpha"] = Answer(
        "<html><body><noscript>Please enable JavaScript to read on.</noscript></body></html>"
    )
    await world.follow(item("alpha", f"{site.root}/alpha", text=SUMMARY))
    assert (await world.only_article()).text == SUMMARY


async def test_a_summary_never_takes_the_place_of_a_text(world: World, site: NewsSite) -> None:
    """When the page of a changed entry refuses, the article stays as it was."""
    link = site.page("alpha")
    await world.follow(item("alpha", link))
    site.refuse("/alpha", 403)
    site.feed(item("alpha", link, text=SUMMARY))
    report = await world.look(hours=1)
    assert (report.added, report.skipped) == ((), 1)
    assert (await world.only_article()).text == story("alpha")


async def test_a_summary_is_brought_up_to_date_by_a_summary(world: World, site: NewsSite) -> None:
    """Where the article is a summary, a later one takes its place."""
    site.refuse("/alpha", 403)
    await world.follow(item("alpha", f"{site.root}/alpha", text=SUMMARY))
    later = "Update: the count is 77 now. " + SUMMARY
    site.feed(item("alpha", f"{site.root}/alpha", text=later))
    report = await world.look(hours=1)
    assert [added.outcome for added in report.added] == [AddOutcome.UPDATED]
    assert (await world.only_article()).text == later


async def test_a_short_teaser_of_a_refusing_page_is_no_article(world: World, site: NewsSite) -> None:
    """It is tried three times more, with growing waits, and then left with its reason counted."""
    for name in ("alpha", "beta"):
        site.refuse(f"/{name}", 403)
    added = await world.follow(*(item(name, f"{site.root}/{name}") for name in ("alpha", "beta")))
    assert (added.report.added, added.report.skipped) == ((), 2)
    (problem,) = added.report.problems
    assert problem.startswith("2 × 127.0.0.1 answered 403 (Forbidden).")
    asked = [site.paths().count("/alpha")]
    for _ in range(40):
        report = await world.look(minutes=31)
        asked.append(site.paths().count("/alpha"))
        assert report.skipped == 2 * asked[-1]
    assert sum(asked) == 4
    assert await world.news.count(PUBLIC) == 0


async def test_a_given_up_entry_is_read_when_it_changes(world: World, site: NewsSite) -> None:
    """A change is a new chance."""
    site.refuse("/alpha", 403)
    await world.follow(item("alpha", f"{site.root}/alpha"))
    for _ in range(5):
        await world.look(days=1)
    site.feed(item("alpha", site.page("alpha"), text="A new teaser …"))
    assert len((await world.look(days=1)).added) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_passing_fault_is_waited_out(world: World, site: NewsSite, status: int) -> None:
    """A page that fails for now is read later, though the summary would do; also when the feed is unchanged."""
    site.refuse("/alpha", status)
    site.feed(item("alpha", f"{site.root}/alpha", text=SUMMARY), ETag='"1"')
    added = await world.feeds.add(f"{site.root}/feed", "public")
    assert (added.report.added, added.report.skipped) == ((), 1)
    site.page("alpha")
    report = await world.look(minutes=31)
    assert (report.unchanged, len(report.added)) == (True, 1)
    assert (await world.only_article()).text == story("alpha")


async def test_a_fault_that_does_not_pass_leaves_the_summary_at_last(world: World, site: NewsSite) -> None:
    """After the last try a summary is better than nothing."""
    site.refuse("/alpha", 500)
    await world.follow(item("alpha", f"{site.root}/alpha", text=SUMMARY))
    reports = [await world.look(hours=9) for _ in range(3)]
    assert [len(report.added) for report in reports] == [0, 0, 1]
    assert (await world.only_article()).text == SUMMARY
