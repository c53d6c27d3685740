"""What an entry's words are, and whether they are the whole story."""

from __future__ import annotations

import time

import pytest

from index.sources.feed_text import is_whole, plain_line, plain_text, without_footer

SENTENCE = "The council met on Monday and spoke about the ferry. "


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("One &amp; two", "One & two"),
        ("<p>One</p><p>two <b>three</b></p>", "One\ntwo three"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>One</li><li>two</li></ul>", "One\ntwo"),
        ("<p>One<script>alert('x')</script><style>p {}</style></p>", "One"),
        ("<p>3 < 4 and so on", "3 < 4 and so on"),
        ("", ""),
    ],
)
def test_html_becomes_lines_of_words(markup: str, text: str) -> None:
    """Each block is a line; scripts and styles say nothing."""
    assert plain_text(markup) == text


@pytest.mark.parametrize("tag", ["<b>", "<p>", "<div>", "<!--", "<a href='", "&#x", "<script>"])
def test_hostile_html_takes_no_time(tag: str) -> None:
    """100,000 tags that never close are read in about a second."""
    start = time.monotonic()
    plain_text(tag * 100_000 + "x")
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("AT&amp;T", "AT&T"),
        ("It&amp;#8217;s", "It’s"),
        ("<b>Big</b> news", "Big news"),
        ("a < b", "a < b"),
        ("a &lt; b", "a < b"),
        ("The &lt;i&gt;Marta&lt;/i&gt; sails", "The Marta sails"),
    ],
)
def test_titles_lose_escapes_and_tags(title: str, line: str) -> None:
    """Escapes are undone as often as publishers make them; a sign for "less than" stays."""
    assert plain_line(title) == line


def test_plain_titles_keep_what_looks_like_a_tag() -> None:
    """In a title declared as plain text only tags that format words are taken for tags."""
    assert plain_line("How <Vec> differs from <i>list</i>", is_html=False) == "How <Vec> differs from list"


@pytest.mark.parametrize(
    "end",
    [
        "and so on…", "and so on ...", "and so on [...]", "and so on […]", "Read more »", "[…] Continue reading →",
        "\nContinue reading Ferry runs aground", "\nRead the full story at News", "\nWeiterlesen",
        "\nLire la suite", "\nLeer más", "\nSelengkapnya", "\nЧитать далее →", "\nاقرأ المزيد", "(more…)",
    ],
)  # fmt: skip
def test_a_text_that_goes_on_elsewhere_is_a_teaser(end: str) -> None:
    """However long, in each of the bot's languages."""
    assert not is_whole(SENTENCE * 40 + end, from_content=True)


def test_how_long_a_whole_text_is() -> None:
    """Content is believed from 200 characters on, a summary from 1,000."""
    assert is_whole(SENTENCE * 4, from_content=True)
    assert not is_whole(SENTENCE * 3, from_content=True)
    assert is_whole(SENTENCE * 19, from_content=False)
    assert not is_whole(SENTENCE * 18, from_content=False)
    assert is_whole(SENTENCE * 19 + "\nThey read more than one report, he said.", from_content=False)


@pytest.mark.parametrize(
    "footer",
    [
        "The post Ferry runs aground appeared first on Harbour News.",
        "Der Beitrag Fähre läuft auf erschien zuerst auf Hafenblatt.",
        "La entrada El ferri se publicó primero en El Puerto.",
        "Запись Паром впервые появилась на Порт.",
    ],
)
def test_the_line_of_the_blog_software_goes(footer: str) -> None:
    """It is no word of the article."""
    assert without_footer(f"{SENTENCE}\n{footer}") == SENTENCE.strip()
    assert without_footer(SENTENCE + footer) == SENTENCE.strip()
    assert without_footer(SENTENCE) == SENTENCE
