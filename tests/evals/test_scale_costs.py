"""What a month costs is computed from what is assumed, and the document shows what comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.scale_costs import (
    LOADS,
    Assumptions,
    Load,
    assumptions_table,
    costs,
    costs_table,
    needs,
    run_scale_costs,
    with_values,
)
from evals.scale_figures import read_figures, table

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "scaling.md").read_text("utf-8")


def test_the_document_shows_what_is_computed() -> None:
    """Both tables of costs, and each row and law of the stored figures."""
    assert costs_table(Assumptions()) in DOCUMENT
    assert assumptions_table(Assumptions()) in DOCUMENT
    files = sorted(DOCS.glob("scale-*.json"))
    assert files
    lines = set(DOCUMENT.splitlines())
    assert [line for line in table(read_figures(files)).splitlines() if line not in lines] == []


def test_a_sum_is_that_of_its_parts() -> None:
    """By hand: 1,000 GB of chunks on two servers, a question a second at the busiest, no model."""
    a = replace(
        Assumptions(), vector_bytes=1000, disk_bytes=10_000, kept_days=1e9, questions=86_400, peak=1,
        question_core_s=2, busy=0.5, tokens_in=1e-9, tokens_out=1e-9, process_gb=1, database_in_memory=0.1,
    )  # fmt: skip
    load = Load(100_000_000, 1)
    need, paid = needs(load, a), costs(load, a)
    assert (need["memory of vectors, GB"], need["memory of the database, GB"]) == (200, 200)
    assert (need["disk, GB"], need["backups, GB"]) == (2000, 2000)
    assert (need["cores that answer"], need["cores that embed"], need["memory of processes, GB"]) == (4, 1, 2.5)
    assert paid["$ memory"] == pytest.approx(402.5 * 4)
    assert paid["$ cores"] == 5 * 15
    assert paid["$ disk and backups"] == pytest.approx(2000 * 0.10 + 2000 * 0.02)
    assert paid["$ a month"] == pytest.approx(1610 + 75 + 240, abs=0.01)


def test_a_model_is_paid_by_its_tokens() -> None:
    """A thousand questions a day for thirty days, each of a million tokens read and two million written."""
    a = replace(Assumptions(), questions=10, tokens_in=1e6, tokens_out=2e6, in_dollars=0.5, out_dollars=1.5)
    assert costs(Load(1, 100), a)["$ language model"] == pytest.approx(30_000 * 3.5)


async def test_assumptions_are_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    """A price that is given counts; what is no assumption or no price is refused in one line."""
    dearer = with_values(Assumptions(), ["ram_dollars=8", "copies=3"])
    assert (dearer.ram_dollars, dearer.copies) == (8, 3)
    assert await run_scale_costs(["ram_dollars=8"]) == 0
    assert costs_table(with_values(Assumptions(), ["ram_dollars=8"])) in capsys.readouterr().out
    for wrong in ("rum=3", "copies", "copies=", "copies=two", "copies=0", "copies=nan", "copies=inf"):
        assert await run_scale_costs([wrong]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert costs(LOADS[0], dearer)["$ memory"] > costs(LOADS[0], Assumptions())["$ memory"]
