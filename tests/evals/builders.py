"""A made-up news set and made-up figures."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.answer_quality import ASKWIRE, Scored
from evals.measures import answer_figures
from evals.newsset import EvalQuestion
from evals.result import Result, describe_run
from evals.retrieval_quality import STAGES, Found, stage_figures
from index.types import Article, Timings

LIGHTHOUSE = Article(
    id="lighthouse",
    title="Lighthouse of Varn gets a new lamp",
    text="The keeper Oda Brink lit the new lamp on 3 March 2025. It shines 27 miles across the strait.",
    published_at=datetime(2025, 3, 4, tzinfo=UTC),
)
BAKERY = Article(
    id="bakery",
    title="Oldest bakery of Tolm closes",
    text="The bakery in Tolm closes after 140 years. Its owner Pell Marsh blames the price of butter.",
    published_at=datetime(2025, 3, 10, tzinfo=UTC),
)
GOATS = Article(
    id="goats",
    title="Goats clear the railway bank",
    text="Thirty goats graze along the railway at Hemmel. The company saves two mowing machines.",
    published_at=datetime(2025, 3, 17, tzinfo=UTC),
)
ARTICLES = (LIGHTHOUSE, BAKERY, GOATS)


def nothing() -> None:
    """What a measurement calls after each step."""


def make_question(
    text: str = "How many miles does the lamp of the lighthouse of Varn shine?",
    answers: tuple[str, ...] | None = ("27",),
    *,
    question_id: str = "1_1",
    half: str = "checking",
    supported_by: tuple[str, ...] = (),
) -> EvalQuestion:
    """A question about the lighthouse, or another one."""
    return EvalQuestion(question_id, text, answers, datetime(2025, 3, 20, tzinfo=UTC), half, supported_by)


def make_scored(
    question_id: str = "1_1",
    *,
    system: str = ASKWIRE,
    half: str = "checking",
    golds: tuple[str, ...] | None = ("27",),
    status: str = "answered",
    quotes: int = 1,
    verbatim: int = 1,
    claims: int = 2,
    unsupported: tuple[str, ...] = (),
    notice: str | None = None,
) -> Scored:
    """A reply that is right in every way, unless told otherwise."""
    right = golds is not None and status == "answered"
    return Scored(
        system=system,
        id=question_id,
        half=half,
        question="How many miles?",
        golds=golds,
        status=status,
        text="27 [1]",
        short_answer="27" if status == "answered" else None,
        contained=right,
        exact=right,
        f1=float(right),
        quotes=quotes,
        verbatim=verbatim,
        claims=claims,
        unsupported=unsupported,
        notice=notice,
        timings=Timings(retrieval_ms=10, sentences_ms=20, first_token_ms=30, total_ms=40, tokens=5),
    )


def make_result(scored: Sequence[Scored], *, recall: Callable[[str], int | None] = lambda _: 2) -> Result:
    """A result of these replies; `recall` gives the rank at which each stage finds the answers."""
    found = [
        Found(stage, item.id, item.half, recall(stage), 12.5)
        for stage, _ in STAGES
        for item in scored
        if item.golds is not None
    ]
    run = describe_run("made-up", (3, 9), (1, 1), "fake:replies", "fake:words")
    return Result(run, stage_figures(found), [answer_figures("checking half", scored)], found, scored)


def write_lines(path: Path, *records: dict[str, object]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def write_news_set(folder: Path) -> Path:
    """The three articles with two answerable questions, one in each half, and one unanswerable question."""
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        for article in ARTICLES:
            file.write(json.dumps({"id": article.id, "title": article.title, "text": article.text}) + "\n")
    lamp = {"question": "How many miles does the lamp of the lighthouse of Varn shine?", "answers": ["27"]}
    closed = {"question": "Who is the owner of the bakery in Tolm?", "answers": ["Pell Marsh"]}
    write_lines(
        folder / "questions.jsonl",
        {"id": "1_1", "supported_by": ["lighthouse"], **lamp},
        {"id": "2_1", "supported_by": ["bakery"], **closed},
        {"id": "2_2", "supported_by": [], "question": "Who?", "answers": ["nobody"]},
    )
    volcano: dict[str, object] = {"id": "3_1", "question": "Which volcano erupted near Quillon?", "answers": None}
    write_lines(folder / "unanswerable.jsonl", volcano)
    return folder
