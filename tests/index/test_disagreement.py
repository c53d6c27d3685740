"""Different values for what was asked: updates, contradictions, and what is neither."""

from __future__ import annotations

import pytest

from index.asked_value import AskedValue
from index.disagreement import Disagreement, disagreement, plain_value
from index.evidence_sentences import Sentence
from index.question_types import answer_type
from index.types import ConflictKind
from tests.index.reports import report

DIED = "How many people died in the bus crash?"
NINE = report("Nine people died in the bus crash near Split.", day=3)
UPDATE, CONTRADICTION = ConflictKind.UPDATE, ConflictKind.CONTRADICTION


def found(question: str, answering: Sentence, *others: Sentence) -> Disagreement | None:
    kind = answer_type(question)
    value = plain_value(AskedValue.of(question, kind), answering)
    assert value is not None
    return disagreement(question, kind, value, [answering, *others])


def told(differing: Disagreement | None) -> tuple[str, list[tuple[str, str]]] | None:
    """The main value, and the others with how they stand to it."""
    if differing is None:
        return None
    return differing.main.text, [(value.text, kind.value) for value, kind in differing.others]


def test_a_later_report_of_more_is_an_update() -> None:
    """The newest value leads, whichever the answer was."""
    twelve = report("Twelve people died in the bus crash near Split.", day=5, source="BBC")
    for answering, other in ((NINE, twelve), (twelve, NINE)):
        assert told(found(DIED, answering, other)) == ("Twelve", [("Nine", "update")])


def test_updates_are_told_newest_first() -> None:
    """Three states of one count."""
    ten = report("Ten people died in the bus crash near Split.", day=4)
    twelve = report("At least twelve people died in the bus crash near Split.", day=5)
    assert told(found(DIED, NINE, ten, twelve)) == ("At least twelve", [("Ten", "update"), ("Nine", "update")])


def test_reports_of_the_same_day_contradict_each_other() -> None:
    """The answer stays, the other value stands beside it."""
    twelve = report("Twelve people died in the bus crash near Split.", day=3, source="BBC")
    assert told(found(DIED, NINE, twelve)) == ("Nine", [("Twelve", "contradiction")])


def test_hours_make_an_update_of_a_count_that_grew() -> None:
    """On the same day a later, larger number is newer; a smaller one differs."""
    later = report("Twelve people died in the bus crash near Split.", hour=18, source="BBC")
    assert told(found(DIED, NINE, later)) == ("Twelve", [("Nine", "update")])
    fewer = report("Seven people died in the bus crash near Split.", hour=18, source="BBC")
    assert told(found(DIED, NINE, fewer)) == ("Nine", [("Seven", "contradiction")])


@pytest.mark.parametrize(
    "text", ["The toll was revised to seven people dead.", "Seven people died, a correction says."]
)
def test_a_count_that_fell_is_an_update_only_when_it_is_said(text: str) -> None:
    """ "Revised" and "correction" tell of it, a smaller number alone does not."""
    differing = told(found(DIED, NINE, report(text, day=5, source="BBC")))
    assert differing is not None
    assert (differing[0].casefold(), differing[1]) == ("seven", [("Nine", "update")])
    plain = report("Seven people died in the bus crash near Split.", day=4, source="BBC")
    assert told(found(DIED, NINE, plain)) == ("Nine", [("Seven", "contradiction")])


def test_the_same_source_updates_itself() -> None:
    """A smaller number of the same source is its newer one."""
    seven = report("Seven people died in the bus crash near Split.", day=4, source="Reuters")
    assert told(found(DIED, NINE, seven)) == ("Seven", [("Nine", "update")])


@pytest.mark.parametrize(
    "other",
    [
        report("9 people died in the bus crash near Split.", day=5, source="BBC"),
        report("About ten people died in the bus crash near Split.", day=3, source="BBC"),
        report("At least eight people died in the bus crash near Split.", day=3, source="BBC"),
        report("40 people were injured in the bus crash near Split.", day=5, source="BBC"),
        report("Twelve children died in the bus crash near Split.", day=5, source="BBC"),
        report("Three more people died in the bus crash near Split.", day=5, source="BBC"),
        report("Twelve people died in a bus crash near Split last year.", day=5, source="BBC"),
        report("Twelve people died in a bus crash in 2019.", day=5, source="BBC"),
        report("Twelve people died in the bus crash.", day=5, source="BBC", title="Bus crash in Zagreb"),
        report("Twelve people died in the bus crash near Split.", day=3, source="BBC", overlap=0.5),
        report("Twelve people died in the bus crash near Split.", day=3, source="BBC", score=0.3),
        report("Twelve people died in the bus crash near Split.", day=3, article_id=NINE.evidence.article_id),
        report("Twelve people died in the bus crash, nine people died at once.", day=5, source="BBC"),
        report("Twelve people died in the bus crash near Split.", day=20, source="BBC"),
    ],
    ids=lambda sentence: sentence.text[:40],
)
def test_what_is_no_disagreement(other: Sentence) -> None:
    """The same number, rounding, other things, times and places, weak readings, the same article."""
    assert found(DIED, NINE, other) is None


def test_an_article_that_gives_both_values_counts_two_things() -> None:
    """Its own words tell that they don't exclude each other."""
    passage = "Twelve people died on the island roads. Nine people died in the bus crash near Split."
    both = report("Twelve people died on the island roads.", day=3, source="BBC", passage=passage)
    assert found(DIED, NINE, both) is None


def test_an_article_may_tell_of_its_own_update() -> None:
    """What was said at first is the older value."""
    passage = "Police initially said that nine people had died. Twelve people died in the crash."
    old = report("Police initially said that nine people had died.", passage=passage, article_id="a")
    new = report("Twelve people died in the crash.", passage=passage, article_id="a")
    for answering, other in ((old, new), (new, old)):
        assert told(found("How many people died?", answering, other)) == ("Twelve", [("nine", "update")])


@pytest.mark.parametrize("question", ["Were there any casualties?", "Was anyone hurt?", "How many were injured?"])
def test_a_headline_that_its_text_does_not_bear_out(question: str) -> None:
    """ "No Casualties" over one minor injury."""
    sentence = report("The attack resulted in one minor injury victim.", title="Embassy Hit, No Casualties")
    differing = found(question, sentence)
    assert differing is not None
    ((value, kind),) = differing.others
    assert (value.text, value.in_title, kind) == ("No Casualties", True, CONTRADICTION)
    assert differing.main.text in {"one", "one minor injury victim"}


def test_a_headlines_other_number() -> None:
    """It differs when the text gives one number throughout, and not when it tells parts of a sum."""
    whole = "Nine people died in the crash. All nine people who died were from Split."
    one = report("Nine people died in the crash.", title="12 dead in bus crash", passage=whole)
    assert told(found("How many people died?", one)) == ("Nine", [("12 dead", "contradiction")])
    parts = report(
        "Nine people died at once.", title="12 dead", passage="Nine people died at once. Three people died later."
    )
    assert found("How many people died?", parts) is None


def test_a_headline_of_something_else() -> None:
    """No casualties now is not that nobody ever died, and rockets are not people."""
    title = "Three Rockets Hit Embassy, No Casualties"
    died = report("The death toll has reached 470 people since October 1, 2019.", title=title)
    assert found("How many people have died since the protests began?", died) is None
    rockets = report("On Sunday three rockets fell at the US Embassy.", title=title)
    assert found("How many rockets hit?", rockets) is None


def test_whether_there_was_any_is_contradicted_by_none() -> None:
    """Two numbers above nothing are no contradiction of it."""
    question = "Was anyone hurt in the bus crash?"
    one = report("One person was hurt in the bus crash near Split.")
    two = report("Two people were hurt in the bus crash near Split.", source="BBC")
    nobody = report("Nobody was hurt in the bus crash near Split.", source="AFP")
    assert found(question, one, two) is None
    assert told(found(question, one, nobody)) == ("One person", [("Nobody was hurt", "contradiction")])


@pytest.mark.parametrize(
    ("question", "first", "second", "expected"),
    [
        (
            "How long will the bridge repair take?",
            "The bridge repair will take six weeks.",
            "The bridge repair will take ten weeks.",
            ("ten weeks", [("six weeks", "update")]),
        ),
        (
            "How much will the bridge repair cost?",
            "The bridge repair will take six weeks and cost 2.4 million euros.",
            "The bridge repair will cost 3.1 million euros ($3.5m).",
            ("3.1 million euros", [("2.4 million euros", "update")]),
        ),
        (
            "What percentage of members backed the strike?",
            "The union said 62 per cent of its members backed the strike.",
            "The union said 71 per cent of its members backed the strike.",
            ("71 per cent", [("62 per cent", "update")]),
        ),
        (
            "When will the museum reopen?",
            "The museum will reopen on 4 June.",
            "The museum will reopen on 11 June, later than first said.",
            ("11 June", [("4 June", "update")]),
        ),
    ],
)
def test_other_kinds_of_value(
    question: str, first: str, second: str, expected: tuple[str, list[tuple[str, str]]] | None
) -> None:
    """Lengths of time, sums, shares and planned days are compared where both sentences say the question's words."""
    title = "A story of the town"
    differing = found(question, report(first, title=title), report(second, day=5, source="BBC", title=title))
    assert told(differing) == expected


def test_two_days_are_two_events() -> None:
    """What happened on different days is not told differently, it happened twice."""
    question = "When was the bridge closed?"
    first = report("The bridge was closed on 4 May.", day=5, title="Bridge")
    second = report("The bridge was closed on 9 May.", day=9, title="Bridge", source="BBC")
    assert found(question, first, second) is None


def test_sums_in_two_currencies_are_not_compared() -> None:
    """Nor are lengths and sums that another thing costs or takes."""
    question = "How much will the bridge repair cost?"
    euros = report("The bridge repair will cost 2.4 million euros.", title="Bridge")
    dollars = report("The bridge repair will cost $3.5m.", day=5, title="Bridge", source="BBC")
    ferry = report("The ferry will cost 3.1 million euros.", day=5, title="Bridge", source="BBC")
    assert found(question, euros, dollars, ferry) is None
