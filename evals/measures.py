"""The figures of answers: what each one counts, and what it shall reach on the checking half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.answer_quality import Scored
from evals.intervals import Estimate, estimate, percentile
from index.types import Status

Part = tuple[float, float]  # a question's share of the numerator and of the denominator


@dataclass(frozen=True, slots=True)
class Measure:
    """A share or a mean over questions; `part` is None for a question that does not count."""

    key: str
    label: str
    part: Callable[[Scored], Part | None]
    target: float | None = None
    at_most: bool = False
    digits: int = 2

    def met(self, value: float) -> bool:
        """Whether a value reaches the target; true without one."""
        if self.target is None:
            return True
        return value <= self.target if self.at_most else value >= self.target

    @property
    def aim(self) -> str:
        """The target as a reader sees it; empty without one."""
        return "" if self.target is None else f"{'≤' if self.at_most else '≥'} {self.target:.2f}"


def _answerable(value: Callable[[Scored], float]) -> Callable[[Scored], Part | None]:
    return lambda item: (value(item), 1) if item.golds is not None else None


def _unanswerable(value: Callable[[Scored], float]) -> Callable[[Scored], Part | None]:
    return lambda item: (value(item), 1) if item.golds is None else None


def _ended(status: Status) -> Callable[[Scored], float]:
    return lambda item: item.status == status.value


MEASURES = (
    Measure("containment", "gold answer in the reply", _answerable(lambda item: item.contained), 0.60),
    Measure("exact_match", "short answer exactly gold", _answerable(lambda item: item.exact)),
    Measure("f1", "F1 of the short answer", _answerable(lambda item: item.f1), 0.55),
    Measure("answered", "answerable: short answer", _answerable(_ended(Status.ANSWERED))),
    Measure("quoted", "answerable: quotes only", _answerable(_ended(Status.QUOTED))),
    Measure(
        "wrongly_declined", "answerable: declined", _answerable(_ended(Status.DECLINED)), target=0.15, at_most=True
    ),
    Measure("declined", "unanswerable: declined", _unanswerable(_ended(Status.DECLINED)), 0.80),
    Measure("wrongly_answered", "unanswerable: short answer", _unanswerable(_ended(Status.ANSWERED))),
    Measure("verbatim", "quotes that are verbatim", lambda item: (item.verbatim, item.quotes), 1.0, digits=3),
    Measure(
        "unsupported",
        "claims that no cited quote holds",
        lambda item: (len(item.unsupported), item.claims),
        target=0.0,
        at_most=True,
        digits=3,
    ),
    Measure("tokens", "tokens written a question", lambda item: (item.timings.tokens, 1), digits=1),
)
SHARES = tuple(measure for measure in MEASURES if measure.key != "tokens")


@dataclass(frozen=True, slots=True)
class Cost:
    """A percentile of a time over questions, in ms; None for a question where nothing was timed."""

    key: str
    label: str
    share: float
    ms: Callable[[Scored], float | None]
    target_ms: float | None = None


COSTS = (
    Cost("total_p50_ms", "time a question, p50", 50, lambda item: item.timings.total_ms, 4000),
    Cost("total_p95_ms", "time a question, p95", 95, lambda item: item.timings.total_ms),
    Cost("retrieval_p50_ms", "retrieval, p50", 50, lambda item: item.timings.retrieval_ms or None, 60),
    Cost("sentences_p50_ms", "choosing sentences, p50", 50, lambda item: item.timings.sentences_ms or None, 700),
    Cost("first_token_p50_ms", "to the first token, p50", 50, lambda item: item.timings.first_token_ms),
)


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """One column of the table: a system on a group of questions."""

    system: str
    group: str
    answerable: int
    unanswerable: int
    shares: dict[str, Estimate | None]
    costs: dict[str, float | None]

    @property
    def label(self) -> str:
        """The column's heading."""
        return f"{self.system}, {self.group}"


def answer_figures(group: str, scored: Sequence[Scored]) -> AnswerFigures:
    """The figures of one system's replies to a group of questions.

    Raises:
        ValueError: without a reply.
    """
    if not scored:
        raise ValueError("no reply to count")
    shares = {}
    for measure in MEASURES:
        parts = [part for item in scored if (part := measure.part(item)) is not None]
        shares[measure.key] = estimate(parts)
    costs = {
        cost.key: percentile([ms for item in scored if (ms := cost.ms(item)) is not None], cost.share) for cost in COSTS
    }
    missing = sum(item.golds is None for item in scored)
    return AnswerFigures(scored[0].system, group, len(scored) - missing, missing, shares, costs)
