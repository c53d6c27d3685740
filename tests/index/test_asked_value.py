"""The kind of value a question asks for, and where a text states one."""

from __future__ import annotations

import pytest

from index.asked_value import AskedValue
from index.question_types import answer_type


def stated(question: str, text: str) -> list[str]:
    asked = AskedValue.of(question, answer_type(question))
    return [text[found.start : found.end] for found in asked.stated_in(text)]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("How many rockets hit?", "Three rockets hit, two cars burned.", ["Three"]),
        ("How much did the repair cost?", "It cost 2.4 million euros and took six weeks.", ["2.4 million euros"]),
        ("How long will it take?", "The repair will take six weeks and 40 workers.", ["six weeks"]),
        ("What percentage voted?", "25 per cent of 300 members voted.", ["25 per cent"]),
        ("When did it happen?", "It fell on Sunday, 26 January 2020, at 19.30.", ["Sunday, 26 January 2020"]),
        ("When did it happen?", "On Sunday (1/26) three rockets fell.", ["Sunday (1/26)"]),
        ("When did it happen?", "It began on March 3 and ended on Oct. 5, 2019.", ["March 3", "Oct. 5, 2019"]),
        ("What time did it start?", "At 19.30, not at 7 pm or in 2019.", ["19.30", "7 pm"]),
        ("Who was it?", "Three people on 3 March.", []),
        ("How old is she?", "She is 42.", []),
    ],
)
def test_where_a_text_states_the_asked_kind(question: str, text: str, found: list[str]) -> None:
    """Numbers of another kind are passed over; some kinds have no value that could be compared."""
    assert stated(question, text) == found


def test_times_of_day_compare_by_the_minute() -> None:
    """ "7:30 pm" is 19.30, noon and midnight are twelve hours apart."""
    asked = AskedValue.of("What time was it?", answer_type("What time was it?"))
    values = [int(found.quantity.value) for found in asked.stated_in("19.30, 7:30 pm, 12 a.m., 12 pm")]
    assert values == [1170, 1170, 0, 720]


def test_a_plain_value_is_the_only_one() -> None:
    """Two numbers of a kind leave open which one answers."""
    asked = AskedValue.of("How many rockets hit?", answer_type("How many rockets hit?"))
    assert asked.plain_in("Three rockets hit.") is not None
    assert asked.plain_in("Three rockets hit, then two rockets hit.") is None
    assert asked.plain_in("Rockets hit.") is None
