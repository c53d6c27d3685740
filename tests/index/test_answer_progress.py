"""How far an answer is, told to whoever listens."""

from __future__ import annotations

import logging

import pytest

from index.answer_progress import ProgressTeller
from index.types import Progress


def test_each_change_is_told_once() -> None:
    """The same again is no news; a text may become shorter."""
    heard: list[Progress] = []
    teller = ProgressTeller(heard.append)
    teller.searching()
    teller.reading()
    teller.reading()
    for text in ("", "One. [1]", "One. [1]", ""):
        teller.writing(text)
    stages = [(progress.stage, progress.text) for progress in heard]
    assert stages == [("searching", ""), ("reading", ""), ("writing", ""), ("writing", "One. [1]"), ("writing", "")]


def test_a_listener_that_fails_is_told_again_and_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """The log names the kind of failure, not its words, which may be a person's."""
    heard: list[Progress] = []

    def fail(progress: Progress) -> None:
        heard.append(progress)
        raise RuntimeError("secret words")

    teller = ProgressTeller(fail)
    with caplog.at_level(logging.DEBUG):
        teller.searching()
        teller.reading()
    assert [progress.stage for progress in heard] == ["searching", "reading"]
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_nobody_need_listen() -> None:
    """Without a listener nothing is told."""
    ProgressTeller(None).searching()
