"""The short form of the trial by kill -9; the long one is `python -m evals kills`."""

from __future__ import annotations

import pytest

from evals.kills import KillResult, run_kills, try_kills


@pytest.mark.timeout(300)
async def test_nothing_is_lost_and_nothing_comes_twice() -> None:
    """Through six kills at random moments every question is answered once, and no other message stays."""
    result = await try_kills(kills=6, questions=40, chats=12)
    assert (result.lost, result.twice, result.left_over) == ([], [], [])
    assert (result.kills, result.questions) == (6, 40)
    assert result.amid >= 4


async def test_the_result_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A question that was lost is named, and the command fails."""

    async def lose(kills: int, questions: int, *_: object) -> KillResult:
        return KillResult(kills, questions, lost=["What is number 007?"])

    monkeypatch.setattr("evals.kills.try_kills", lose)
    assert await run_kills(1, 10, 3) == 1
    assert "lost 1, answered twice 0, left over 0\n  What is number 007?" in capsys.readouterr().out
