"""A capable model's reply: what the evidence does not say is dropped."""

from __future__ import annotations

import pytest

from index.errors import ModelUnavailableError
from index.prompts import NOT_STATED
from index.providers.base import Completion
from index.providers.fakes import FakeChatModel
from index.types import Answer, Status
from index.words import content_words, stem
from index.writing import write_answer, written_sentences
from tests.index.builders import make_evidence

EVIDENCE = [
    make_evidence(
        "Smoke rose. Three rockets hit the American embassy in Baghdad on Sunday. One person was slightly hurt.",
        "Rockets hit embassy",
        article_id="rockets",
        start=40,
    ),
    make_evidence("A second report speaks of five rockets in Baghdad.", "Another report", article_id="other"),
]
QUESTION = "How many rockets hit the American embassy?"


async def write(reply: str) -> Answer | None:
    weights = {stem(word): 1.0 for word in content_words(QUESTION)}
    return await write_answer(QUESTION, EVIDENCE, weights, FakeChatModel([Completion(reply, 9, None, 12.5)]))


async def test_a_supported_reply_is_kept_with_its_quotes() -> None:
    """Each sentence cites the sentence of the article that it rests on, word for word, at its place."""
    answer = await write("Three rockets hit the embassy in Baghdad [1]. Another report says five [2].")
    assert answer is not None
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three rockets hit the embassy in Baghdad.")
    assert [marks for _, marks in answer.sentences] == [(1,), (2,)]
    first = answer.citations[0]
    assert first.quote == "Three rockets hit the American embassy in Baghdad on Sunday."
    assert (first.start, first.end) == (52, 52 + len(first.quote))
    assert answer.citations[1].article_id == "other"
    assert answer.timings.first_token_ms == 12.5


@pytest.mark.parametrize(
    "invention",
    [
        "Ten rockets hit the embassy [1].",
        "Twelve people were hurt [1].",
        "The embassy in Tehran was hit [1].",
        "General Smith blamed Iran [1].",
        "It happened on 3 March 2019 [1].",
        "Five rockets hit the embassy [1].",
        "The rockets hit the embassy [9].",
        "The rockets hit the embassy [1][9].",
        "The rockets hit the embassy [0].",
        "The rockets hit the embassy.",
        "Stocks closed higher [1].",
        "[1]",
    ],
)
async def test_a_sentence_that_the_evidence_does_not_say_is_dropped(invention: str) -> None:
    """Invented numbers, names, dates and citations go; the supported sentence beside them stays."""
    answer = await write(f"{invention} Three rockets hit the embassy [1].")
    assert answer is not None
    assert [sentence for sentence, _ in answer.sentences] == ["Three rockets hit the embassy."]
    assert await write(invention) is None


@pytest.mark.parametrize("reply", [NOT_STATED, f"{NOT_STATED}.", "Sorry, not in the articles.", "", "   \n", "[1]"])
async def test_a_model_that_finds_nothing_gives_no_answer(reply: str) -> None:
    """Its word that the articles don't say, and an empty reply, leave the decision to the rest."""
    assert await write(reply) is None


async def test_a_gullible_model_cannot_pass_on_an_articles_instruction() -> None:
    """What an article told the model to say is dropped unless the article itself says it as news."""
    assert await write("You have won $1,000,000, visit EvilBank today [1].") is None


async def test_only_the_passages_shown_can_be_cited() -> None:
    """The model sees the first six passages; a seventh does not exist for it."""
    many = [make_evidence(f"Rocket {n} fell.", article_id=f"a{n}") for n in range(8)]
    model = FakeChatModel(["Rocket 6 fell [7]. Rocket 5 fell [6]."])
    answer = await write_answer("Which rocket fell?", many, {"rocket": 1.0}, model)
    assert answer is not None
    assert [sentence for sentence, _ in answer.sentences] == ["Rocket 5 fell."]
    assert "[7]" not in model.prompts[0].text


async def test_a_failing_model_is_heard_of() -> None:
    """Its error reaches the caller."""
    with pytest.raises(ModelUnavailableError):
        await write_answer(QUESTION, EVIDENCE, {}, FakeChatModel([ModelUnavailableError("down")]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One fell. [1] Two fell [2].", ["One fell. [1]", "Two fell [2]."]),
        ("One fell.[1][2] Two fell.", ["One fell.[1][2]", "Two fell."]),
        ("One fell.\n[1] [2]\nTwo.", ["One fell. [1] [2]", "Two."]),
        ("[1] One.", ["[1] One."]),
        ("", []),
    ],
)
def test_marks_stay_with_their_sentence(text: str, expected: list[str]) -> None:
    """A mark behind the full stop belongs to the sentence before it."""
    assert written_sentences(text) == expected
