"""Which stored article is this one, and what becomes of what was handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.catalog import Catalog
from index.ingest import ingest
from index.providers.fakes import FakeEmbedder
from index.store import VectorStore
from index.types import PUBLIC, Added, Article
from tests.index.builders import ROCKETS

Take = Callable[..., Added]
LONG = " ".join(
    """
    Three rockets hit the American embassy in Baghdad on Sunday evening, two security sources said. One person was
    slightly hurt when the canteen was struck at dinner time. The ministry condemned the attack and promised to find
    those behind it. Nobody has claimed it. The embassy lies in the fortified zone on the river, where such attacks have
    become more frequent over the past months. A spokesman for the coalition declined to comment on the matter. Sirens
    were heard for several minutes, and helicopters circled above the district until late at night. Shops along the main
    road had closed early, and residents said that they had stayed away from their windows all evening.
    """.split()
)
STORY = replace(ROCKETS, text=LONG)
COPY = replace(
    STORY, id="", text=f"{LONG} (Agency)", source="Harbour News", url="https://harbour.example/rockets?utm_source=x"
)
OTHER = replace(
    COPY,
    title="Ferry runs aground",
    text="The ferry Marta hit a sandbank near the old harbour of Split on Thursday. Two people were hurt.",
)


@pytest.fixture
def take(catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> Take:
    """Takes one article in."""

    def run(article: Article, scope: str = "public") -> Added:
        return next(iter(ingest([article], scope, catalog, store, embedder)))

    return run


def test_another_spelling_of_the_address_is_the_same_article(take: Take, catalog: Catalog) -> None:
    """Tracking parameters, the mobile host and AMP lead to one article, whose changes are versions of it."""
    take(replace(STORY, id="", url="https://news.example/rockets"))
    for number, url in enumerate(
        (
            "https://www.news.example/rockets?utm_source=feed",
            "http://m.news.example/rockets/",
            "https://amp.news.example/rockets?amp=1",
        ),
        start=2,
    ):
        added = take(replace(STORY, id="", url=url, text=f"{LONG} Now {number} windows are broken."))
        assert (added.outcome.value, added.article.version, added.article.url) == (
            "updated",
            number,
            "https://news.example/rockets",
        )
    assert catalog.count(PUBLIC) == 1


def test_a_copy_with_small_changes_is_no_second_article(take: Take, catalog: Catalog) -> None:
    """It is the one that is there, which then knows the copy's address."""
    take(STORY)
    added = take(COPY)
    assert (added.outcome.value, added.article.id) == ("duplicate", "rockets")
    assert [place.source for place in added.article.also] == []  # as it was when this one came
    known = catalog.find_same(replace(OTHER, url=COPY.url), "public")
    assert known is not None
    assert (known.article.id, known.way.value) == ("rockets", "other address")
    assert [place.source for place in known.article.also] == ["Harbour News"]


def test_a_copy_that_changes_a_little_stays_a_copy(take: Take) -> None:
    """Another paper's small edit is no new version of the first one's article."""
    take(STORY)
    take(COPY)
    assert take(replace(COPY, text=f"{LONG} (Agency, Harbour)")).outcome.value == "duplicate"


def test_an_address_where_another_story_stands_now_becomes_an_article(take: Take, catalog: Catalog) -> None:
    """The first article is untouched, loses that address, and the new one's changes are its own versions."""
    take(STORY)
    take(COPY)
    added = take(OTHER)
    assert (added.outcome.value, added.article.version) == ("added", 1)
    assert catalog.count(PUBLIC) == 2
    first = catalog.article("rockets", PUBLIC)
    assert first is not None
    assert (first.text, first.also) == (LONG, ())
    again = take(replace(OTHER, text=f"{OTHER.text} Divers look at the hull."))
    assert (again.outcome.value, again.article.id) == ("updated", added.article.id)


def test_a_publisher_that_moves_its_article_updates_it(take: Take, catalog: Catalog) -> None:
    """A second address of the same site with another text is the article's new version."""
    take(STORY)
    take(replace(STORY, id="", url="https://news.example/rockets-hit-embassy"))
    moved = replace(STORY, id="", url="https://news.example/rockets-hit-embassy", text=OTHER.text)
    assert take(moved).outcome.value == "updated"
    assert catalog.count(PUBLIC) == 1


def test_an_older_form_of_an_article_changes_nothing(take: Take, catalog: Catalog) -> None:
    """A copy from a slow cache, with an earlier time of change, does not take the newer text away."""
    first, second = (datetime(2020, 2, day, tzinfo=UTC) for day in (1, 2))
    newer = replace(STORY, text=f"{LONG} It was later said that two were hurt.", updated_at=second)
    take(newer)
    assert take(replace(STORY, updated_at=first)).outcome.value == "duplicate"
    current = catalog.article("rockets", PUBLIC)
    assert current is not None
    assert current.text == newer.text


def test_words_that_an_article_once_had_are_known(take: Take, catalog: Catalog) -> None:
    """A copy of the first version in another paper is recognised after the second came."""
    take(STORY)
    take(replace(STORY, text=OTHER.text))
    assert take(replace(COPY, text=LONG)).outcome.value == "duplicate"
    assert catalog.count(PUBLIC) == 1


def test_copies_in_other_chats_are_nobodys_business(take: Take, catalog: Catalog) -> None:
    """The same story in two chats is an article of each."""
    take(STORY)
    added = take(COPY, scope="chat:1")
    assert (added.outcome.value, added.article.also) == ("added", ())
    first = catalog.article("rockets", PUBLIC)
    assert first is not None
    assert first.also == ()
