"""The short form of the load trial; the long one is `python -m evals load`."""

from __future__ import annotations

import pytest

from evals.load import LoadFigures, run_load, try_load


@pytest.mark.timeout(120)
async def test_everybody_gets_a_reply() -> None:
    """Forty questions from twenty chats at once are all answered, and the times are in order."""
    figures = await try_load("a trial", chats=20, count=40, rate=None)
    assert (figures.asked, figures.lost) == (40, 0)
    assert 0 < figures.p50_ms <= figures.p95_ms <= figures.p99_ms
    assert figures.answers_per_second > 1
    assert figures.memory_mb > 10


async def test_a_lost_question_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures are printed, and a lost question ends the command with 1."""

    async def trial(name: str, chats: int, count: int, **_: object) -> LoadFigures:
        return LoadFigures(name, count, chats - 499, 50.0, 5.0, 9.0, 20.0, 99.0)

    monkeypatch.setattr("evals.load.try_load", trial)
    assert await run_load(500, 5, 50.0, local=False) == 1
    out = capsys.readouterr().out
    assert "50 questions/s, an instant model: 1000 questions, lost 1, 50.0 answers/s, p50 5 ms, p95 9 ms" in out
