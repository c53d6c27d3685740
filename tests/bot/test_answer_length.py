"""Answers made shorter or longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.replies import answer_reply
from bot.words import words_of
from index.types import Answer, Citation, Conflict, ConflictKind, Evidence, Status
from tests.bot.shown_replies import shown

EN = words_of("en")
SUNDAY = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
ONE = Citation(1, "a1", "Rockets hit embassy", "Three rockets hit.", 0, 18, "https://news.example/1", "AFP", SUNDAY)
TWO = Citation(2, "a2", "An update", "Five rockets hit.", 0, 17, None, "Reuters", datetime(2020, 1, 27, tzinfo=UTC))


def test_short() -> None:
    """A short reply has the first sentence and one quote, with the source and the button of that one alone."""
    sentences = (("Rockets hit it.", (2, 1)), ("There were three.", (1,)))
    answer = Answer("q", Status.ANSWERED, "Rockets hit it.", sentences, (ONE, TWO))
    reply = answer_reply(answer, EN, length="short")
    assert shown(reply) == "Rockets hit it. [2]\n\n“Five rockets hit.” [2]\n\n2. An update – Reuters, 27 January 2020"
    assert reply.buttons is not None
    assert [button.text for row in reply.buttons.inline_keyboard for button in row] == ["Passage 2"]


def test_short_keeps_what_reports_say_otherwise() -> None:
    """Each differing value has its quote in a short reply too; other quotes are left out."""
    third = replace(ONE, n=3, article_id="a3", quote="It was late.")
    conflicts = (Conflict("Five", 2, ConflictKind.CONTRADICTION, "Reuters", TWO.published_at),)
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO, third), conflicts=conflicts)
    text = shown(answer_reply(answer, EN, length="short"))
    assert text.startswith("Reports differ: Five (Reuters, 27 January) [2], Three (AFP, 26 January) [1].\n\n")
    assert "“Three rockets hit.” [1]\n“Five rockets hit.” [2]\n\n" in text
    assert "[3]" not in text


def test_long() -> None:
    """A long reply shows each quote with the sentences beside it, the answering words in bold; the buttons stay."""
    text = "Smoke rose. Three rockets hit. One fell short. Nobody died.\n\nMore follows."
    start = text.index("Three")
    first = replace(ONE, start=100 + start, end=100 + start + 18, answer_start=0, answer_end=5)
    last = replace(ONE, n=2, quote="Nobody died.", start=100 + text.index("Nobody"), end=100 + text.index("\n"))
    passage = Evidence("a1", "a1-1-0", 1, "T", text, 100, 100 + len(text), 1.0)
    answer = Answer("q", Status.QUOTED, citations=(first, last, replace(TWO, n=3)), evidence=(passage,))
    reply = answer_reply(answer, EN, length="long")
    assert reply.parts[0].html.split("\n\n")[1] == (
        "“Smoke rose. <b>Three</b> rockets hit. One fell short.” [1]\n“Nobody died.” [2]\n“Five rockets hit.” [3]"
    )
    assert reply.buttons == answer_reply(answer, EN).buttons


def test_long_without_the_passage() -> None:
    """A quote whose passage is not known, or no longer reads so, stays as it is."""
    other = Evidence("a1", "a1-1-0", 2, "T", "It reads otherwise now. All of it does.", 0, 39, 1.0)
    answer = Answer("q", Status.QUOTED, citations=(ONE, TWO), evidence=(other,))
    assert answer_reply(answer, EN, length="long") == answer_reply(answer, EN)
