"""What a reply claims, and whether the quotes it cites say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.checking import unsupported_claims
from index.types import Answer, Citation, Evidence
from index.words import stems


@dataclass(frozen=True, slots=True)
class ClaimCount:
    """How many claims a text makes, and those that its evidence does not hold."""

    total: int
    unsupported: tuple[str, ...]


def count_claims(answer: Answer) -> ClaimCount:
    """The claims of a reply, each against the quotes that it cites and these articles' title, source and date.

    Of a written sentence each number, date and name is a claim. A short answer, and each value that reports give
    otherwise, is what was asked for: when it holds none of these, it is one claim itself.
    """
    counts = [_of_value(conflict.value, _cited(answer, (conflict.n,))) for conflict in answer.conflicts]
    if answer.sentences:
        counts += [claims_in(text, _cited(answer, marks)) for text, marks in answer.sentences]
    elif answer.short_answer is not None:
        # The reply marks a short answer with the first citation.
        counts.append(_of_value(answer.short_answer, _cited(answer, (1,))))
    return ClaimCount(
        sum(count.total for count in counts), tuple(claim for count in counts for claim in count.unsupported)
    )


def claims_in(text: str, evidence: Sequence[Evidence]) -> ClaimCount:
    """The numbers, dates and names of a text; against nothing at all, every claim is unsupported."""
    return ClaimCount(len(unsupported_claims(text, ())), tuple(unsupported_claims(text, evidence)))


def _of_value(value: str, evidence: Sequence[Evidence]) -> ClaimCount:
    count = claims_in(value, evidence)
    words = set(stems(value))
    if count.total or not words:
        return count
    held = {stem for item in evidence for stem in stems(f"{item.title} {item.text}")}
    return ClaimCount(1, () if words <= held else (value,))


def _cited(answer: Answer, numbers: Sequence[int]) -> list[Evidence]:
    return [_as_evidence(citation) for citation in answer.citations if citation.n in numbers]


def _as_evidence(citation: Citation) -> Evidence:
    """The quote alone: what a reader can check the reply against."""
    return Evidence(
        article_id=citation.article_id,
        chunk_id="",
        version=1,
        title=citation.title,
        text=citation.quote,
        start=citation.start,
        end=citation.end,
        score=0.0,
        url=citation.url,
        source=citation.source,
        published_at=citation.published_at,
    )
