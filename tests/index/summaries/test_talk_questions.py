"""Questions that nobody answered."""

from __future__ import annotations

import pytest

from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.summaries.talk_questions import open_questions
from index.summaries.types import ChatMessage
from tests.index.summaries.talk_builders import make_talk

QUESTION = "Ann: How many seats does the old hall have?"


def shown(talk: list[ChatMessage]) -> list[str]:
    """The open questions, messages embedded as the fake does."""
    vectors: dict[int, Vectors] = {m.message_id: FakeEmbedder().embed([m.text])[0] for m in talk}
    return [point.text for point in open_questions(talk, vectors)]


def test_a_question_without_an_answer_is_open() -> None:
    """Talk of something else behind it answers nothing."""
    talk = make_talk(QUESTION, "Bob: I bring two cakes on Friday", "Cem: my bike is broken")
    assert shown(talk) == ["How many seats does the old hall have?"]


@pytest.mark.parametrize(
    "answer",
    [
        "Bob >1: 220, it was full last spring",
        "Bob: The old hall has 220 seats I believe",
        "Ann: never mind, I found the plan",
    ],
    ids=["reply", "on it", "asker"],
)
def test_an_answered_question_is_not_shown(answer: str) -> None:
    """Neither when somebody replied, nor when a statement on it follows, nor when the asker found out."""
    assert shown(make_talk(QUESTION, answer)) == []


@pytest.mark.parametrize(
    "reply", ["Bob >1: no idea", "Bob >1: good question", "Bob >1: which hall do you mean?", "Ann >1: anybody there"]
)
def test_a_reply_that_does_not_answer_leaves_it_open(reply: str) -> None:
    """Not to know, to ask back or to ask again is no answer."""
    assert "How many seats does the old hall have?" in shown(make_talk(QUESTION, reply))


def test_a_statement_of_another_kind_does_not_answer() -> None:
    """Nothing without a number answers "how many", however many words it shares."""
    talk = make_talk(QUESTION, "Bob: the old hall and the seats of the old hall are dusty")
    assert shown(talk) == ["How many seats does the old hall have?"]


def test_remarks_with_a_question_mark_are_none() -> None:
    """ "What??" and a tag at the end ask nothing that could stay open."""
    assert shown(make_talk("Ann: what?? I drove over the bridge yesterday", "Bob: we painted the fence, right?")) == []
