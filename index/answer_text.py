"""Answer → the plain message a reader sees, without the list of sources; and its JSON form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from index.types import Answer, Citation, Evidence, Status

DECLINED = "The articles I have don't say."
QUOTED = "I can't give a short answer, but this is what the articles say:"
TEXT_LIMIT = 800


def answer_text(answer: Answer, limit: int = TEXT_LIMIT) -> str:
    """The short answer, then the quoted sentences, at most `limit` characters.

    Quotes that no longer fit are left out whole, the first one is cut only when it alone is too long.
    """
    lines = [_lead(answer)]
    lines += [_sentence(text, marks) for text, marks in answer.sentences[1:]]
    if answer.conflicts:
        others = "; ".join(f"{conflict.value} [{conflict.n}]" for conflict in answer.conflicts)
        lines.append(f"Reports differ: {others}.")
    tail = f"\n{answer.notice}" if answer.notice else ""
    text = "\n".join(lines)
    for citation in answer.citations:
        line = f"\n“{citation.quote}” [{citation.n}]"
        if len(text) + len(line) + len(tail) <= limit:
            text += line
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
        "conflicts": [{"value": conflict.value, "n": conflict.n} for conflict in answer.conflicts],
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
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
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


def _lead(answer: Answer) -> str:
    if answer.status is Status.DECLINED:
        return DECLINED
    if answer.short_answer is None:
        return QUOTED
    marks = answer.sentences[0][1] if answer.sentences else (1,)
    return _sentence(answer.short_answer, marks)


def _sentence(text: str, marks: tuple[int, ...]) -> str:
    return f"{text} {''.join(f'[{n}]' for n in marks)}".strip()


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
