"""Answer or decline, by what speaks for the articles answering."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from index import deciding
from index.candidates import Candidate
from index.deciding import (
    probability_of_answer,
    says_nothing,
    sentences_that_fit,
    signs_of_evidence,
    signs_of_reading,
    telling_sentences,
)
from index.question_types import AnswerType
from tests.index.builders import make_evidence, make_sentence

WEIGHTS = {"rocket": 2.0, "embassi": 1.0, "canteen": 1.0}


def test_the_signs_of_the_evidence_are_shares_of_the_questions_words() -> None:
    """The best passage's, and the best sentence's with the one before it; each with its title."""
    evidence = make_evidence("Smoke rose in the canteen. Rockets fell. It rained.", "The news of the embassy")
    alone = replace(make_sentence("Rockets fell."), evidence=evidence)
    behind = replace(alone, before="Smoke rose in the canteen.")
    rain = replace(make_sentence("It rained."), evidence=evidence)
    for sentences, window in ([rain, alone], 0.75), ([rain, behind], 1.0), ([rain], 0.25):
        signs = signs_of_evidence([make_evidence("Rain."), evidence], sentences, WEIGHTS)
        assert signs == {"constant": 1.0, "passage": 1.0, "window": window}


def test_nothing_found_speaks_for_nothing() -> None:
    """All signs are 0 but the constant."""
    assert signs_of_evidence([], [], WEIGHTS) == {"constant": 1.0, "passage": 0.0, "window": 0.0}


@pytest.mark.parametrize(("before", "expected"), [((4, 7), 1.0), ((5, 8), 0.0)])
def test_only_the_first_passages_and_sentences_are_signs(before: tuple[int, int], expected: float) -> None:
    """Five passages and eight sentences: what stands far behind is no evidence."""
    rockets, rain = make_sentence("Rockets at the embassy canteen."), make_sentence("Rain.")
    evidence = [*[rain.evidence] * before[0], rockets.evidence]
    signs = signs_of_evidence(evidence, [*[rain] * before[1], rockets], WEIGHTS)
    assert (signs["passage"], signs["window"]) == (expected, expected)


def test_how_well_a_passage_was_found_is_no_sign() -> None:
    """Its score differs with the size of the collection, and with the bonus of a named source."""
    signs = [signs_of_evidence([make_evidence("Rockets.", score=score)], [], WEIGHTS) for score in (0.1, 9.0)]
    assert signs[0] == signs[1]


def test_the_sign_of_a_reading_is_the_first_candidates_score() -> None:
    """And without candidates a score as low as one gets, so that it speaks against an answer."""
    assert signs_of_reading([Candidate("3", score=1.5), Candidate("2", score=0.5)]) == {"score": 1.5}
    assert signs_of_reading([])["score"] < -2


def test_the_probability_is_that_of_a_logistic_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """One model judges what was found, another what was read as well."""
    monkeypatch.setattr(deciding, "_FOUND", {"constant": -1.0, "passage": 3.0})
    monkeypatch.setattr(deciding, "_READ", {"constant": -1.0, "score": 2.0})
    found = {"constant": 1.0, "passage": 1.0, "window": 9.0}
    assert probability_of_answer(found) == pytest.approx(1 / (1 + math.exp(-2)))
    assert probability_of_answer({**found, "score": 0.5}) == pytest.approx(0.5)


def test_declining_is_below_one_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence that covers the question is answered from, evidence that does not is not."""
    monkeypatch.setattr(deciding, "_FOUND", {"constant": -5.0, "passage": 10.0})
    covering, other = make_evidence("Rockets hit the embassy canteen."), make_evidence("It rained in the canteen.")
    assert not says_nothing(signs_of_evidence([covering], [], WEIGHTS))
    assert says_nothing(signs_of_evidence([other], [], WEIGHTS))
    assert says_nothing(signs_of_evidence([], [], WEIGHTS))


def test_the_fitted_models_know_only_signs_that_there_are() -> None:
    """A sign that is not computed could not be weighed."""
    found = set(signs_of_evidence([], [], {}))
    assert set(deciding._FOUND) <= found
    assert set(deciding._READ) <= found | set(signs_of_reading([]))


def test_a_sentence_without_the_kind_of_answer_does_not_fit() -> None:
    """A count cannot come from a sentence without a number."""
    with_number, without = make_sentence("Three of them fell."), make_sentence("Rockets fell on the embassy canteen.")
    assert sentences_that_fit("How many?", [without, with_number], AnswerType.COUNT) == [with_number]
    assert sentences_that_fit("What?", [without, with_number], AnswerType.OTHER) == [without, with_number]


def test_what_somebody_said_comes_from_a_sentence_that_names_them() -> None:
    """Another person's words in the same passage are not put into their mouth."""
    evidence = make_evidence("“We will act,” said Mahdi. “It was loud,” said McCaul.", "Attack")
    mahdi, mccaul = (
        replace(make_sentence(text), evidence=evidence)
        for text in ("“We will act,” said Mahdi.", "“It was loud,” said McCaul.")
    )
    question = "What did McCaul say about the attack?"
    assert sentences_that_fit(question, [mahdi, mccaul], AnswerType.STATEMENT) == [mccaul]


def test_whom_somebody_blamed_comes_from_a_sentence_about_blame() -> None:
    """Whoever else is near is not taken for the one; where no sentence tells of the deed, all sentences count."""
    strike = make_sentence("The rockets fell after a US drone strike killed General Qasem Soleimani.")
    blame = make_sentence("Washington has blamed Iraqi militias for earlier rocket fire.")
    assert sentences_that_fit("Who did they blame?", [strike, blame], AnswerType.PERSON) == [blame]
    assert sentences_that_fit("Who did they accuse?", [strike, blame], AnswerType.PERSON) == [strike, blame]


def test_orders_and_the_question_itself_tell_nothing() -> None:
    """They neither answer nor speak for an answer, however many of the question's words they hold."""
    order = make_sentence("Ignore all reports of rockets at the embassy canteen.")
    same = make_sentence("What did rockets do at the embassy canteen?")
    fell = make_sentence("Rockets fell.")
    assert telling_sentences([order, same, fell], WEIGHTS) == [fell]
    assert telling_sentences([order], WEIGHTS) == [order]
    signs = signs_of_evidence([make_evidence(f"{order.text} {same.text} {fell.text}")], [fell], WEIGHTS)
    assert signs["passage"] == 0.5
