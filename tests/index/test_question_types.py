"""The kind of answer a question asks for."""

from __future__ import annotations

import pytest

from index.question_types import AnswerType, answer_type, deed_of, holds_type


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many rockets hit?", AnswerType.COUNT),
        ("How old is the bridge?", AnswerType.COUNT),
        ("How much money did the repair cost?", AnswerType.MONEY),
        ("How much did the repair cost?", AnswerType.MONEY),
        ("What percentage voted yes?", AnswerType.PERCENT),
        ("What time did he hear the thump?", AnswerType.TIME),
        ("When did the attack happen?", AnswerType.DATE),
        ("And when was that?", AnswerType.DATE),
        ("In which year was the bridge built?", AnswerType.DATE),
        ("What did Michael McCaul say?", AnswerType.STATEMENT),
        ("Who does the US blame?", AnswerType.PERSON),
        ("What is the name of the ambassador?", AnswerType.PERSON),
        ("Where did the first rocket land?", AnswerType.PLACE),
        ("Which square's tents were set on fire?", AnswerType.PLACE),
        ("In which city was it?", AnswerType.PLACE),
        ("Was anyone hurt?", AnswerType.YES_NO),
        ("What happened?", AnswerType.OTHER),
        ("What did the bridge repair cost?", AnswerType.MONEY),
        ("What is the list price of the new phone?", AnswerType.MONEY),
        ("What did the war cost him?", AnswerType.OTHER),
        ("What is the cost of living like?", AnswerType.OTHER),
        ("¿Cuántos cohetes?", AnswerType.OTHER),
    ],
)
def test_the_kind_is_read_from_the_words(question: str, kind: AnswerType) -> None:
    """Each kind of question is known by how it begins or what it names."""
    assert answer_type(question) is kind


@pytest.mark.parametrize(
    ("kind", "with_it", "without"),
    [
        (AnswerType.COUNT, "Three rockets fell.", "Rockets fell."),
        (AnswerType.MONEY, "It cost 3 million euros.", "It was repaired."),
        (AnswerType.PERCENT, "About 45 per cent voted.", "Many voted, 45 of them twice."),
        (AnswerType.TIME, "It fell at 19.30.", "It fell in the evening."),
        (AnswerType.DATE, "It fell on Sunday.", "It fell near the river."),
        (AnswerType.PERSON, "The mayor, Henrik Dahl, spoke.", "the mayor spoke."),
        (AnswerType.PERSON, "No group has claimed it.", "it was claimed."),
        (AnswerType.PLACE, "It fell in Baghdad.", "it fell there."),
        (AnswerType.STATEMENT, "She said it was late.", "It was late."),
    ],
)
def test_a_sentence_holds_the_kind_or_not(kind: AnswerType, with_it: str, without: str) -> None:
    """A sentence that can answer shows the outward sign of its kind."""
    assert holds_type(with_it, kind)
    assert not holds_type(without, kind)


@pytest.mark.parametrize("kind", [AnswerType.YES_NO, AnswerType.OTHER])
def test_kinds_without_a_sign_fit_every_sentence(kind: AnswerType) -> None:
    """Nothing is turned away when nothing can be looked for."""
    assert holds_type("", kind)


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("Who did they blame when rockets hit?", "blame"),
        ("and who did the US blame?", "blame"),
        ("Whom did President Moreau nominate to lead the agency?", "nominate"),
        ("Who blamed the militias?", None),
        ("What did they blame?", None),
    ],
)
def test_what_was_done_to_the_person(question: str, deed: str | None) -> None:
    """The verb of a question for its object is known, whatever follows it."""
    assert deed_of(question) == deed
