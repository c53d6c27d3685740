"""How often a retrieval finds the answer, step by step: each row of the table leaves the later steps out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evals.intervals import Estimate, estimate, percentile
from evals.newsset import HALVES, EvalQuestion
from evals.scoring import contains
from index.retrieval import Retriever, Stages
from index.types import PUBLIC, Evidence

RECALL_AT = (1, 3, 5, 10, 20)
_WARM_UP = 3

_LEXICAL = Stages(dense=False, time=False, diversity=False, rerank=False, joined=False)
_DENSE = replace(_LEXICAL, dense=True, lexical=False)
_FUSED = replace(_LEXICAL, dense=True)
_TIME = replace(_FUSED, time=True)
_DIVERSITY = replace(_TIME, diversity=True)
_RERANK = replace(_DIVERSITY, rerank=True)
STAGES: tuple[tuple[str, Stages], ...] = (
    ("lexical alone (BM25)", _LEXICAL),
    ("dense alone", _DENSE),
    ("fused", _FUSED),
    ("+ time", _TIME),
    ("+ diversity", _DIVERSITY),
    ("+ rerank", _RERANK),
    ("+ joined (all)", Stages()),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One question at one stage: the rank of the first passage with a gold answer (from 1, None beyond 20)."""

    stage: str
    id: str
    half: str
    rank: int | None
    ms: float


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One row of the table: answer-recall by k, and the time of a retrieval of 20 passages in ms."""

    stage: str
    half: str
    recall: dict[int, Estimate | None]
    p50_ms: float | None
    p95_ms: float | None


def measure_stages(retriever: Retriever, questions: Sequence[EvalQuestion], on_done: Callable[[], None]) -> list[Found]:
    """Retrieves for each answerable question once a stage, over one index; blocking."""
    asked = [question for question in questions if question.answers is not None]
    found: list[Found] = []
    for stage, stages in STAGES:
        staged = replace(retriever, stages=stages)
        for question in asked[:_WARM_UP]:
            _retrieve(staged, question)
        for question in asked:
            started = time.perf_counter()
            passages = _retrieve(staged, question)
            ms = (time.perf_counter() - started) * 1000
            found.append(Found(stage, question.id, question.half, first_rank(passages, question.answers or ()), ms))
            on_done()
    return found


def first_rank(passages: Sequence[Evidence], golds: Sequence[str]) -> int | None:
    """The place, counted from 1, of the first passage whose text holds a gold answer; titles don't count."""
    return next((rank for rank, item in enumerate(passages, start=1) if contains(item.text, golds)), None)


def stage_figures(found: Sequence[Found]) -> list[StageFigures]:
    """The rows, by half and then by stage in the order of the steps."""
    rows = []
    for half in HALVES:
        for stage in dict.fromkeys(item.stage for item in found):
            mine = [item for item in found if (item.stage, item.half) == (stage, half)]
            if not mine:
                continue
            recall = {k: estimate([(item.rank is not None and item.rank <= k, 1) for item in mine]) for k in RECALL_AT}
            times = [item.ms for item in mine]
            rows.append(StageFigures(stage, half, recall, percentile(times, 50), percentile(times, 95)))
    return rows


def _retrieve(retriever: Retriever, question: EvalQuestion) -> list[Evidence]:
    asked_at: datetime | None = question.asked_at
    return retriever.retrieve(question.question, PUBLIC, max(RECALL_AT), asked_at)
