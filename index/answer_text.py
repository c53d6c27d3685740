"""Answer → the plain message a reader sees, without the list of sources; and its JSON form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from index.differing_reports import differing_reports
from index.disagreement_text import disagreement_lines
from index.types import Answer, Citation, Conflict, Evidence, Related, Status

DECLINED = "The articles I have don't say."
QUOTED = "I can't give a short answer, but this is what the articles say:"
RELATED = "On this subject I have:"
TEXT_LIMIT = 800
_MOST_QUOTES = 3


def answer_text(answer: Answer, limit: int = TEXT_LIMIT) -> str:
    """The short answer on a line of its own, then up to three of the quoted sentences, at most `limit` characters.

    An answer that reports contradict begins with that instead, and a declined one names what there is on the subject.
    Quotes that no longer fit are left out whole, the first one is cut only when it alone is too long.
    """
    tail = f"\n{answer.notice}" if answer.notice else ""
    text = "\n".join(_opening(answer))
    shown = 0
    for citation in answer.citations:
        line = f"\n“{citation.quote}” [{citation.n}]"
        if shown < _MOST_QUOTES and len(text) + len(line) + len(tail) <= limit:
            text += line
            shown += 1
    return _cut(text, limit - len(tail)) + tail


def answer_json(answer: Answer, question_id: str | None = None) -> dict[str, Any]:
    """The JSON answer of the command line's contract; times in ms, dates in ISO 8601."""
    timings = answer.timings
    return {
        "id": question_id,
        "question": answer.question,
        "status": answer.status.value,
        "text": answer_text(answer),
        "short_answer": answer.short_answer,
        "citations": [citation_json(citation) for citation in answer.citations],
        "conflicts": [conflict_json(conflict) for conflict in answer.conflicts],
        "related": [related_json(related) for related in answer.related],
        "evidence": [evidence_json(item) for item in answer.evidence[:10]],
        "model": answer.model,
        "timings": {
            "retrieval_ms": round(timings.retrieval_ms, 1),
            "first_token_ms": None if timings.first_token_ms is None else round(timings.first_token_ms, 1),
            "total_ms": round(timings.total_ms, 1),
        },
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """One citation of the contract."""
    return {
        "n": citation.n,
        "article_id": citation.article_id,
        "title": citation.title,
        "url": citation.url,
        "source": citation.source,
        "published_at": iso(citation.published_at),
        "updated_at": iso(citation.updated_at),
        "also": list(citation.also),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "answer_span": list(citation.answer_span) if citation.answer_span else None,
    }


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """Another value for what was asked; `n` is the citation that gives it, in its title when `in_title`."""
    return {
        "value": conflict.value,
        "n": conflict.n,
        "kind": conflict.kind.value,
        "source": conflict.source,
        "published_at": iso(conflict.published_at),
        "in_title": conflict.in_title,
    }


def related_json(related: Related) -> dict[str, Any]:
    """An article on the subject of a question that was declined."""
    return {
        "article_id": related.article_id,
        "title": related.title,
        "url": related.url,
        "source": related.source,
        "published_at": iso(related.published_at),
    }


def evidence_json(item: Evidence) -> dict[str, Any]:
    """One retrieved passage of the contract."""
    return {
        "article_id": item.article_id,
        "chunk_id": item.chunk_id,
        "text": item.text,
        "score": round(item.score, 6),
    }


def iso(time: datetime | None) -> str | None:
    """A time in ISO 8601, or None."""
    return time.isoformat() if time else None


def long_date(time: datetime | None) -> str | None:
    """A day as "26 January 2020", or None."""
    return f"{time.day} {time:%B %Y}" if time else None


def _opening(answer: Answer) -> list[str]:
    """All lines before the quotes."""
    if answer.status is Status.DECLINED:
        return [DECLINED, *([RELATED] if answer.related else []), *map(_related_line, answer.related)]
    differing = disagreement_lines(answer)
    written = [_sentence(text, marks) for text, marks in answer.sentences[1:]]
    if differing_reports(answer).leads:
        return [*differing, *written]
    return [_lead(answer), *written, *differing]


def _related_line(related: Related) -> str:
    origin = ", ".join(part for part in (related.source, long_date(related.published_at)) if part)
    return f"• {related.title} – {origin}" if origin else f"• {related.title}"


def _lead(answer: Answer) -> str:
    if answer.short_answer is None:
        return QUOTED
    return _sentence(answer.short_answer, answer.sentences[0][1] if answer.sentences else (1,))


def _sentence(text: str, marks: tuple[int, ...]) -> str:
    return f"{text} {''.join(f'[{n}]' for n in marks)}".strip()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
