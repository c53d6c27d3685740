"""`--batch FILE.jsonl`: one JSON line in, one JSON line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.terminal import print_json
from index.answer_text import answer_json, evidence_json, iso
from index.errors import QuestionError, UnreadableError
from index.types import PUBLIC, Evidence

if TYPE_CHECKING:
    from index.news_index import NewsIndex


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch; `asked_at` is aware and in UTC."""

    id: str | None
    question: str
    asked_at: datetime | None


async def ask_all(news: NewsIndex, path: Path) -> None:
    """Prints the answer to each line; a question that cannot be asked gets `{"id", "question", "error"}`.

    Raises:
        UnreadableError: when the file cannot be read, or a line is not of the form.
    """
    for line in read_batch(path):
        try:
            answer = await news.ask(line.question, PUBLIC, asked_at=line.asked_at)
        except QuestionError as error:
            print_json({"id": line.id, "question": line.question, "error": str(error)})
        else:
            print_json(answer_json(answer, line.id))


async def search_all(news: NewsIndex, path: Path, k: int) -> None:
    """Prints the passages for each line, as `ask_all` does answers.

    Raises:
        UnreadableError: when the file cannot be read, or a line is not of the form.
    """
    for line in read_batch(path):
        try:
            found = await news.search(line.question, PUBLIC, k=k, asked_at=line.asked_at)
        except QuestionError as error:
            print_json({"id": line.id, "question": line.question, "error": str(error)})
        else:
            print_json(search_json(line.question, found, line.id))


def search_json(query: str, found: list[Evidence], line_id: str | None = None) -> dict[str, Any]:
    """The JSON of a search: `{"id", "question", "evidence": [{article_id, chunk_id, text, score, …}]}`."""
    return {
        "id": line_id,
        "question": query,
        "evidence": [
            {
                **evidence_json(item),
                "title": item.title,
                "url": item.url,
                "source": item.source,
                "published_at": iso(item.published_at),
            }
            for item in found
        ],
    }


def read_batch(path: Path) -> Iterator[BatchLine]:
    """The lines of a batch file, `{"id"?, "question", "asked_at"?}`, read as they are needed.

    Raises:
        UnreadableError: naming the file and line.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield _line(text, f"{path.name}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UnreadableError(f"{path} cannot be read: {reason}.") from error


def _line(text: str, where: str) -> BatchLine:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise UnreadableError(f"{where}: not valid JSON.") from error
    question = record.get("question", record.get("query")) if isinstance(record, dict) else None
    if not isinstance(question, str):
        raise UnreadableError(f'{where}: it needs a "question" that is a text.')
    asked_at = record.get("asked_at")
    try:
        time = datetime.fromisoformat(asked_at) if asked_at else None
    except (TypeError, ValueError) as error:
        raise UnreadableError(f'{where}: "asked_at" is no date like 2025-01-31.') from error
    identifier = record.get("id")
    return BatchLine(
        None if identifier is None else str(identifier),
        question,
        time.replace(tzinfo=UTC) if time and time.tzinfo is None else time,
    )
