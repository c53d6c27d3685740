"""Lexical retrieval over the catalog's full-text index."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import lexical
from index.catalog import Catalog
from index.lexical import document_counts, inverse_document_frequencies, lexical_search, question_weights
from index.types import PUBLIC, Article, Scopes
from index.words import stems
from tests.index.builders import FERRY, ROCKETS
from tests.index.test_catalog import save


@pytest.fixture
def filled(catalog: Catalog) -> Catalog:
    save(catalog, ROCKETS, size=1000)
    save(catalog, FERRY, size=1000)
    save(catalog, Article("Chat", "Rockets in the chat.", id="chat"), "chat:1")
    return catalog


def found(catalog: Catalog, query: str, scopes: Scopes = PUBLIC) -> list[str]:
    return [chunk_id for chunk_id, _ in lexical_search(catalog, query, scopes, 10)]


def test_any_word_finds_the_best_first(filled: Catalog) -> None:
    """Words are alternatives; the chunk with the rarer ones wins, scores fall."""
    results = lexical_search(filled, "Which rockets hit the embassy?", PUBLIC, 10)
    assert [chunk_id for chunk_id, _ in results] == ["rockets-1-0", "ferry-1-0"]
    assert results[0][1] > results[1][1] > 0


def test_forms_and_accents_make_no_difference(filled: Catalog) -> None:
    """Stems and folded letters meet."""
    assert found(filled, "ROCKET") == found(filled, "rockéts") == ["rockets-1-0"]


def test_a_scope_is_closed_to_others(filled: Catalog) -> None:
    """Only chunks of the asked scopes are found."""
    assert found(filled, "rockets", Scopes.of("chat:1")) == ["chat-1-0"]
    assert found(filled, "ferry", Scopes.of("chat:1")) == []
    assert set(found(filled, "rockets", Scopes.of("chat:1", "public"))) == {"chat-1-0", "rockets-1-0"}


@pytest.mark.parametrize(
    "query",
    [
        'rockets" OR "ferry',
        "rockets NOT embassy",
        "rockets AND ferry",
        "NEAR(rockets ferry)",
        "text:rockets",
        "rockets*",
        "(rockets",
        "^rockets",
        "'; DROP TABLE chunks; --rockets",
        "rockets -embassy",
        "{text} : rockets",
    ],
)
def test_query_syntax_is_only_words(filled: Catalog, query: str) -> None:
    """Nothing that a question holds works as a command of the search."""
    assert "rockets-1-0" in found(filled, query)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_any_question_can_be_searched(filled: Catalog, query: str) -> None:
    """No text makes the search fail."""
    lexical_search(filled, query, PUBLIC, 3)


def test_no_words_find_nothing(filled: Catalog) -> None:
    """A query without a word matches no chunk."""
    assert found(filled, "?!") == []


def test_titles_weigh_more(catalog: Catalog) -> None:
    """A word of the title counts twice."""
    save(catalog, Article("Rockets", "The ferry sails today again.", id="title"))
    save(catalog, Article("The ferry sails", "Rockets fall today again.", id="text"))
    assert found(catalog, "rockets")[0] == "title-1-0"


def test_rare_stems_weigh_most(filled: Catalog) -> None:
    """The weight falls with the number of chunks that hold a stem, over all scopes."""
    weights = inverse_document_frequencies(filled, ["rocket", "ferri", "nowher", "rocket"])
    assert list(weights) == ["rocket", "ferri", "nowher"]
    assert weights["nowher"] == pytest.approx(math.log(1 + 4 / 0.5))
    assert weights["ferri"] == pytest.approx(math.log(1 + 4 / 1.5))
    assert weights["nowher"] > weights["ferri"] > weights["rocket"] > 0


def test_no_stems_have_no_weights(filled: Catalog) -> None:
    """An empty list is answered without asking."""
    assert inverse_document_frequencies(filled, []) == {}


def test_a_questions_weights_are_those_of_its_content_words(filled: Catalog) -> None:
    """Stop words have none, unless there is nothing else."""
    assert list(question_weights(filled, "How many rockets were there?")) == ["rocket"]
    assert list(question_weights(filled, "Who was it?")) == ["who", "was", "it"]


def test_chunks_are_counted_by_stem(filled: Catalog) -> None:
    """Over all scopes; a stem that no chunk holds is left out."""
    assert document_counts(filled, ["rocket", "ferri", "nowher"]) == {"rocket": 2, "ferri": 1}
    assert document_counts(filled, []) == {}


@pytest.fixture
def ships(tmp_path: Path) -> Iterator[Catalog]:
    """Five articles on ships in SQLite, of which each tells another word too, and one of all."""
    catalog = Catalog(tmp_path / "askwire.db")
    for n, word in enumerate(["harbour", "sandbank", "captain", "engine", "cargo"]):
        save(catalog, Article(f"Note {n}", f"The ship and the {word}.", id=word))
    yield catalog
    catalog.close()


def test_a_word_that_too_many_chunks_hold_is_not_searched_for(ships: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rarest words are, as long as they match few enough together; without the bound all are."""
    query = "ship harbour sandbank captain engine"
    assert len(found(ships, query)) == 5
    monkeypatch.setattr(lexical, "_MATCHES", 4)
    assert set(found(ships, query)) == {"harbour-1-0", "sandbank-1-0", "captain-1-0", "engine-1-0"}


def test_three_words_are_always_searched_for(ships: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many chunks hold them: a question of common words finds something."""
    monkeypatch.setattr(lexical, "_MATCHES", 0)
    assert len(found(ships, "ship harbour sandbank")) == 5
    assert set(found(ships, "ship harbour sandbank captain")) == {"harbour-1-0", "sandbank-1-0", "captain-1-0"}


def test_other_chats_chunks_take_no_places(catalog: Catalog) -> None:
    """However many of another scope rank before it, a chunk is found, with the score that it has among all."""
    for n in range(9):
        save(catalog, Article("Rockets", "Rockets, rockets.", id=f"chat{n}"), "chat:1")
    save(catalog, Article("A note", "One of the rockets fell into the sea far away.", id="public"))
    everything = dict(lexical_search(catalog, "rockets", Scopes.of("public", "chat:1"), 10))
    assert min(everything, key=everything.__getitem__) == "public-1-0"
    ((only, score),) = lexical_search(catalog, "rockets", PUBLIC, 1)
    assert only == "public-1-0"
    assert score == pytest.approx(everything[only])


def test_stems_are_those_of_the_full_text_index(catalog: Catalog) -> None:
    """Else a common word would be looked up in vain and taken for a rare one."""
    text = """technology technologies assembly apologies possibly incredibly analogy logic dialogue us is as oil gas
        injured injuries rockets embassies running agreed protesters national generously ably nobly troubled sky skies
        Iraqi Baghdad demonstrators responsibility militants canteen vehicles 5200 résumé überall O'Brien"""
    save(catalog, Article("Words", text, id="words"), size=1000)
    stemmed = set(stems(f"Words {text}", keep_stop_words=True))
    weights = inverse_document_frequencies(catalog, sorted(stemmed))
    assert {term for term, weight in weights.items() if weight > 1} == set()
