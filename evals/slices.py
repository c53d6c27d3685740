"""A part of a news set that is small enough for a trial: some questions, the articles they need, and others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from evals.newsset import EvalQuestion
from index.types import Article


@dataclass(frozen=True, slots=True)
class Slice:
    """Articles and the questions that are asked about them."""

    articles: tuple[Article, ...]
    questions: tuple[EvalQuestion, ...]


def cut_slice(
    articles: Sequence[Article],
    questions: Sequence[EvalQuestion],
    size: int,
    *,
    answerable: int | None = None,
    unanswerable: int | None = None,
) -> Slice:
    """`size` articles: all that support the chosen questions, filled up with others; the same at every run.

    Both halves give questions in turn. Without a number, answerable questions are taken while their articles fill
    at most half of the slice, and unanswerable ones in the proportion they have in the whole set.
    """
    known = {article.id for article in articles}
    room = size if answerable is not None else size // 2
    needed: set[str] = set()
    chosen: list[EvalQuestion] = []
    candidates = [question for question in questions if question.answers is not None]
    for question in _halves_in_turn(candidates):
        support = needed | (set(question.supported_by) & known)
        if len(chosen) == answerable or len(support) > room:
            continue
        needed = support
        chosen.append(question)
    others = [question for question in questions if question.answers is None]
    if unanswerable is None:
        unanswerable = round(len(others) * len(chosen) / len(candidates)) if candidates else 0
    chosen += _halves_in_turn(others)[:unanswerable]
    fill = sorted(known - needed, key=_order)[: max(size - len(needed), 0)]
    kept = needed.union(fill)
    wanted = {question.id for question in chosen}
    return Slice(
        tuple(article for article in articles if article.id in kept),
        tuple(question for question in questions if question.id in wanted),
    )


def sample_questions(questions: Sequence[EvalQuestion], count: int) -> list[EvalQuestion]:
    """At most `count` questions, answerable and unanswerable in the proportion they have; the same at every run."""
    groups = [[q for q in questions if (q.answers is None) == missing] for missing in (False, True)]
    total = sum(map(len, groups))
    if total <= count:
        return list(questions)
    first = round(count * len(groups[0]) / total)
    taken = zip(groups, (first, count - first), strict=True)
    wanted = {q.id for group, number in taken for q in sorted(group, key=lambda q: _order(q.id))[:number]}
    return [question for question in questions if question.id in wanted]


def _halves_in_turn(questions: Iterable[EvalQuestion]) -> list[EvalQuestion]:
    halves: dict[str, list[EvalQuestion]] = {}
    for question in sorted(questions, key=lambda question: _order(question.id)):
        halves.setdefault(question.half, []).append(question)
    rounds = zip_longest(*(halves[half] for half in sorted(halves)))
    return [question for question in chain.from_iterable(rounds) if question is not None]


def _order(identifier: str) -> str:
    """A mixed order that depends on the ids alone."""
    return hashlib.sha256(identifier.encode()).hexdigest()
