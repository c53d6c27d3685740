"""The short form of the trial of two bots on PostgreSQL; the long one is `python -m evals replicas`."""

from __future__ import annotations

import pytest
from sqlalchemy import URL

from evals.replicas import ReplicaResult, run_replicas, try_replicas


@pytest.mark.timeout(300)
async def test_each_question_is_answered_once_and_in_order(postgres_place: URL) -> None:
    """Though one of the two is killed when half of them are answered."""
    result = await try_replicas(60, 12, postgres_place)
    assert (result.lost, result.twice, result.disordered) == ([], [], [])
    assert result.questions == 60
    assert 30 <= result.answered_before_kill < 60


async def test_the_result_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], postgres_server: URL
) -> None:
    """A question that was lost is named, and the command fails."""

    async def lose(questions: int, chats: int, _: URL) -> ReplicaResult:
        return ReplicaResult(questions, chats, 5, 1.0, lost=["What is number 0007?"])

    monkeypatch.setattr("evals.replicas.try_replicas", lose)
    assert await run_replicas(10, 3) == 1
    assert "lost 1, answered twice 0, chats out of order 0\n  What is number 0007?" in capsys.readouterr().out
