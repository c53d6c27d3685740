"""A capable model's reply: what the evidence does not say is dropped."""

from __future__ import annotations

import pytest

from index.errors import ModelUnavailableError
from index.prompts import NOT_STATED
from index.providers.base import Completion, Listener, OnText, Prompt
from index.providers.fakes import FakeChatModel
from index.types import Answer, Status
from index.words import content_words, stem
from index.writing import CheckedText, write_answer, written_sentences
from tests.index.builders import make_evidence

EVIDENCE = [
    make_evidence(
        "Smoke rose. Three rockets hit the American embassy in Baghdad on Sunday. One person was slightly hurt.",
        "Rockets hit embassy",
        article_id="rockets",
        start=40,
    ),
    make_evidence(
        "A second report speaks of five rockets at the embassy in Baghdad.", "Another report", article_id="other"
    ),
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


class Typing(FakeChatModel):
    """Writes its reply a few characters at a time; an attempt that ends in "✂" breaks off, and is begun anew."""

    def __init__(self, *attempts: str, step: int = 1) -> None:
        super().__init__()
        self._attempts, self._step = attempts, step

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        for attempt in self._attempts:
            for at in range(0, len(attempt.rstrip("✂")), self._step):
                if on_text:
                    on_text(attempt.rstrip("✂")[at : at + self._step])
            if attempt.endswith("✂"):
                assert isinstance(on_text, Listener)
                on_text.start_over()
        return Completion(self._attempts[-1], 9, None, 12.5)


async def stream(*attempts: str, step: int = 1) -> tuple[Answer | None, list[str]]:
    """The answer, and each text that was heard on the way."""
    heard: list[str] = []
    weights = {stem(word): 1.0 for word in content_words(QUESTION)}
    answer = await write_answer(QUESTION, EVIDENCE, weights, Typing(*attempts, step=step), heard.append)
    return answer, [text for at, text in enumerate(heard) if at == 0 or text != heard[at - 1]]


ONE, TWO = "Three rockets hit the embassy in Baghdad [1].", "Another report says five [2]."
SHOWN_ONE, SHOWN_TWO = "Three rockets hit the embassy in Baghdad. [1]", "Another report says five. [2]"


@pytest.mark.parametrize("step", [1, 7, 1000])
async def test_sentences_are_heard_as_soon_as_they_are_checked(step: int) -> None:
    """Each with its marks, never a word of one that fails, whatever the size of the pieces."""
    _, heard = await stream(f"{ONE} Ten people died [1]. {TWO}", step=step)
    assert heard == [SHOWN_ONE, f"{SHOWN_ONE}\n{SHOWN_TWO}"]


@pytest.mark.parametrize(
    "reply",
    [
        f"{ONE} {TWO}",
        f"Ten people died [1]. {ONE}",
        "Three rockets hit. [1] [2] Five fell in Baghdad.\n[2]",
        "Three rockets hit the U.S. embassy [1]. It said so in a report at 5 p.m. on Sunday [1].",
        f"{ONE} {NOT_STATED}",
        "Nothing of this kind.",
        "Three rockets hit the embassy [1",
        "[1][",
        "",
    ],
)
async def test_listening_changes_nothing(reply: str) -> None:
    """The answer is the very same as that of a reply which is read at once."""
    assert (await stream(reply))[0] == await write(reply)


async def test_half_a_mark_is_never_heard() -> None:
    """A second mark that is on its way does not change the sentence before it."""
    _, heard = await stream("Three rockets hit the embassy [1]. [1] Five fell in Baghdad [2].")
    assert {text.count("]") - text.count("[") for text in heard} == {0}
    assert all(". ]" not in text for text in heard)


async def test_a_mark_that_comes_late_is_waited_for() -> None:
    """Nothing is told of a sentence whose marks stand behind its full stop, until they are there."""
    model = Typing("Three rockets hit the embassy in Baghdad. [1] Five", step=1)
    heard: list[tuple[int, str]] = []
    checked = CheckedText(EVIDENCE, {})
    for end in range(50):
        checked.take(model._attempts[0][:end])
        heard.append((end, checked.text))
    first = next(end for end, text in heard if text)
    assert model._attempts[0][:first].endswith("[1] F")


async def test_a_reply_that_breaks_off_is_begun_anew() -> None:
    """What was told of it is taken back."""
    answer, heard = await stream(f"{TWO} Three rock✂", ONE)
    assert answer == await write(ONE)
    assert heard == ["Another report says five. [1]", "", SHOWN_ONE]


async def test_a_reply_that_finds_nothing_in_the_end_is_taken_back() -> None:
    """Its first sentence was told already."""
    answer, heard = await stream(f"{ONE} But the answer is {NOT_STATED}.")
    assert answer is None
    assert heard == [SHOWN_ONE, ""]


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
