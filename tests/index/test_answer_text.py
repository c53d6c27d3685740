"""The message a reader sees, and the JSON answer of the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer_text import DECLINED, QUOTED, RELATED, answer_json, answer_text
from index.types import Answer, Conflict, ConflictKind, Related, Status, Timings
from tests.index.builders import make_citation, make_evidence

ANSWERED = Answer(
    "How many?",
    Status.ANSWERED,
    short_answer="three",
    citations=(make_citation("Three rockets fell."), make_citation("Two rockets fell.", n=2, article_id="a2")),
)


def test_an_answer_is_the_short_answer_then_its_quotes() -> None:
    """Each quote stands in its own line with its number."""
    assert answer_text(ANSWERED) == "three [1]\n“Three rockets fell.” [1]\n“Two rockets fell.” [2]"


def test_a_written_answer_has_all_its_sentences() -> None:
    """Each checked sentence carries the marks of its citations."""
    written = replace(
        ANSWERED, sentences=(("Three fell.", (1,)), ("Two, says another.", (1, 2))), short_answer="Three fell."
    )
    assert answer_text(written).split("\n")[:2] == ["Three fell. [1]", "Two, says another. [1][2]"]


def test_a_contradiction_comes_before_all_else() -> None:
    """No value is picked silently; with quotes alone it takes the place of their lead."""
    contradicted = replace(ANSWERED, conflicts=(Conflict("two", 2),))
    assert answer_text(contradicted).startswith("Reports differ: three [1], two [2].\n“Three rockets fell.” [1]\n")
    marked = replace(ANSWERED.citations[0], answer_start=0, answer_end=5)
    quoted = replace(contradicted, status=Status.QUOTED, short_answer=None, citations=(marked, ANSWERED.citations[1]))
    assert answer_text(quoted).startswith("Reports differ: Three [1], two [2].\n“Three")


def test_an_update_stands_below_the_short_answer() -> None:
    """The newest value answers, on its own line."""
    updated = replace(ANSWERED, conflicts=(Conflict("two", 2, ConflictKind.UPDATE),))
    assert answer_text(updated).split("\n")[:2] == ["three [1]", "three [1] · earlier, two [2]"]


def test_a_written_answer_keeps_its_first_line() -> None:
    """What other reports say comes behind its sentences."""
    written = replace(ANSWERED, sentences=(("Three fell.", (1,)), ("At night.", (1,))), short_answer="Three fell.")
    lines = answer_text(replace(written, conflicts=(Conflict("two", 2),))).split("\n")
    assert lines[:3] == ["Three fell. [1]", "At night. [1]", "Other reports say two [2]."]


def test_what_there_is_on_the_subject_follows_a_plain_no() -> None:
    """Title, source and date, each on its line; the first line stays word for word."""
    related = (Related("a1", "Rockets hit", None, "AFP", datetime(2020, 1, 26, tzinfo=UTC)), Related("a2", "A vote"))
    answer = Answer("Q?", Status.DECLINED, related=related)
    assert answer_text(answer).split("\n") == [DECLINED, RELATED, "• Rockets hit – AFP, 26 January 2020", "• A vote"]


def test_three_quotes_are_shown() -> None:
    """An answer of several values may have more of them among its citations."""
    many = replace(ANSWERED, citations=tuple(make_citation(f"Quote {n}.", n=n) for n in range(1, 6)))
    assert answer_text(many).split("\n") == ["three [1]", "“Quote 1.” [1]", "“Quote 2.” [2]", "“Quote 3.” [3]"]


def test_quotes_and_declining_have_their_own_lead() -> None:
    """Without a short answer the reader hears why."""
    quoted = replace(ANSWERED, status=Status.QUOTED, short_answer=None)
    assert answer_text(quoted).startswith(f"{QUOTED}\n“Three")
    assert answer_text(Answer("Q?", Status.DECLINED)) == DECLINED


def test_a_notice_comes_last_and_is_never_cut_off() -> None:
    """That a model could not be reached is said even when quotes fill the message."""
    noticed = replace(ANSWERED, notice="The model is down.", citations=(make_citation("word " * 150),) * 3)
    text = answer_text(noticed)
    assert text.endswith("\nThe model is down.")
    assert len(text) <= 800


def test_a_quote_that_does_not_fit_is_left_out_whole() -> None:
    """A later, shorter one may still be shown."""
    long, short = make_citation("x" * 900), make_citation("Short.", n=2)
    assert answer_text(replace(ANSWERED, citations=(long, short))) == "three [1]\n“Short.” [2]"


@given(
    st.text(max_size=1500), st.lists(st.text(min_size=1, max_size=500), max_size=5), st.none() | st.text(max_size=200)
)
def test_no_message_is_over_800_characters(short: str, quotes: list[str], notice: str | None) -> None:
    """The limit holds whatever a model wrote."""
    citations = tuple(make_citation(quote, n=n) for n, quote in enumerate(quotes, start=1))
    answer = replace(ANSWERED, short_answer=short, citations=citations, notice=notice)
    assert len(answer_text(answer)) <= 800


CITED = {
    "n": 1,
    "article_id": "a1",
    "title": "A title",
    "url": "https://a.example",
    "source": None,
    "published_at": "2020-01-26T00:00:00+00:00",
    "updated_at": None,
    "also": [],
    "quote": "Three rockets fell.",
    "start": 0,
    "end": 19,
    "answer_span": None,
}


def test_the_json_answer_has_exactly_the_keys_of_the_contract() -> None:
    """Nothing is missing, nothing is added, and it is JSON."""
    cited = replace(
        make_citation("Three rockets fell."), published_at=datetime(2020, 1, 26, tzinfo=UTC), url="https://a.example"
    )
    answer = replace(
        ANSWERED,
        citations=(cited,),
        conflicts=(Conflict("two", 1),),
        evidence=(make_evidence("Three rockets fell."),) * 12,
        model="fake:replies",
        timings=Timings(1.26, 2.34, 5.0),
    )
    value = json.loads(json.dumps(answer_json(answer, "q1")))
    assert list(value) == [
        "id", "question", "status", "text", "short_answer", "citations", "conflicts", "related", "evidence", "model",
        "timings",
    ]  # fmt: skip
    assert value["citations"] == [CITED]
    assert value["conflicts"] == [
        {"value": "two", "n": 1, "kind": "contradiction", "source": None, "published_at": None, "in_title": False}
    ]
    assert value["related"] == []
    assert len(value["evidence"]) == 10
    assert list(value["evidence"][0]) == ["article_id", "chunk_id", "text", "score"]
    assert value["timings"] == {"retrieval_ms": 1.3, "first_token_ms": 2.3, "total_ms": 5.0}
    assert (value["id"], value["status"], value["short_answer"]) == ("q1", "answered", "three")


@pytest.mark.parametrize("status", list(Status))
def test_each_status_has_its_word(status: Status) -> None:
    """The contract's three words, and null where there is nothing."""
    value = answer_json(Answer("Q?", status))
    assert value["status"] in {"answered", "quoted", "declined"}
    assert (value["id"], value["short_answer"], value["model"], value["timings"]["first_token_ms"]) == (None,) * 4


def test_the_answering_words_have_their_place_in_the_json() -> None:
    """Offsets within the quote, and the related articles of a plain no."""
    marked = replace(ANSWERED.citations[0], answer_start=0, answer_end=5)
    assert answer_json(replace(ANSWERED, citations=(marked,)))["citations"][0]["answer_span"] == [0, 5]
    related = Related("a1", "Rockets hit", "https://a.example", "AFP", datetime(2020, 1, 26, tzinfo=UTC))
    assert answer_json(Answer("Q?", Status.DECLINED, related=(related,)))["related"] == [
        {
            "article_id": "a1",
            "title": "Rockets hit",
            "url": "https://a.example",
            "source": "AFP",
            "published_at": "2020-01-26T00:00:00+00:00",
        }
    ]
