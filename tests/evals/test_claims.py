"""Claims of a reply against the quotes it cites: this ruler can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.claims import ClaimCount, count_claims
from index.types import Answer, Conflict, Status
from tests.index.builders import make_citation

LAMP = make_citation("The new lamp of Varn shines 27 miles.", n=1)
COST = make_citation("Oda Brink paid 400 crowns for it on 3 March.", n=2, article_id="a2")
BASE = Answer("?", Status.ANSWERED, citations=(LAMP, COST))


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("27 miles", ClaimCount(1, ())),
        ("28 miles", ClaimCount(1, ("28",))),
        ("Varn", ClaimCount(1, ())),
        ("Tolm", ClaimCount(1, ("Tolm",))),
        ("the lamp", ClaimCount(1, ())),
        ("the bakery", ClaimCount(1, ("the bakery",))),
        ("400 crowns", ClaimCount(1, ("400",))),
        ("no", ClaimCount(0, ())),
    ],
)
def test_a_short_answer_must_stand_in_the_first_quote(short: str, expected: ClaimCount) -> None:
    """Its number, name or else its words; what only another quote says does not count."""
    assert count_claims(replace(BASE, short_answer=short)) == expected


def test_a_sentence_is_checked_against_the_quotes_that_it_cites() -> None:
    """The same words are supported by one citation and not by the other."""
    text = "Oda Brink paid 400 crowns."
    right = replace(BASE, short_answer=text, sentences=((text, (2,)),))
    assert count_claims(right) == ClaimCount(3, ())
    wrong = replace(BASE, short_answer=text, sentences=((text, (1,)),))
    assert count_claims(wrong) == ClaimCount(3, ("400", "Brink", "Oda"))


def test_a_wrong_date_is_an_unsupported_claim() -> None:
    """A day that no quote names counts, as number and as date."""
    text = "She paid on 4 March."
    found = count_claims(replace(BASE, short_answer=text, sentences=((text, (2,)),)))
    assert found.unsupported
    assert len(found.unsupported) < found.total


def test_other_values_are_checked_against_their_own_quote() -> None:
    """What reports give otherwise is a claim as well."""
    answer = replace(BASE, short_answer="27", conflicts=(Conflict("400", 2), Conflict("500", 2)))
    assert count_claims(answer) == ClaimCount(3, ("500",))


def test_quotes_alone_claim_nothing() -> None:
    """They are checked for being verbatim."""
    assert count_claims(Answer("?", Status.QUOTED, citations=(LAMP,))) == ClaimCount(0, ())
