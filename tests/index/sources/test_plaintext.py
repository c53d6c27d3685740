"""Plain text and Markdown keep the author's words; the first line is the title."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.sources.files import read_articles
from index.sources.plaintext import split_front_matter, text_article

SEED = Path(__file__).parents[4] / "shared" / "seed" / "embassy-rockets.txt"


def test_the_seed_article_is_read_without_its_web_page_leftovers() -> None:
    """Title and text are the article's, and the reply form at its end is gone."""
    if not SEED.exists():
        pytest.skip("the seed article is not beside this checkout")
    (article,) = read_articles(SEED)
    assert article.title == "US Embassy in Iraq Office Hit by Three Rockets, No Casualties"
    assert article.text.startswith("Tension in Iraq has not yet been resolved. On Sunday (1/26) three rockets fell")
    assert article.text.endswith("broke out on October 1, 2019.")
    assert article.text in SEED.read_text(encoding="utf-8")
    assert (article.source, article.url, article.published_at, article.id) == (None, None, None, "")


def test_the_first_written_line_is_the_title_and_leaves_the_text() -> None:
    """The text is the rest, exactly as written between its first and last character."""
    article = text_article("\n\n  Three rockets  hit \r\n\r\n  First  line.\r\n\tSecond – “line”.\n\n", "a.txt")
    assert article.title == "Three rockets hit"
    assert article.text == "First  line.\n\tSecond – “line”."


def test_a_paragraph_as_first_line_stays_in_the_text() -> None:
    """A first line of over 200 characters titles by its beginning and is not lost."""
    line = "Three rockets fell near the embassy on Sunday. " * 6
    article = text_article(f"{line}\nMore.", "a.txt")
    assert len(article.title) <= 120
    assert article.text == f"{line}\nMore."


def test_a_single_line_is_title_and_text() -> None:
    """A text of one line can still be quoted."""
    article = text_article("Three rockets hit the embassy.", "a.txt")
    assert article.title == article.text == "Three rockets hit the embassy."


def test_a_line_of_signs_is_no_title() -> None:
    """A rule above the headline is passed over."""
    assert text_article("=====\nThree rockets hit\n=====\nText.", "a.txt").title == "Three rockets hit"


@pytest.mark.parametrize("heading", ["# Three rockets hit", "## Three rockets hit ##", "Three rockets hit"])
def test_a_markdown_heading_is_the_title_without_its_signs(heading: str) -> None:
    """The heading's signs go, the Markdown in the text stays."""
    article = text_article(
        f"{heading}\n\nSome **bold** text with a [link](https://a.b).\n\n## Part\n", "a.md", markdown=True
    )
    assert article.title == "Three rockets hit"
    assert article.text == "Some **bold** text with a [link](https://a.b).\n\n## Part"


def test_front_matter_names_title_dates_source_author_language_and_link() -> None:
    """What stands between the two lines is taken over, with or without quotation marks."""
    text = (
        '---\ntitle: "Rockets: three of them"\ndate: 2020-01-26T19:30:00+03:00\nSource: AFP\n'
        "url: https://news.example/a\nauthor: Jane Doe\nlang: en\nupdated: 2020-01-27\n"
        "tags:\n  - iraq\n# a remark\n---\n\nThe text.\n\n---\n\nMore: text."
    )
    article = text_article(text, "a.md", markdown=True)
    assert article.title == "Rockets: three of them"
    assert article.text == "The text.\n\n---\n\nMore: text."
    assert article.published_at == datetime(2020, 1, 26, 16, 30, tzinfo=UTC)
    assert (article.source, article.url) == ("AFP", "https://news.example/a")
    assert (article.author, article.language) == ("Jane Doe", "en")
    assert article.updated_at == datetime(2020, 1, 27, tzinfo=UTC)


def test_a_heading_that_repeats_the_front_matters_title_leaves_the_text() -> None:
    """The same title is not both the title and the first words; another heading stays."""
    front = "---\ntitle: Three rockets hit\n---\n"
    assert text_article(f"{front}# Three rockets hit\n\nText.", "a.md", markdown=True).text == "Text."
    assert text_article(f"{front}# Background\n\nText.", "a.md", markdown=True).text == "# Background\n\nText."


def test_front_matter_with_bad_values_keeps_the_article() -> None:
    """An unreadable date or an unsafe link is left out, and no more."""
    article = text_article("---\ndate: soon\nurl: javascript:alert(1)\n---\nTitle\n\nText.", "a.md", markdown=True)
    assert (article.title, article.text, article.published_at, article.url) == ("Title", "Text.", None, None)


@pytest.mark.parametrize(
    "text", ["---\nnot a pair\n---\nText", "---\ntitle: never closed\n", "Text\n---\na: b\n---\n", "--- \n"]
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    """A rule across the page is not taken for metadata."""
    assert split_front_matter(text) == ({}, text)


def test_plain_text_has_no_front_matter() -> None:
    """In a text file the same lines are text, so nothing can pass for another source's article there."""
    assert text_article("---\nsource: AFP\n---\nTitle\nText", "a.txt").source is None


@pytest.mark.parametrize("text", ["", "\n\n", "---\n***\n", "---\nsource: AFP\n---\n\n"])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    """There is nothing to answer from."""
    with pytest.raises(UnreadableError, match=r"a\.md is empty"):
        text_article(text, "a.md", markdown=True)


def test_a_first_line_that_is_a_sentence_stays_in_the_text() -> None:
    """Prose without a headline loses nothing that could be quoted."""
    article = text_article("The library opens at nine.\nIt closes at six.", "library.txt")
    assert article.title == "The library opens at nine."
    assert article.text == "The library opens at nine.\nIt closes at six."
