"""Times, author, language and price of an article, as its page's markup tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from index.sources.pages import page_article
from index.types import Article
from tests.index.sources.web_pages import GERMAN, LEAD, MORE, json_ld, page

LINK = "https://www.daily.example/a/1"
NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)


LISTED = (
    '<script type="application/ld+json">[{"@type":"Organization"},{"@graph":[{"@type":["NewsArticle"],'
    '"datePublished":"2024-05-02T12:00:00Z"}]}]</script>'
)


def read(head: str = "", *, link: str = LINK, lang: str = "en", text: str = LEAD) -> Article:
    """The article of a page with this in its head."""
    return page_article(page(text, MORE, head=head, lang=lang), link)


def at(*numbers: int) -> datetime:
    """A moment in UTC."""
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]  # a star cannot be counted


def meta(name: str, content: str) -> str:
    """A meta tag with a property."""
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    "head",
    [
        json_ld(datePublished="2024-05-02T14:00:00+02:00"),
        meta("article:published_time", "2024-05-02T12:00:00Z"),
        meta("article:published_time", "2024-05-02T12:00:00.000Z"),
        '<meta name="parsely-pub-date" content="2024-05-02T08:00:00-04:00">',
        '<meta itemprop="datePublished" content="Thu, 02 May 2024 14:00:00 +0200">',
        json_ld(datePublished="2024-05-02") + meta("article:published_time", "2024-05-02T12:00:00Z"),
        '<script type="application/ld+json">{broken</script>' + meta("article:published_time", "2024-05-02T12:00:00Z"),
        LISTED,
    ],
)
def test_the_time_of_publishing_has_its_hour_and_zone(head: str) -> None:
    """JSON-LD and meta tags are read to the minute, in UTC; a time outweighs a mere day."""
    assert read(head).published_at == NOON


def test_a_time_element_gives_the_time_when_the_head_does_not() -> None:
    """Some sites mark it only in the text."""
    html = page(LEAD, MORE).replace(
        "<h1>", '<time itemprop="datePublished" datetime="2024-05-02T12:00:00Z"></time><h1>'
    )
    assert page_article(html, LINK).published_at == NOON


def test_a_day_in_the_link_outweighs_a_time_of_another_day() -> None:
    """A site that moved to a new system stamps its old articles with the day of the move."""
    moved = json_ld(datePublished="2024-05-02T12:00:00Z")
    assert read(moved, link="https://daily.example/2019/03/04/rockets").published_at == datetime(2019, 3, 4, tzinfo=UTC)
    assert read(moved, link="https://daily.example/2024/05/02/rockets").published_at == NOON
    assert read(moved, link="https://daily.example/2024/05/03/rockets").published_at == NOON
    assert read(moved, link="https://daily.example/story-20190304").published_at == NOON


def test_a_time_to_come_is_passed_over() -> None:
    """Nothing is published tomorrow."""
    later = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}"
    assert read(json_ld(datePublished=later)).published_at is None


PUBLISHED = meta("article:published_time", "2024-05-02T12:00:00Z")


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        (
            json_ld(datePublished="2024-05-02T12:00:00Z", dateModified="2024-05-05T09:30:00Z"),
            at(2024, 5, 5, 9, 30),
        ),
        (PUBLISHED + meta("article:modified_time", "2024-05-02T12:06:00Z"), at(2024, 5, 2, 12, 6)),
        (PUBLISHED + meta("og:updated_time", "2024-05-03T00:00:00+02:00"), at(2024, 5, 2, 22, 0)),
        (PUBLISHED + meta("article:modified_time", "2024-05-02T12:04:00Z"), None),
        (PUBLISHED + meta("article:modified_time", "2024-05-01T12:00:00Z"), None),
        (PUBLISHED + meta("article:modified_time", "2999-05-01T12:00:00Z"), None),
        (PUBLISHED, None),
    ],
)
def test_a_later_change_is_known_by_its_time(head: str, updated: datetime | None) -> None:
    """Over five minutes after publishing and not in the future; earlier ones are part of publishing."""
    assert read(head).updated_at == updated


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (json_ld(author={"@type": "Person", "name": "Jane Doe"}), "Jane Doe"),
        (json_ld(author=[{"name": "Jane Doe"}, {"name": "John Roe"}]), "Jane Doe, John Roe"),
        ('<meta name="author" content="By Jane Doe">', "Jane Doe"),
        (meta("article:author", "https://www.facebook.com/jane") + '<meta name="byl" content="Jane Doe">', "Jane Doe"),
        (meta("article:author", "https://www.facebook.com/jane"), None),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="daily.example">', None),
        (meta("og:site_name", "The Daily") + '<meta name="author" content="The Daily">', None),
        (json_ld(author={"name": "<b>x</b>"}), None),
        (json_ld(author={"name": "x" * 500}), None),
        ("", None),
    ],
)
def test_the_author_is_a_name_or_nobody(head: str, author: str | None) -> None:
    """Links, placeholders and the site's own name are no author."""
    assert read(head).author == author


@pytest.mark.parametrize(
    ("lang", "head", "text", "code"),
    [
        ("en-GB", "", LEAD, "en"),
        ("de", "", GERMAN, "de"),
        ("", meta("og:locale", "de_DE"), GERMAN, "de"),
        ("", json_ld(inLanguage="de"), GERMAN, "de"),
        ("en", "", "Три ракеты упали в воскресенье вечером рядом с посольством, сообщила полиция. " * 4, None),
        ("ru", "", LEAD, None),
        ("", "", LEAD, None),
        ("x-default", "", LEAD, None),
    ],
)
def test_the_language_is_what_the_page_says_unless_its_letters_deny_it(
    lang: str, head: str, text: str, code: str | None
) -> None:
    """Many systems mark every page as English; a text in other letters is not."""
    html = page(text, text, head=head, lang=lang)
    assert page_article(html, LINK).language == code


ODD = (
    "[" * 50_000,
    '{"@graph":' * 3000,
    "null",
    "7",
    '{"@type":{"a":1}}',
    '{"@type":["NewsArticle"],"isAccessibleForFree":{},"hasPart":[7],"author":7,"wordCount":"many"}',
)


@pytest.mark.parametrize("script", ODD)
def test_odd_json_ld_does_no_harm(script: str) -> None:
    """Whatever stands in the script, the article is read."""
    article = read(f'<script type="application/ld+json">{script}</script>')
    assert article.text.startswith("Three rockets")
    assert (article.published_at, article.author) == (None, None)
