"""Answer or decline, by how much of the question the evidence covers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.deciding import MIN_COVERAGE, sentences_that_fit
from index.question_types import AnswerType
from index.question_words import coverage
from tests.index.builders import make_evidence, make_sentence

WEIGHTS = {"rocket": 2.0, "embassi": 1.0, "canteen": 1.0}


def test_a_sentence_fits_when_its_passage_covers_the_question() -> None:
    """The threshold is on the passage, so a sentence may leave out what its neighbours say."""
    covered, uncovered = make_sentence("Three of them.", title="Rockets at embassy"), make_sentence("Three ships.")
    assert sentences_that_fit("How many?", [uncovered, covered], WEIGHTS, AnswerType.COUNT) == [covered]
    shares = [coverage(f"{s.evidence.title} {s.evidence.text}", WEIGHTS) for s in (covered, uncovered)]
    assert shares[0] >= MIN_COVERAGE > shares[1]


def test_a_sentence_without_the_kind_of_answer_does_not_fit() -> None:
    """A count cannot come from a sentence without a number."""
    sentence = make_sentence("Rockets fell on the embassy canteen.")
    assert sentences_that_fit("How many?", [sentence], WEIGHTS, AnswerType.COUNT) == []
    assert sentences_that_fit("What?", [sentence], WEIGHTS, AnswerType.OTHER) == [sentence]


def test_what_somebody_said_comes_from_a_sentence_that_names_them() -> None:
    """Another person's words in the same passage are not put into their mouth."""
    evidence = make_evidence("“We will act,” said Mahdi. “It was loud,” said McCaul.", "Attack")
    mahdi, mccaul = (
        replace(make_sentence(text), evidence=evidence)
        for text in ("“We will act,” said Mahdi.", "“It was loud,” said McCaul.")
    )
    question, weights = "What did McCaul say about the attack?", {"mccaul": 1.0, "attack": 1.0}
    assert sentences_that_fit(question, [mahdi, mccaul], weights, AnswerType.STATEMENT) == [mccaul]
