"""`askwire chat` over a pipe."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.bot.command import Askwire

LONG = "rocket " * 714 + "?!"


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """A data directory that has had one conversation, so the samples are in."""
    return Askwire(tmp_path_factory.mktemp("chat"))


@pytest.fixture(scope="module")
def first(askwire: Askwire) -> str:
    """What is said in the first conversation, on an empty index, that the end of the input ends."""
    lines = ["How many rockets hit?", "", "   ", "/sources", "/unknown", LONG, "!?", "Who won the election?"]
    done = askwire("chat", stdin="\n".join(lines))
    assert done.code == 0, done
    assert done.err.splitlines() == [
        "The question has 5,000 characters; askwire reads up to 2,000. Please ask it more briefly.",
        "The question is empty. Ask something like: How many rockets hit?",
    ]
    return done.out


def test_the_samples_are_loaded_into_an_empty_index(first: str) -> None:
    """A newcomer is told what is there and what to ask, and finds the four stories under /sources."""
    assert first.startswith("The index is empty, so four sample stories were loaded")
    assert "- Three rockets hit US embassy compound in Baghdad · askwire sample · 26 January 2020\n" in first
    assert first.count("\n- ") == 4


def test_questions_are_answered_with_quotes(first: str) -> None:
    """A question is repeated, then answered with a numbered quote and where it stands."""
    assert "> How many rockets hit?\n" in first
    assert "  [1] “Three rockets hit the compound" in first
    assert first.rstrip().endswith("> Who won the election?\nThe articles I have don't say.")


def test_an_empty_line_is_passed_over(first: str) -> None:
    """Neither an empty line nor one of spaces is answered."""
    assert "> \n> \n> /sources\n" in first


def test_a_faulty_line_does_not_end_the_conversation(first: str) -> None:
    """After an unknown command, 5,000 characters and a question without words, the next one is answered."""
    assert "> /unknown\nType a question." in first
    assert "> !?\n\n> Who won the election?\n" in first


def test_a_question_may_lean_on_the_one_before(askwire: Askwire, first: str) -> None:
    """It is told how it was understood, and answered so; what stands alone is not told anew."""
    done = askwire(
        "chat", stdin="How many rockets hit the US embassy?\nand when was that?\nWho is the mayor of Lindholm?\n"
    )
    assert done.code == 0
    before, _, behind = done.out.partition("> and when was that?\n")
    assert behind.startswith("Understood as: When was it that rockets hit the US embassy?\n")
    assert "Baghdad" in behind.partition("> Who is")[0]
    assert "Understood as" not in before + behind.partition("> Who is")[2]


def test_a_new_conversation_leans_on_nothing(askwire: Askwire, first: str) -> None:
    """After /new the same question has nothing before it."""
    done = askwire("chat", stdin="How many rockets hit the US embassy?\n/NEW\nand when was that?\n")
    assert "> /NEW\nA new conversation." in done.out
    assert "Understood as" not in done.out


def test_a_question_that_failed_is_no_turn(askwire: Askwire, first: str) -> None:
    """What follows leans on the one before it."""
    done = askwire("chat", stdin=f"How many rockets hit the US embassy?\n{LONG}\nand when was that?\n")
    assert "Understood as: When was it that rockets hit the US embassy?\n" in done.out


@pytest.mark.parametrize("word", ["/quit", "/exit", "/QUIT "])
def test_quit_ends_the_conversation(askwire: Askwire, first: str, word: str) -> None:
    """What comes after /quit is not read; the samples are loaded once only."""
    done = askwire("chat", stdin=f"{word}\nHow many rockets hit?\n")
    assert done.code == 0
    assert done.out.startswith("4 articles are here.\n")
    assert "Baghdad" not in done.out


def test_bytes_that_are_no_text_do_not_end_the_conversation(askwire: Askwire, first: str) -> None:
    """A line in another encoding is taken as well as it goes, also where standard output holds ASCII only."""
    done = askwire.process("chat", stdin=b"caf\xe9 rockets?\nHow many rockets hit?\n", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
    assert "Three rockets hit the compound" in done.out.rpartition("> How many")[2]


def test_an_interrupt_ends_a_waiting_conversation(askwire: Askwire, first: str) -> None:
    """Ctrl-C ends the command while it waits for a line, with the exit code of an interrupt and no traceback."""
    with askwire.start("chat") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"4 articles are here.\n"
        assert process.stdout.readline().startswith(b"Type a question.")
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)  # before the end of the input could end it, too
        out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (130, b"", b"")
