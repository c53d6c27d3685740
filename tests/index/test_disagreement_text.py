"""How differing values are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from index.differing_reports import differing_reports
from index.disagreement_text import disagreement_lines
from index.types import Answer, Conflict, ConflictKind, Status
from tests.index.builders import make_citation

MAY_3, MAY_5 = datetime(2025, 5, 3, tzinfo=UTC), datetime(2025, 5, 5, tzinfo=UTC)
TWELVE = replace(make_citation("Twelve people died."), source="BBC", published_at=MAY_5, answer_start=0, answer_end=6)
NINE = replace(make_citation("Nine people died.", n=2, article_id="a2"), source="Reuters", published_at=MAY_3)
ANSWER = Answer("How many died?", Status.ANSWERED, short_answer="Twelve", citations=(TWELVE, NINE))


def told(conflict: Conflict, **changes: object) -> list[str]:
    return disagreement_lines(replace(ANSWER, conflicts=(conflict,), **changes))  # type: ignore[arg-type]  # any field


def test_an_update_is_told_with_its_days() -> None:
    """The newest value first, the older ones behind it."""
    update = Conflict("Nine", 2, ConflictKind.UPDATE, "Reuters", MAY_3)
    assert told(update) == ["5 May: Twelve (BBC) [1] · earlier, 3 May: Nine (Reuters) [2]"]
    assert not differing_reports(replace(ANSWER, conflicts=(update,))).leads


def test_updates_of_one_day_are_told_apart_by_their_source() -> None:
    """The day alone would say nothing."""
    same_day = (TWELVE, replace(NINE, published_at=MAY_5))
    lines = told(Conflict("Nine", 2, ConflictKind.UPDATE), citations=same_day)
    assert lines == ["Twelve (BBC, 5 May) [1] · earlier, Nine (Reuters, 5 May) [2]"]


def test_a_contradiction_names_who_says_what() -> None:
    """Each value has its source and date, newest first; what a conflict does not know its citation does."""
    conflict = Conflict("Nine", 2)
    assert told(conflict) == ["Reports differ: Twelve (BBC, 5 May) [1], Nine (Reuters, 3 May) [2]."]
    assert differing_reports(replace(ANSWER, conflicts=(conflict,))).leads


def test_the_year_is_told_when_it_is_not_the_same() -> None:
    """Days of two years are not taken for those of one."""
    old = replace(NINE, published_at=datetime(2024, 12, 31, tzinfo=UTC))
    lines = told(Conflict("Nine", 2, ConflictKind.UPDATE), citations=(TWELVE, old))
    assert lines == ["5 May 2025: Twelve (BBC) [1] · earlier, 31 December 2024: Nine (Reuters) [2]"]


def test_unknown_sources_and_dates_are_left_out() -> None:
    """Nothing is made up in their place."""
    bare = (replace(TWELVE, source=None, published_at=None), replace(NINE, source=None, published_at=None))
    assert told(Conflict("Nine", 2), citations=bare) == ["Reports differ: Twelve [1], Nine [2]."]


def test_a_headline_is_set_against_its_text() -> None:
    """The text's words are the answering words of the quote."""
    conflict = Conflict("No deaths", 1, in_title=True)
    assert told(conflict) == ["The headline says “No deaths”, the text “Twelve” [1]."]
    assert told(conflict, short_answer=None, citations=(replace(TWELVE, answer_start=None),)) == [
        "The headline says “No deaths” [1]."
    ]


def test_quotes_alone_differ_by_their_answering_words() -> None:
    """Without a short answer the first quote's marked words are the value."""
    assert told(Conflict("Nine", 2), status=Status.QUOTED, short_answer=None) == [
        "Reports differ: Twelve (BBC, 5 May) [1], Nine (Reuters, 3 May) [2]."
    ]


def test_a_written_answer_is_no_bare_value() -> None:
    """Only what others say is told beside it."""
    sentences = (("Twelve people died.", (1,)),)
    assert told(Conflict("Nine", 2), sentences=sentences) == ["Other reports say Nine (Reuters, 3 May) [2]."]


def test_nothing_differs() -> None:
    """An answer without conflicts has no such line."""
    assert disagreement_lines(ANSWER) == []
