"""Chunks lie exactly where they say they do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import chunk_article, embedding_text
from tests.index.builders import ROCKETS, make_article

PIECES = st.sampled_from(
    [
        "Three rockets fell. ",
        "One person was hurt.",
        "\n\n",
        "\r\n\r\n",
        "\n\n\n\n",
        "\t",
        "🚀🇮🇶 ",
        "שלום עולם. ",
        "مرحبا بالعالم؟ ",
        "e\u0301te\u0301 ",
        "Mr. X said “No. Never.” ",
        "a" * 70 + " ",
        "\u3000",
        "\u2028",
        "日本語の文章です。",
    ]
)


def nothing_lost(text: str, size: int) -> None:
    """Checks every promise of chunking for one text."""
    article = make_article(text)
    chunks = chunk_article(article, size)
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    assert all(one.end <= other.start for one, other in pairwise(chunks))
    assert "".join("".join(chunk.text for chunk in chunks).split()) == "".join(text.split())
    assert [chunk.position for chunk in chunks] == list(range(len(chunks)))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from([40, 100, 1000]))
def test_chunks_are_the_articles_text_at_their_place(text: str, size: int) -> None:
    """`text[start:end]` is the chunk, in order, and nothing but white space is left out."""
    nothing_lost(text, size)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_chunked(text: str) -> None:
    """The same holds for any characters at all."""
    nothing_lost(text, 50)


def test_a_repeated_paragraph_has_its_own_place_each_time() -> None:
    """The second copy of a paragraph does not point at the first."""
    paragraph = "The same words stand here again and again, said the editor.\n\n"
    chunks = chunk_article(make_article(paragraph * 6), 70)
    assert len({chunk.start for chunk in chunks}) == len(chunks) == 6


def test_chunks_keep_to_their_size_and_end_with_sentences() -> None:
    """A long article becomes chunks of at most the size, cut between sentences."""
    text = " ".join(f"Sentence number {n} of this long article ends here." for n in range(100))
    chunks = chunk_article(make_article(text), 300)
    assert all(len(chunk.text) <= 300 and chunk.text.endswith("here.") for chunk in chunks)
    assert len(chunks) > 10


def test_a_sentence_longer_than_a_chunk_is_cut() -> None:
    """A text without any end of sentence still becomes chunks."""
    assert len(chunk_article(make_article("word " * 1000), 500)) >= 10


def test_ids_are_stable_and_name_the_version() -> None:
    """Chunking the same version twice gives the same ids; they hold the article's id and version."""
    first, second = chunk_article(ROCKETS, 80), chunk_article(ROCKETS, 80)
    assert first == second
    assert [chunk.id for chunk in first][:2] == ["rockets-1-0", "rockets-1-1"]


@pytest.mark.parametrize("text", ["", "   \n\n\t "])
def test_a_text_without_words_has_no_chunks(text: str) -> None:
    """White space alone is nothing to index."""
    assert chunk_article(make_article(text)) == []


def test_the_title_is_embedded_with_each_chunk() -> None:
    """What is embedded begins with the title."""
    assert embedding_text(ROCKETS.title, ROCKETS.text).startswith("Rockets hit embassy canteen\nSmoke")
