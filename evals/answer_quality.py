"""What comes back when the questions are asked, each reply scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evals.claims import count_claims
from evals.newsset import EvalQuestion
from evals.scoring import contains, exact_match, f1
from index.answer_text import TEXT_LIMIT, answer_text
from index.checking import is_verbatim
from index.news_index import NewsIndex
from index.types import PUBLIC, Answer, Timings

ASKWIRE = "askwire"


@dataclass(frozen=True, slots=True)
class Scored:
    """One reply of one system, with its scores; those against gold are 0 for an unanswerable question."""

    system: str
    id: str
    half: str
    question: str
    golds: tuple[str, ...] | None
    status: str
    text: str
    short_answer: str | None
    contained: bool
    exact: bool
    f1: float
    quotes: int = 0
    verbatim: int = 0
    claims: int = 0
    unsupported: tuple[str, ...] = ()
    notice: str | None = None
    timings: Timings = field(default_factory=Timings)


async def ask_all(news: NewsIndex, questions: Sequence[EvalQuestion], on_done: Callable[[], None]) -> list[Scored]:
    """Asks the questions one after another, as of the day each was asked.

    Raises:
        NewsIndexError: when the index fails; a model that fails shows as a notice.
    """
    scored = []
    for question in questions:
        answer = await news.ask(question.question, PUBLIC, asked_at=question.asked_at)
        scored.append(score(question, answer, await count_verbatim(news, answer)))
        on_done()
    return scored


async def count_verbatim(news: NewsIndex, answer: Answer) -> int:
    """How many of the citations quote their article's own text at the place they name."""
    count = 0
    for citation in answer.citations:
        article = await news.article(citation.article_id, PUBLIC)
        count += article is not None and is_verbatim(citation, article)
    return count


def score(question: EvalQuestion, answer: Answer, verbatim: int) -> Scored:
    """The scores of an answer of askwire; `verbatim` of its citations were found to be so."""
    claims = count_claims(answer)
    return score_text(
        ASKWIRE,
        question,
        answer.status.value,
        answer_text(answer),
        answer.short_answer,
        quotes=len(answer.citations),
        verbatim=verbatim,
        claims=claims.total,
        unsupported=claims.unsupported,
        notice=answer.notice,
        timings=answer.timings,
    )


def score_text(
    system: str,
    question: EvalQuestion,
    status: str,
    text: str,
    short_answer: str | None,
    *,
    quotes: int = 0,
    verbatim: int = 0,
    claims: int = 0,
    unsupported: tuple[str, ...] = (),
    notice: str | None = None,
    timings: Timings | None = None,
) -> Scored:
    """The scores of any system's reply; what stands behind its first 800 characters does not count."""
    golds = question.answers or ()
    return Scored(
        system=system,
        id=question.id,
        half=question.half,
        question=question.question,
        golds=question.answers,
        status=status,
        text=text,
        short_answer=short_answer,
        contained=contains(text[:TEXT_LIMIT], golds),
        exact=exact_match(short_answer, golds),
        f1=f1(short_answer, golds),
        quotes=quotes,
        verbatim=verbatim,
        claims=claims,
        unsupported=unsupported,
        notice=notice,
        timings=timings or Timings(),
    )
