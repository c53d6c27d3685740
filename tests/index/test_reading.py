"""A small model's grounded answers vote."""

from __future__ import annotations

import math

import pytest

from index.errors import ModelUnavailableError
from index.evidence_sentences import Sentence
from index.providers.base import Completion, ModelKind
from index.providers.fakes import FakeChatModel
from index.reading import ReadingResult, answer_key, read_sentences
from tests.index.builders import make_sentence

QUESTION = "How many rockets hit the embassy?"


async def read(
    sentences: list[Sentence], *replies: str | Completion | Exception
) -> tuple[ReadingResult, FakeChatModel]:
    model = FakeChatModel(replies, kind=ModelKind.READER)
    return await read_sentences(QUESTION, sentences, model), model


def values(result: ReadingResult) -> list[str]:
    return [candidate.best.answer for candidate in result.candidates]


async def test_an_answer_is_the_sentences_own_words() -> None:
    """The model's "3" becomes the sentence's "Three", with its place and its probability."""
    result, model = await read([make_sentence("Three rockets fell.")], Completion("3", 1, -0.2))
    best = result.candidates[0].best
    assert (best.answer, best.start, best.end) == ("Three", 0, 5)
    assert best.probability == pytest.approx(math.exp(-0.2))
    assert model.prompts[0].text.endswith(f"Passage: Three rockets fell.\nQuestion: {QUESTION}\nAnswer:")


@pytest.mark.parametrize("reply", ["four", "", "1,200", "the rockets", "embassy.", "Answer: three hundred"])
async def test_an_answer_that_does_not_stand_in_its_sentence_is_dropped(reply: str) -> None:
    """Inventions, empty answers and the question's own words are no candidates."""
    result, _ = await read([make_sentence("Three rockets hit the embassy.")], reply)
    assert result.candidates == ()


async def test_an_answer_must_stand_in_its_own_sentence() -> None:
    """A number of another sentence does not count."""
    sentences = [make_sentence("Three rockets fell."), make_sentence("Nobody counted the rockets.")]
    result, model = await read(sentences, "nothing here", "three")
    assert (result.candidates, len(model.prompts)) == ((), 2)


async def test_equal_answers_add_up_and_outvote_a_single_one() -> None:
    """Two sentences that say "three" in different ways beat one that says "two" with more certainty."""
    sentences = [
        make_sentence("Two rockets fell.", article_id="a"),
        make_sentence("Three rockets fell.", article_id="b"),
        make_sentence("The 3 rockets made noise.", article_id="c"),
    ]
    result, _ = await read(
        sentences, Completion("Two", 1, -0.1), Completion("three", 1, -0.3), Completion("3", 1, -0.3)
    )
    assert values(result) == ["Three", "Two"]
    assert result.candidates[0].weight == pytest.approx(2 * math.exp(-0.3))
    assert len(result.candidates[0].readings) == 2


async def test_a_settled_vote_stops_early() -> None:
    """When what is left of the same article cannot change the leader, it is not read."""
    sentences = [
        make_sentence("Three rockets fell.", score=1.0),
        *[make_sentence(f"Rocket {n}.", score=0.5) for n in "12"],
    ]
    result, model = await read(sentences, Completion("Three", 1, -0.01))
    assert (result.calls, len(model.prompts), values(result)) == (1, 1, ["Three"])


async def test_another_article_that_is_as_good_is_heard_first() -> None:
    """A report that may disagree is read although the vote is settled."""
    sentences = [make_sentence("Three rockets fell."), make_sentence("Two rockets fell.", score=0.95, article_id="a2")]
    result, model = await read(sentences, Completion("Three", 1, -0.01), "Two")
    assert len(model.prompts) == 2
    assert values(result) == ["Three", "Two"]


async def test_sentences_far_behind_the_best_are_not_read() -> None:
    """A sentence with less than 0.45 of the best score, or half its overlap, is left out."""
    sentences = [
        make_sentence("Rockets fell.", score=1.0),
        make_sentence("Four cars.", score=0.4),
        make_sentence("Five cars.", score=0.9, overlap=0.4),
    ]
    result, _ = await read(sentences, "nothing")
    assert result.calls == 1


async def test_nothing_to_read_is_no_call() -> None:
    """Without sentences the model is not asked."""
    result, model = await read([], "three")
    assert (result, model.prompts) == (ReadingResult((), 0, 0, None), [])


async def test_a_model_without_probabilities_can_be_read() -> None:
    """A missing log-probability counts as a middling one, and the cost is told."""
    result, _ = await read([make_sentence("Three rockets fell.")], Completion("three", 7, None))
    assert result.candidates[0].best.probability == pytest.approx(math.exp(-0.5))
    assert result.tokens == 7
    assert result.first_token_ms is not None


async def test_a_failing_model_is_heard_of() -> None:
    """Its error reaches the caller, who decides what to do."""
    with pytest.raises(ModelUnavailableError, match="down"):
        await read([make_sentence("Three rockets fell.")], ModelUnavailableError("down"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Three", "3"), ("three.", "“three”"), ("the canteen", "Canteen"), ("5,200", "5200"), ("ten weeks", "10 weeks")],
)
def test_answers_that_mean_the_same_share_a_key(one: str, other: str) -> None:
    """Spelling, case, articles and marks make no two candidates of one answer."""
    assert answer_key(one) == answer_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("three", "four"), ("ten days", "10 weeks"), ("3 ships", "3 rockets"), ("Iran", "Iraq")]
)
def test_different_answers_have_different_keys(one: str, other: str) -> None:
    """What does not mean the same is kept apart."""
    assert answer_key(one) != answer_key(other)


async def test_an_answer_of_another_kind_is_dropped() -> None:
    """Tonnes are no answer to how long."""
    sentence = make_sentence("She expects 1,300 tonnes within two weeks.")
    model = FakeChatModel([Completion("1,300 tonnes", 3, -0.1)], kind=ModelKind.READER)
    assert (await read_sentences("How long will the harvest take?", [sentence], model)).candidates == ()
    model = FakeChatModel([Completion("two weeks", 3, -0.1)], kind=ModelKind.READER)
    assert values(await read_sentences("How long will the harvest take?", [sentence], model)) == ["two weeks"]
