"""Whether two sentences tell of the same event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.same_story import days_between, same_frame, same_story
from tests.index.reports import report

QUESTION = "How many people died in the bus crash near Split?"
NINE = report("Nine people died in the bus crash near Split on Saturday.", source="Reuters")


def test_reports_of_one_event() -> None:
    """Another source, another day, a weekday on which it was only said."""
    assert same_story(NINE, report("Twelve people died in the crash near Split.", day=5, source="BBC"), QUESTION)
    assert same_story(
        NINE, report("The toll of the crash reached twelve, police said on Monday.", day=5, source="BBC"), QUESTION
    )
    assert same_story(NINE, report("Twelve people died in the bus crash.", day=None, source=None), QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "Nine people died in the bus crash near Split in 2019.",
        "Last year twelve people died in a bus crash near Split.",
        "Twelve people have died in bus crashes near Split since January.",
        "Every year twelve people die in bus crashes near Split.",
        "Twelve people may have died in the bus crash near Split.",
        "Twelve people died in the bus crash near Split on Tuesday.",
        "Twelve people died in the bus crash near Split on 20 April.",
        "Twelve people died when a bus burned near Rijeka.",
        "Twelve people died worldwide in bus crashes.",
    ],
)
def test_another_time_place_or_world(text: str) -> None:
    """Earlier years, totals, rates, guesses, other days and other places are other events."""
    assert not same_story(NINE, report(text, day=5, source="BBC", title="Bus crash"), QUESTION)


def test_another_title_with_another_place() -> None:
    """A title that names only places that the other passage does not know is of another event."""
    other = report("Twelve people died in the bus crash.", day=5, title="Bus crash in Zagreb", passage=None)
    assert not same_story(NINE, other, QUESTION)


def test_reports_far_apart_are_of_two_events() -> None:
    """More than thirty days lie between them."""
    old = report("Twelve people died in the bus crash near Split.", day=3)
    new = report("Twelve people died in the bus crash near Split.", day=3)
    later = datetime(2025, 7, 3, tzinfo=UTC)
    object.__setattr__(new.evidence, "published_at", later)
    assert not same_story(old, new, QUESTION)


def test_the_names_of_the_question_must_be_known() -> None:
    """A passage that does not hold them tells of something else."""
    one = report("Nine people died in the bus crash.", title="Bus crash")
    other = report("Twelve people died in the bus crash.", day=5, title="Bus crash")
    assert not same_story(one, other, QUESTION)
    assert same_story(one, other, "How many people died?")


def test_texts_of_unlike_words_are_of_two_events() -> None:
    """Too few of their words are shared."""
    other = report("Twelve died.", title="Ferry sinks off island after storm", day=5)
    assert not same_story(NINE, other, "How many died?")


def test_a_weekday_is_the_last_one_before_the_report() -> None:
    """Saturday of one week is not Saturday of the next, and is the 3rd of May."""
    next_week = report("Twelve people died in the bus crash near Split on Saturday.", day=12, source="BBC")
    same_week = report("Twelve people died in the bus crash near Split on Saturday.", day=5, source="BBC")
    dated = report("Twelve people died in the bus crash near Split on 3 May.", day=5, source="BBC")
    assert not same_story(NINE, next_week, QUESTION)
    assert same_story(NINE, same_week, QUESTION) and same_story(NINE, dated, QUESTION)


def test_frames() -> None:
    """Two forecasts are alike, a forecast and a fact are not."""
    assert same_frame("It may cost ten.", "It could cost nine.")
    assert not same_frame("It may cost ten.", "It cost nine.")


def test_days_are_those_of_the_calendar() -> None:
    """Two minutes over midnight are a day; an unknown time has none."""
    late, early = datetime(2025, 5, 3, 23, 59, tzinfo=UTC), datetime(2025, 5, 4, 0, 1, tzinfo=UTC)
    assert (days_between(late, early), days_between(early, late), days_between(None, late)) == (1, -1, None)
