"""What a model makes of a follow-up question is checked."""

from __future__ import annotations

import asyncio

import pytest

from index.conversation.rewriting import asks_the_same, rewritten_by_model
from index.errors import ProviderError
from index.providers.base import Completion, OnText, Prompt
from index.providers.fakes import FakeChatModel
from index.types import Turn

TURNS = [
    Turn("Who is the mayor of Lindholm?", "Ines Calder"),
    Turn("How many rockets hit the American embassy in Baghdad?", "Three"),
]


@pytest.mark.parametrize(
    ("question", "rewritten", "same"),
    [
        ("and who did they blame?", "Who did they blame for the rockets that hit the American embassy?", True),
        ("and in Basra?", "How many rockets hit the American embassy in Basra?", True),
        ("and in Basra?", "How many rockets hit the American embassy in Baghdad?", False),
        ("were it 3?", "Were there 3 rockets that hit the embassy?", True),
        ("were it 3?", "Were there rockets that hit the embassy?", False),
        ("how old is she?", "How old is Ines Calder?", True),
        ("how old is she?", "How old is Ines Walder?", False),
        ("how old is she?", "How young is Ines Calder?", False),
        ("when was that?", "Where did rockets hit the American embassy in Baghdad?", False),
        ("who fired them?", "Whom did the rockets that hit Baghdad fire?", True),
        ("was anyone hurt?", "Was anyone hurt by the rockets in Baghdad?", True),
        ("was anyone hurt?", "Was anyone killed by the rockets in Baghdad?", False),
        ("was anyone hurt?", "Was anyone hurt by the 12 rockets in Baghdad?", False),
        ("when was that?", "When did the volcanic rockets hit the embassy in Baghdad?", False),
        ("was anyone hurt?", "Was anyone in the American embassy in Baghdad?", False),
        ("what about it?", "…", False),
    ],
)
def test_the_question_must_stay_the_same(question: str, rewritten: str, same: bool) -> None:
    """Its numbers, names, question words and content are kept, and nothing comes from nowhere."""
    assert asks_the_same(rewritten, question, TURNS, english=True) is same


@pytest.mark.parametrize(
    ("last", "question", "rewritten", "same"),
    [
        ("Сколько ракет попало в посольство?", "А когда это было?", "Когда ракеты попали в посольство?", True),
        ("Сколько ракет попало в посольство?", "А когда это было?", "Когда извергся вулкан Этна?", False),
        ("Сколько ракет попало в посольство?", "А когда это было?", "Почему ракеты попали в посольство?", False),
        ("Сколько ракет попало в посольство?", "А когда это было?", "When did rockets hit the embassy?", False),
        ("Сколько ракет попало в посольство?", "А когда?", "Когда ракеты попали в посольство Путина?", False),
        ("Сколько ракет попало в посольство?", "А когда?", "Когда 5 ракет попало в посольство?", False),
        ("火箭弹袭击了大使馆多少次？", "什么时候？", "火箭弹什么时候袭击了大使馆？", True),
        ("火箭弹袭击了大使馆多少次？", "什么时候？", "总统选举什么时候在法国举行？", False),
    ],
)
def test_so_it_must_in_other_languages(last: str, question: str, rewritten: str, same: bool) -> None:
    """Words may be bent at their ends, and small ones be put between."""
    assert asks_the_same(rewritten, question, [Turn(last)], english=False) is same


async def rewrite(model: FakeChatModel, wait_s: float = 5.0) -> str | None:
    return await rewritten_by_model("how old is she?", TURNS, model, english=True, wait_s=wait_s)


@pytest.mark.parametrize(
    "reply", ["How old is Ines Calder?", '"How old is Ines Calder?"\n', "\n`How old is Ines Calder?`"]
)
async def test_a_reply_of_one_line_is_taken(reply: str) -> None:
    """Without quotation marks around it."""
    assert await rewrite(FakeChatModel([reply])) == "How old is Ines Calder?"


@pytest.mark.parametrize(
    "reply",
    [
        "How old is Ines Calder?\nShe is 52.",
        "Sure! Here it is: How old is Ines Calder?",
        Completion("How old is Ines Calder", truncated=True),
        "",
        ProviderError("The language model a:1 declined to answer this."),
    ],
)
async def test_any_other_reply_is_not(reply: str | Completion | Exception) -> None:
    """More than a line, words around it, half of it, nothing, and a failure."""
    assert await rewrite(FakeChatModel([reply])) is None


async def test_a_slow_model_is_not_waited_for() -> None:
    """The answer itself takes long enough."""

    class Slow(FakeChatModel):
        async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
            await asyncio.sleep(60)
            raise AssertionError

    assert await rewrite(Slow(), wait_s=0.01) is None


async def test_only_the_last_turns_are_shown() -> None:
    """Four of them; what is older is long forgotten."""
    model = FakeChatModel(["x"])
    turns = [Turn(f"Question {n}?", f"answer {n}") for n in range(9)]
    await rewritten_by_model("why?", turns, model, english=True)
    assert [f"Question {n}?" in model.prompts[0].text for n in range(9)] == [False] * 5 + [True] * 4
