"""Answers on the command line."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.terminal import print_answer
from index.answer_text import DECLINED, QUOTED, RELATED
from index.types import Answer, Citation, Conflict, ConflictKind, Related, Status

SUNDAY = datetime(2020, 1, 26, tzinfo=UTC)
ONE = Citation(1, "a1", "Rockets", "Three rockets hit.", 0, 18, "https://news.example/1", "AFP", SUNDAY, 0, 5)
TWO = Citation(2, "a2", "An update", "Five [rockets] hit.", 0, 19, None, "Reuters", SUNDAY)


def shown(answer: Answer, *, color: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=color, color_system="standard" if color else None, width=200)
    print_answer(answer, console)
    return stream.getvalue()


def test_an_answer_and_where_it_stands() -> None:
    """The short answer, then each quote with its article's title, source, date and link."""
    assert shown(Answer("q", Status.ANSWERED, "three", citations=(ONE, TWO))).splitlines() == [
        "Three [1]",
        "  [1] “Three rockets hit.”",
        "      Rockets · AFP · 26 January 2020 · https://news.example/1",
        "  [2] “Five [rockets] hit.”",
        "      An update · Reuters · 26 January 2020",
    ]


def test_the_answering_words_are_bold() -> None:
    """In the quote, where the terminal has colours."""
    assert "\x1b[1;3mThree\x1b[0m\x1b[3m rockets hit." in shown(
        Answer("q", Status.QUOTED, citations=(ONE,)), color=True
    )
    assert "\x1b[1" not in shown(Answer("q", Status.QUOTED, citations=(TWO,)), color=True)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.QUOTED])
def test_a_contradiction_leads(status: Status) -> None:
    """Before the quotes, in place of a short answer or of the quotes' lead."""
    short = "three" if status is Status.ANSWERED else None
    answer = Answer("q", status, short, citations=(ONE, TWO), conflicts=(Conflict("Five", 2),))
    value = short or "Three"
    assert shown(answer).startswith(f"Reports differ: {value} (AFP, 26 January) [1], Five (Reuters, 26 January) [2].\n")
    assert QUOTED not in shown(answer)


def test_an_update_follows_the_short_answer() -> None:
    """The newest value answers."""
    conflict = Conflict("Five", 2, ConflictKind.UPDATE)
    lines = shown(Answer("q", Status.ANSWERED, "three", citations=(ONE, TWO), conflicts=(conflict,))).splitlines()
    assert lines[:2] == [
        "Three [1]",
        "three (AFP, 26 January) [1] · earlier, Five (Reuters, 26 January) [2]",
    ]


def test_a_plain_no_names_what_there_is() -> None:
    """Its first line is always the same."""
    related = Related("a1", "Rockets [hit]", "https://news.example/1", "AFP", SUNDAY)
    assert shown(Answer("q", Status.DECLINED)) == f"{DECLINED}\n"
    assert shown(Answer("q", Status.DECLINED, related=(related,), notice="The model is down.")).splitlines() == [
        DECLINED,
        RELATED,
        "  - Rockets [hit] · AFP · 26 January 2020 · https://news.example/1",
        "The model is down.",
    ]
