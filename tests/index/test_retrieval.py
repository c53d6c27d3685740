"""Dense and lexical search, fused by rank, within the asking chat's scopes."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import QuestionError
from index.ingest import ingest
from index.retrieval import MAX_QUESTION_CHARACTERS, Retriever, checked_question, fuse
from index.types import PUBLIC, Article, Scopes
from tests.index.builders import FERRY, ROCKETS


def fill(retriever: Retriever, *articles: Article, scope: str = "public") -> None:
    list(ingest(articles, scope, retriever.catalog, retriever.store, retriever.embedder))


def test_fusing_adds_reciprocal_ranks() -> None:
    """What both rankings name early wins; ties are in the order of ids."""
    fused = fuse([["a", "b"], ["b", "c"]])
    assert [item for item, _ in fused] == ["b", "a", "c"]
    assert [score for _, score in fused] == pytest.approx([1 / 12 + 1 / 11, 1 / 11, 1 / 12])
    assert [item for item, _ in fuse([["z"], ["y"]])] == ["y", "z"]
    assert fuse([[], []]) == []


def test_the_passage_that_answers_comes_first(retriever: Retriever) -> None:
    """With its article's header and its place in the article's text."""
    fill(retriever, FERRY, ROCKETS)
    best = retriever.retrieve("How many rockets hit the embassy?", PUBLIC)[0]
    assert (best.article_id, best.title, best.source) == ("rockets", ROCKETS.title, ROCKETS.source)
    assert ROCKETS.text[best.start : best.end] == best.text


def test_either_search_alone_finds(retriever: Retriever) -> None:
    """A chunk that the vector index has lost is still found by its words."""
    fill(retriever, ROCKETS)
    retriever.store.drop("public")
    assert [item.article_id for item in retriever.retrieve("rockets embassy", PUBLIC)] == ["rockets"]


def test_a_vector_without_an_article_is_no_evidence(retriever: Retriever) -> None:
    """What the catalog does not have is never returned."""
    fill(retriever, ROCKETS)
    retriever.catalog.remove("rockets", PUBLIC)
    assert retriever.store.count("public") == 1
    assert retriever.retrieve("rockets embassy", PUBLIC) == []


def test_scopes_are_mandatory_and_kept(retriever: Retriever) -> None:
    """There is no default, an empty set is refused, and another chat's articles are never seen."""
    fill(retriever, ROCKETS, scope="chat:1")
    assert inspect.signature(retriever.retrieve).parameters["scopes"].default is inspect.Parameter.empty
    with pytest.raises(ValueError, match="at least one scope"):
        Scopes.of()
    with pytest.raises(ValueError, match="at least one scope"):
        Scopes.of("public", "")
    assert retriever.retrieve("rockets embassy", Scopes.of("public", "chat:2")) == []
    assert len(retriever.retrieve("rockets embassy", Scopes.of("chat:1"))) == 1


def test_a_vector_in_the_wrong_scope_is_checked_again(retriever: Retriever) -> None:
    """Even a chunk of another chat that stands in this chat's collection is not returned."""
    fill(retriever, ROCKETS, scope="chat:1")
    chunk_id = next(iter(retriever.catalog.chunk_ids("chat:1")))
    retriever.store.add([(chunk_id, "x", retriever.embedder.embed_query("rockets embassy"))], "chat:2")
    assert retriever.retrieve("rockets embassy", Scopes.of("chat:2")) == []


def test_an_articles_third_hit_stands_behind_other_articles(retriever: Retriever) -> None:
    """A long article about the topic does not crowd out the others."""
    long = Article("Rockets hit embassy", "Rockets hit the embassy again. " * 400, id="l")
    fill(retriever, long, replace(FERRY, text=f"{FERRY.text} The embassy was told."))
    found = [item.article_id for item in retriever.retrieve("Which rockets hit the embassy?", PUBLIC)]
    assert "ferry" in found[:3]
    assert found.count("l") > 3


def test_no_more_than_k(retriever: Retriever) -> None:
    """The caller gets as many as asked for."""
    fill(retriever, *[Article("Rockets", f"Rocket {n} fell.", id=f"a{n}") for n in range(8)])
    assert len(retriever.retrieve("rocket", PUBLIC, 3)) == 3


def test_fresh_articles_are_preferred_when_it_is_known_when_was_asked(retriever: Retriever) -> None:
    """Of two equal reports the one of the days before the question comes first, none of its future."""
    now = datetime(2024, 6, 1, tzinfo=UTC)
    reports = {"old": -400, "fresh": -2, "later": 30}
    for name, days in reports.items():
        published = now + timedelta(days=days)
        fill(retriever, Article("Rockets", f"Rockets fell here. {name}", id=name, published_at=published))
    fill(retriever, Article("Rockets", "Rockets fell here. undated", id="undated"))
    found = retriever.retrieve("Where did rockets fall?", PUBLIC, asked_at=now)
    assert found[0].article_id == "fresh"
    assert {item.article_id for item in found} == {*reports, "undated"}
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


@pytest.mark.parametrize("question", ["", "   \n", "?!…", "🚀"])
def test_an_empty_question_is_refused(question: str) -> None:
    """A question needs a word."""
    with pytest.raises(QuestionError, match="The question is empty"):
        checked_question(question)


def test_a_question_over_the_limit_is_refused_with_both_numbers() -> None:
    """The asker learns how long it was and how long it may be."""
    assert checked_question("a" * MAX_QUESTION_CHARACTERS) == "a" * 2000
    with pytest.raises(QuestionError, match=r"has 5,000 characters; askwire reads up to 2,000"):
        checked_question("a" * 5000)


def test_white_space_and_broken_characters_are_put_right() -> None:
    """Line breaks become blanks, half a surrogate pair becomes a question mark."""
    assert checked_question("  How\nmany\t rockets? ") == "How many rockets?"
    assert checked_question("rockets \ud83d") == "rockets ?"
