"""Follow-up questions in other languages."""

from __future__ import annotations

import pytest

from index.conversation.ellipses import asking_words, foreign_words, is_clear_ellipsis, joined_with_last
from index.types import Turn

LAST = Turn("Wie viele Raketen trafen die Botschaft in Bagdad?", "drei")


@pytest.mark.parametrize(
    "question",
    [
        "Und wann?",
        "Wann war das?",
        "Wo genau?",
        "Was ist mit der Türkei?",
        "¿Y en Madrid?",
        "¿Cuándo?",
        "Et pourquoi ?",
        "E quando?",
        "En waarom?",
        "А когда это было?",
        "Почему?",
        "А в Москве?",
        "Как насчет Турции?",
        "متى؟",
        "ولماذا؟",
        "وفي بغداد؟",
        "ماذا عن تركيا؟",
        "Kapan?",
        "Dan di Jakarta?",
        "Berapa banyak orang?",
        "Bagaimana dengan Turki?",
    ],
)
def test_a_clear_ellipsis_gets_the_last_question_before_it(question: str) -> None:
    """No word is bent or chosen anew."""
    assert joined_with_last(question, [Turn("x"), LAST]) == f"{LAST.question} {question}"
    assert joined_with_last(question, []) is None


@pytest.mark.parametrize(
    "question",
    [
        "Wer ist der Bürgermeister von Lindholm?",
        "Und wer hat die Wahl gewonnen?",
        "Was sagte Merz zu Gaza?",
        "¿Quién ganó las elecciones en Francia?",
        "Qui a gagné ?",
        "Кто победил на выборах во Франции?",
        "من فاز في الانتخابات؟",
        "وفاة الرئيس السابق؟",
        "واشنطن؟",
        "Siapa presiden Indonesia?",
        "Danke",
        "спасибо большое вам",
        "",
        "?",
        "什么时候？",
    ],
)
def test_anything_else_stays(question: str) -> None:
    """Rather a question that is not understood than one with a topic that it does not have."""
    assert not is_clear_ellipsis(question)


def test_a_last_question_without_a_mark_gets_one() -> None:
    """So that two questions read as two; one that is very long is not repeated."""
    assert joined_with_last("¿Cuándo?", [Turn("cohetes en Bagdad")]) == "cohetes en Bagdad? ¿Cuándo?"
    assert joined_with_last("¿Cuándo?", [Turn("cohetes " * 60)]) is None


def test_small_words_are_known() -> None:
    """Those that ask, and those that link; in "what about" nothing asks."""
    assert foreign_words("Und wann war das in Bagdad?") == 4
    assert asking_words("¿Y cuándo fue?") == {"cuándo"}
    assert asking_words("Was ist mit der Türkei?") == set()
