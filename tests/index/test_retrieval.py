"""Dense and lexical search, fused by rank, within the asking chat's scopes."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index import lexical
from index.catalog import Catalog
from index.errors import QuestionError
from index.ingest import ingest
from index.retrieval import MAX_QUESTION_CHARACTERS, Retriever, Stages, checked_question, fuse
from index.types import PUBLIC, Article, Scopes
from tests.index.builders import FERRY, ROCKETS

LONG = Article("Rockets hit embassy", "Rockets hit the embassy again. " * 400, id="l")


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
    fill(retriever, LONG, replace(FERRY, text=f"{FERRY.text} The embassy was told."))
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


def reported(retriever: Retriever, **published: datetime | None) -> None:
    """Fills in equal reports that differ in their day, each in an article of that name."""
    for name, day in published.items():
        fill(retriever, Article("Rockets", f"Rockets fell here. {name}", id=name, published_at=day))


def test_articles_of_a_stated_time_are_preferred(retriever: Retriever) -> None:
    """The month that the question names goes before the days in which it was asked, also when that is not known."""
    may, june = datetime(2020, 5, 12, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
    reported(retriever, fresh=june - timedelta(days=1), may=may, undated=None)
    for asked_at in (june, None):
        found = retriever.retrieve("Where did rockets fall in May 2020?", PUBLIC, asked_at=asked_at)
        assert found[0].article_id == "may"
        assert len(found) == 3


def test_a_time_that_is_only_wished_new_prefers_the_newest(retriever: Retriever) -> None:
    """ "Latest" states no period; of the weeks before the question the last one counts most."""
    june = datetime(2024, 6, 1, tzinfo=UTC)
    reported(retriever, x=june - timedelta(days=25), fresh=june - timedelta(days=1), y=june - timedelta(days=25))
    found = retriever.retrieve("Where did the latest rockets fall? x y", PUBLIC, asked_at=june)
    assert found[0].article_id == "fresh"


def test_days_are_those_of_the_time_zone(retriever: Retriever) -> None:
    """When it is morning in Tokyo, "yesterday" began before it did in London."""
    asked_at = datetime(2024, 6, 1, 0, 30, tzinfo=UTC)
    reported(retriever, a=datetime(2024, 5, 29, 20, 0, tzinfo=UTC))
    question = "Where did rockets fall yesterday?"
    london, tokyo = (
        replace(retriever, timezone=zone).retrieve(question, PUBLIC, asked_at=asked_at)[0].score
        for zone in ("Europe/London", "Asia/Tokyo")
    )
    assert tokyo > london


def test_articles_of_a_named_source_are_preferred(retriever: Retriever) -> None:
    """By any of the names it goes by; the others stay behind."""
    for name, source in {"a": "BBC News", "b": "Associated Press", "c": "Harbour News"}.items():
        fill(retriever, Article("Rockets", f"Rockets fell. {name}", id=name, source=source))
    for question in ("How many rockets fell according to AP?", "What does the Associated Press say about rockets?"):
        found = retriever.retrieve(question, PUBLIC)
        assert found[0].article_id == "b"
        assert len(found) == 3


ALONE = Stages(dense=False, lexical=False, time=False, diversity=False, rerank=False, joined=False)


def test_each_search_can_be_left_out(retriever: Retriever) -> None:
    """Without the other stages the score is what one rank gives, and none finds nothing."""
    fill(retriever, ROCKETS)
    for stages in (replace(ALONE, dense=True), replace(ALONE, lexical=True)):
        found = replace(retriever, stages=stages).retrieve("rockets embassy", PUBLIC)
        assert [item.score for item in found] == pytest.approx([1 / 11])
    both = replace(ALONE, dense=True, lexical=True)
    assert replace(retriever, stages=both).retrieve("rockets embassy", PUBLIC)[0].score == pytest.approx(2 / 11)
    assert replace(retriever, stages=ALONE).retrieve("rockets embassy", PUBLIC) == []


def test_time_can_be_left_out(retriever: Retriever) -> None:
    """When was asked then changes nothing."""
    june = datetime(2024, 6, 1, tzinfo=UTC)
    reported(retriever, fresh=june - timedelta(days=1), may=datetime(2020, 5, 12, tzinfo=UTC))
    timeless = replace(retriever, stages=Stages(time=False))
    question = "Where did rockets fall in May 2020?"
    assert timeless.retrieve(question, PUBLIC, asked_at=june) == timeless.retrieve(question, PUBLIC)
    assert retriever.retrieve(question, PUBLIC, asked_at=june) != timeless.retrieve(question, PUBLIC, asked_at=june)


def test_diversity_can_be_left_out(retriever: Retriever) -> None:
    """A long article about the topic then crowds out the others."""
    fill(retriever, LONG, replace(FERRY, text=f"{FERRY.text} The embassy was told."))
    alike = replace(retriever, stages=Stages(diversity=False))
    assert {item.article_id for item in alike.retrieve("Which rockets hit the embassy?", PUBLIC, 3)} == {"l"}
    assert {item.article_id for item in retriever.retrieve("Which rockets hit the embassy?", PUBLIC, 3)} == {
        "l",
        "ferry",
    }


def test_joining_can_be_left_out(retriever: Retriever) -> None:
    """Each passage is then one chunk, and else more than that."""
    fill(retriever, LONG)
    single = replace(retriever, stages=Stages(joined=False)).retrieve("rockets embassy", PUBLIC)
    joined = retriever.retrieve("rockets embassy", PUBLIC)
    chunk = max(len(item.text) for item in single)
    assert max(len(item.text) for item in joined) > 2 * chunk
    assert len(single) > len(joined)


def test_ranking_again_can_be_left_out(retriever: Retriever) -> None:
    """It prefers a passage with all of the question's words, wherever the searches put it."""
    fill(retriever, Article("Notes", "Rockets, rockets and rockets. A canteen.", id="part"))
    fill(retriever, Article("Embassy", "Far from the river one or two rockets hit the canteen on Sunday.", id="whole"))
    lexical = replace(ALONE, lexical=True)
    again = replace(lexical, rerank=True)
    question = "Did rockets hit the embassy canteen?"
    plain, ranked = (replace(retriever, stages=stages).retrieve(question, PUBLIC) for stages in (lexical, again))
    before, after = ({item.article_id: item.score for item in found} for found in (plain, ranked))
    assert after["whole"] - before["whole"] > after["part"] - before["part"] > 0


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


def test_words_are_counted_once(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searching and ranking again share the counts; either works without the other."""
    fill(retriever, ROCKETS, FERRY)
    count = lexical.document_counts
    counted: list[list[str]] = []

    def counting(catalog: Catalog, stems: Sequence[str]) -> dict[str, int]:
        counted.append(list(stems))
        return count(catalog, stems)

    monkeypatch.setattr(lexical, "document_counts", counting)
    question = "Which rockets hit the embassy, the rockets?"
    all_steps = retriever.retrieve(question, PUBLIC)
    assert all_steps and counted == [["rocket", "hit", "embassi"]]
    for stages in (Stages(lexical=False), Stages(rerank=False)):
        assert replace(retriever, stages=stages).retrieve(question, PUBLIC)
    assert len(counted) == 3
    assert replace(retriever, stages=Stages(lexical=False, rerank=False)).retrieve(question, PUBLIC)
    assert len(counted) == 3
