"""A small model reads sentence by sentence; what it found is weighed against every span."""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from index import candidate_scoring
from index.errors import ModelUnavailableError, StoreError
from index.evidence_sentences import Sentence
from index.prompts import reader_prompt
from index.providers.base import Completion, FirstToken, ModelKind
from index.providers.fakes import FakeChatModel
from index.question_types import AnswerType
from index.reading import Asked, ReadingResult, read_sentences
from index.types import Evidence
from tests.index.builders import make_evidence, make_sentence

QUESTION = "How many rockets hit the embassy?"
ASKED = Asked(QUESTION, AnswerType.COUNT, {"rocket": 2.0, "hit": 1.0, "embassi": 1.0})
SURE = Completion("three", 1, -0.1)


def no_counts(_stems: Sequence[str]) -> dict[str, int]:
    return {}


async def read(
    sentences: Sequence[Sentence],
    *replies: str | Completion | Exception,
    asked: Asked = ASKED,
    passages: Sequence[Evidence] = (),
) -> tuple[ReadingResult, FakeChatModel]:
    model = FakeChatModel(replies, kind=ModelKind.READER)
    return await read_sentences(asked, sentences, passages, model, no_counts), model


def values(result: ReadingResult) -> list[str]:
    return [candidate.best.answer for candidate in result.candidates]


def saying(*texts: str, articles: str = "abcdefghijkl") -> list[Sentence]:
    return [make_sentence(text, article_id=name) for text, name in zip(texts, articles, strict=False)]


async def test_an_answer_is_the_sentences_own_words() -> None:
    """The model's "3" becomes the sentence's "Three", with its place and its probability."""
    sentence = make_sentence("Three rockets fell.")
    result, model = await read([sentence], Completion("3", 1, -0.2))
    best = result.candidates[0].best
    assert (best.answer, best.start, best.end) == ("Three", 0, 5)
    assert best.probability == pytest.approx(math.exp(-0.2))
    assert model.prompts == [reader_prompt(QUESTION, sentence)]


@pytest.mark.parametrize("reply", ["four", "", "1,200", "the rockets", "embassy.", "Answer: three hundred"])
async def test_an_answer_that_does_not_stand_in_its_sentence_is_dropped(reply: str) -> None:
    """Inventions, empty answers and the question's own words are not read; what stands there stays a candidate."""
    result, _ = await read([make_sentence("Three rockets hit the embassy.")], reply)
    assert values(result) == ["Three"]
    assert result.candidates[0].read == []


async def test_an_answer_must_stand_in_its_own_sentence() -> None:
    """A number of another sentence does not count as read."""
    result, model = await read(saying("Three rockets fell.", "Nobody counted the rockets."), "nothing here", "three")
    assert [candidate.read for candidate in result.candidates] == [[]]
    assert len(model.prompts) == 2


async def test_a_sentence_without_anything_that_answers_gives_no_candidates() -> None:
    """No number, no answer to how many."""
    result, _ = await read([make_sentence("Rockets fell on Rome.")], "Rome")
    assert result.candidates == ()


async def test_an_answer_of_another_kind_is_dropped() -> None:
    """Tonnes are no answer to how long."""
    sentence = make_sentence("She expects 1,300 tonnes within two weeks.")
    asked = Asked("How long will the harvest take?", AnswerType.DURATION, {"harvest": 1.0})
    assert (await read([sentence], "1,300 tonnes", asked=asked))[0].candidates == ()
    assert values((await read([sentence], "two weeks", asked=asked))[0]) == ["two weeks"]


async def test_equal_answers_add_up_and_outvote_a_single_one() -> None:
    """Two sentences that say "three" in different ways beat one that says "two" with more certainty."""
    sentences = saying("Two rockets fell.", "Three rockets fell.", "There were 3 rockets in all.")
    replies = Completion("Two", 1, -0.1), Completion("three", 1, -0.3), Completion("3", 1, -0.3)
    result, _ = await read(sentences, *replies)
    assert values(result) == ["Three", "Two"]
    assert len(result.candidates[0].read) == 2
    assert result.candidates[0].weight > result.candidates[1].weight
    assert sum(candidate.weight for candidate in result.candidates) == pytest.approx(1)


async def test_what_was_not_read_can_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's word is one sign among others: here two sentences and a title outweigh it."""
    monkeypatch.setattr(candidate_scoring, "_WEIGHTS", {"times_read": 0.5, "sentences": 2.0, "in_title": 1.0})
    sentences = saying("Two rockets fell.", "Three rockets fell.", "All three made noise.")
    result, _ = await read(sentences, "two", "", "", passages=[make_evidence("x", "Three rockets fall")])
    assert values(result) == ["Three", "Two"]


async def test_how_a_reply_could_have_begun_is_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """The alternatives of the first token speak for spans of that sentence, and not for those of others."""
    seen: dict[str, dict[str, float]] = {}
    scored = candidate_scoring.scored
    monkeypatch.setattr(
        "index.reading.scored",
        lambda candidates, features: (
            seen.update({c.key: f for c, f in zip(candidates, features, strict=True)}) or scored(candidates, features)
        ),
    )
    begun = (FirstToken(" Two", ((" Two", math.log(0.6)), (" Three", math.log(0.3)), (" Nine", math.log(0.1)))),)
    replies = [Completion("Two", 1, -0.5, first_tokens=begun), Completion("none", first_tokens=begun)]
    await read(saying("Two of three fell.", "Three fell.", "Nine fell."), *replies, "")
    assert seen["2"]["begun"] == pytest.approx(math.log(0.6 + 0.02))
    assert seen["3"]["begun"] == pytest.approx(math.log(0.3 + 0.3 + 0.02))
    assert seen["3"]["best_begun"] == pytest.approx(math.log(0.3 + 0.01))
    assert seen["9"]["begun"] == pytest.approx(math.log(0.02))
    assert set(candidate_scoring._WEIGHTS) <= set(seen["2"])


async def test_six_sentences_are_read_and_all_are_looked_through() -> None:
    """The costly calls are for the first six; the spans of the others are candidates too."""
    numbers = "one two three four five six seven eight nine ten".split()
    result, model = await read(saying(*[f"It was {number} rockets." for number in numbers]), "nothing")
    assert [prompt.text.split("It was ")[-1].split()[0] for prompt in model.prompts] == numbers[:6]
    assert result.calls == 6
    assert set(values(result)) == set(numbers)


THREES = ["Three rockets fell.", "There were 3 rockets.", "It was three.", "All three hit.", "He saw three.", "3 fell."]


async def test_four_sure_readings_of_several_articles_settle_it() -> None:
    """The rest is not read, however the value is spelled."""
    result, model = await read(saying(*THREES), SURE)
    assert (result.calls, len(model.prompts)) == (4, 4)
    assert len(result.candidates[0].read) == 4


async def test_one_article_alone_settles_nothing() -> None:
    """It may repeat its own mistake, so all is read."""
    assert (await read(saying(*THREES, articles="aaaaaa"), SURE))[0].calls == 6


async def test_an_unsure_reading_settles_nothing() -> None:
    """A probability below one half leaves the vote open."""
    unsure = Completion("three", 1, math.log(0.49))
    assert (await read(saying(*THREES), SURE, unsure, SURE))[0].calls == 6


async def test_another_reading_settles_nothing() -> None:
    """One that disagrees keeps the vote open to the end."""
    sentences = saying("Two rockets fell.", *THREES)
    assert (await read(sentences, Completion("two", 1, -0.1), SURE))[0].calls == 6


async def test_a_reply_that_is_no_reading_hinders_nothing() -> None:
    """What does not stand in its sentence neither agrees nor disagrees."""
    sentences = saying("Rockets fell.", *THREES)
    assert (await read(sentences, "lots", SURE))[0].calls == 5


async def test_nothing_to_read_is_no_call() -> None:
    """Without sentences the model is not asked."""
    result, model = await read([], "three")
    assert (result, model.prompts) == (ReadingResult((), 0, 0, None), [])


async def test_a_model_without_probabilities_can_be_read() -> None:
    """A missing log-probability counts as a middling one, and the cost is told."""
    result, _ = await read(saying("Three rockets fell.", "Rockets fell."), Completion("three", 7, None))
    assert result.candidates[0].best.probability == pytest.approx(math.exp(-0.5))
    assert (result.calls, result.tokens) == (2, 14)
    assert result.first_token_ms is not None
    assert result.first_token_ms > 0


ASKED_WHO = Asked("Who claimed the rockets?", AnswerType.PERSON, {"claim": 1.0, "rocket": 1.0})


async def test_a_nearest_sentence_that_says_nobody_goes_first() -> None:
    """Whoever else the model names: a small one never says so itself."""
    sentences = [make_sentence("No group claimed the rockets, said Marco Bellini."), make_sentence("Omar Said fell.")]
    result, _ = await read(sentences, "Marco Bellini", asked=ASKED_WHO)
    first = result.candidates[0].best
    assert (first.answer, first.sentence, first.start, first.end) == ("No group", sentences[0], 0, 8)
    assert "Marco Bellini" in values(result)


@pytest.mark.parametrize("overlap", [(0.5, 1.0), (0.3, 0.3)])
async def test_a_sentence_that_says_nobody_must_be_near_the_question(overlap: tuple[float, float]) -> None:
    """Behind another that is nearer, or where none is near, it denies something else."""
    denying = make_sentence("Nobody was hurt, said Marco Bellini.", overlap=overlap[0])
    other = make_sentence("Omar Said claimed them.", overlap=overlap[1])
    result, _ = await read([denying, other], "Omar Said", "", asked=ASKED_WHO)
    assert values(result)[0] != "Nobody"


async def test_only_a_person_is_denied_so() -> None:
    """ "Nobody" answers no question for anything else."""
    sentence = make_sentence("Nobody claimed the rockets, said Marco Bellini.")
    asked = Asked("What claimed the rockets?", AnswerType.OTHER, ASKED_WHO.weights)
    assert values((await read([sentence], "Marco Bellini", asked=asked))[0])[0] == "Marco Bellini"


async def test_the_time_to_the_first_reply_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """In ms; later replies do not add to it."""
    seconds = itertools.count()
    monkeypatch.setattr("index.reading.time", SimpleNamespace(perf_counter=lambda: next(seconds)))
    result, _ = await read(saying("Three rockets fell.", "Rockets fell.", "All fell."), SURE)
    assert (result.calls, result.first_token_ms) == (3, 1000)


async def test_when_was_asked_makes_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two values the one in the newer article can win, when it is known when was asked."""
    monkeypatch.setattr(candidate_scoring, "_WEIGHTS", {"recent": 1.0})
    now = datetime(2024, 6, 1, tzinfo=UTC)
    old, new = (
        replace(make_sentence(text), evidence=make_evidence(text, published_at=now - timedelta(days=days)))
        for text, days in (("Two rockets fell.", 300), ("Three rockets fell.", 2))
    )
    assert values((await read([old, new], "", asked=replace(ASKED, asked_at=now)))[0]) == ["Three", "Two"]
    assert values((await read([old, new], ""))[0]) == ["Two", "Three"]


async def test_the_counts_are_asked_for_beside_the_event_loop() -> None:
    """A database that takes its time holds up nobody; it is asked for the stems of the candidates."""
    asked: list[tuple[list[str], bool]] = []

    def counts(stems: Sequence[str]) -> dict[str, int]:
        asked.append((list(stems), threading.current_thread() is threading.main_thread()))
        return {}

    model = FakeChatModel(["three"], kind=ModelKind.READER)
    await read_sentences(ASKED, [make_sentence("Three rockets fell on 2 ships.")], [], model, counts)
    assert asked == [(["2", "three"], False)]


async def test_a_failing_model_is_heard_of() -> None:
    """Its error reaches the caller, who decides what to do."""
    with pytest.raises(ModelUnavailableError, match="down"):
        await read([make_sentence("Three rockets fell.")], ModelUnavailableError("down"))


async def test_a_failing_database_is_heard_of() -> None:
    """Counts that cannot be had are an error, and not zero."""

    def fail(_stems: Sequence[str]) -> dict[str, int]:
        raise StoreError("The catalog cannot be searched")

    model = FakeChatModel(["three"], kind=ModelKind.READER)
    with pytest.raises(StoreError, match="searched"):
        await read_sentences(ASKED, [make_sentence("Three rockets fell.")], [], model, fail)
