"""Answer-recall by stage."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from evals.parts import retriever_of
from evals.retrieval_quality import RECALL_AT, STAGES, Found, first_rank, measure_stages, stage_figures
from index.retrieval import Stages
from tests.evals.builders import make_question, nothing
from tests.evals.conftest import OpenNews
from tests.index.builders import make_evidence


def test_recall_counts_the_first_passage_with_an_answer_at_each_k() -> None:
    """Ranks 1, 3, 6, 20 and none are found at 1, 3, 10 and 20 accordingly."""
    ranks = (1, 3, 6, 20, None)
    found = [Found("fused", str(n), "tuning", rank, 10.0 * n) for n, rank in enumerate(ranks)]
    (row,) = stage_figures(found)
    values = {k: estimate.value for k, estimate in row.recall.items() if estimate}
    assert values == {1: 0.2, 3: 0.4, 5: 0.4, 10: 0.6, 20: 0.8}
    assert (row.p50_ms, row.p95_ms) == (20.0, 38.0)


def test_the_rank_is_that_of_the_text_not_of_the_title() -> None:
    """Whole words of a passage's own text count."""
    passages = [make_evidence("270 miles", "27 miles"), make_evidence("It shines 27 miles.")]
    assert first_rank(passages, ("27",)) == 2
    assert first_rank(passages, ("28",)) is None
    assert first_rank([], ("27",)) is None


def test_halves_are_counted_apart() -> None:
    """A row is one stage of one half; the tuning half comes first."""
    found = [Found("fused", "1", "checking", 1, 1.0), Found("fused", "2", "tuning", None, 1.0)]
    rows = [(row.half, estimate.value) for row in stage_figures(found) if (estimate := row.recall[20])]
    assert rows == [("tuning", 0.0), ("checking", 1.0)]


async def test_every_stage_is_measured_over_the_same_index(open_news: OpenNews) -> None:
    """The answerable question is asked once a stage, the unanswerable one never."""
    news = await open_news(None)
    asked = [make_question(), make_question("Which volcano erupted?", None, question_id="2_1")]
    found = measure_stages(retriever_of(news), asked, nothing)
    assert [(item.stage, item.id) for item in found] == [(stage, "1_1") for stage, _ in STAGES]
    assert all(item.rank is not None and item.ms > 0 for item in found)


def test_stages_lead_step_by_step_from_one_search_to_all() -> None:
    """From the fused row on, each row adds one step, and the last is what askwire does."""
    stages = [stages for _, stages in STAGES]
    assert (stages[0].dense, stages[0].lexical, stages[0].joined) == (False, True, False)
    assert (stages[1].dense, stages[1].lexical, stages[1].joined) == (True, False, False)
    assert stages[2] == replace(stages[0], dense=True)
    for before, after in pairwise(stages[2:]):
        added = [name for name in Stages.__dataclass_fields__ if getattr(after, name) != getattr(before, name)]
        assert len(added) == 1
        assert getattr(after, added[0])
    assert stages[-1] == Stages()
    assert max(RECALL_AT) == 20
