"""A forwarded post becomes an article with a title of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import UnreadableError
from index.sources.posts import read_post

AT = datetime(2020, 1, 26, 19, 30, tzinfo=UTC)


def test_a_post_keeps_its_whole_text_and_origin() -> None:
    """The first line is the title and stays in the text; origin, time and link are kept."""
    text = "Three rockets hit the embassy\n\nNobody died, the ministry said."
    article = read_post(f"\n{text} ", origin="Baghdad\nNews", posted_at=AT, link="https://t.me/bn/7")
    assert (article.title, article.text) == ("Three rockets hit the embassy", text)
    assert (article.source, article.published_at, article.url) == ("Baghdad News", AT, "https://t.me/bn/7")


def test_a_long_first_line_gives_its_first_sentence_as_title() -> None:
    """A post without a headline is titled by what it says first."""
    first = "Three rockets fell near the U.S. embassy in Baghdad on Sunday evening."
    article = read_post(f"{first} {'More was said later. ' * 10}", origin=None, posted_at=None, link=None)
    assert article.title == first
    assert (article.source, article.published_at, article.url) == (None, None, None)


def test_a_title_has_at_most_120_characters() -> None:
    """An endless sentence is cut between words."""
    article = read_post("rocket " * 60, origin=None, posted_at=None, link=None)
    assert len(article.title) <= 120
    assert article.title.endswith("rocket…")


def test_a_first_line_of_signs_is_no_title() -> None:
    """A row of emoji above the text is passed over for the title but kept in the text."""
    article = read_post("🚀🚀🚀\nThree rockets hit the embassy", origin=None, posted_at=None, link=None)
    assert article.title == "Three rockets hit the embassy"
    assert article.text.startswith("🚀")


@pytest.mark.parametrize(
    "text",
    ["", " \n", "Wow!", "1234567890 1234567890", "https://example.com/a/very/long/link/indeed", "🚀" * 40],
)
def test_a_post_without_words_is_refused(text: str) -> None:
    """Fewer than 20 letters besides links answer no question."""
    with pytest.raises(UnreadableError, match="too little text"):
        read_post(text, origin="x", posted_at=AT, link=None)


def test_an_unsafe_link_is_dropped() -> None:
    """A post's link is a web link or none."""
    article = read_post("Three rockets hit the embassy", origin=None, posted_at=None, link="javascript:alert(1)")
    assert article.url is None


def test_a_post_may_name_its_author_and_when_it_was_edited() -> None:
    """Both are optional, and the author's name is one line."""
    post = read_post(
        "Three rockets hit the embassy",
        origin="Baghdad News",
        posted_at=AT,
        link=None,
        author="Jane\nDoe",
        updated_at=AT,
    )
    assert (post.author, post.updated_at) == ("Jane Doe", AT)
    assert read_post("Three rockets hit the embassy", origin=None, posted_at=None, link=None).author is None
