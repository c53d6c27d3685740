"""`--batch FILE.jsonl`: one JSON line in, one JSON line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
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
    """One question of a batch, or the `fault` of a line that is none; `asked_at` is aware and in UTC."""

    id: Any  # any JSON value; it comes back as it is
    question: str | None
    asked_at: datetime | None = None
    fault: str | None = None


async def ask_all(news: NewsIndex, path: Path) -> None:
    """Prints the answer to each line; a line that cannot be asked gets `{"id", "question", "error"}`.

    Raises:
        UnreadableError: when the file cannot be read.
    """

    async def ask(question: str, line: BatchLine) -> dict[str, Any]:
        return answer_json(await news.ask(question, PUBLIC, asked_at=line.asked_at), line.id)

    await _each_line(path, ask)


async def search_all(news: NewsIndex, path: Path, k: int) -> None:
    """Prints the passages for each line, as `ask_all` does answers.

    Raises:
        UnreadableError: when the file cannot be read.
    """

    async def search(question: str, line: BatchLine) -> dict[str, Any]:
        found = await news.search(question, PUBLIC, k=k, asked_at=line.asked_at)
        return search_json(question, found, line.id)

    await _each_line(path, search)


async def _each_line(path: Path, work: Callable[[str, BatchLine], Awaitable[dict[str, Any]]]) -> None:
    for line in read_batch(path):
        fault = line.fault
        if line.question is not None and fault is None:
            try:
                print_json(await work(line.question, line))
            except QuestionError as error:
                fault = str(error)
        if fault is not None:
            print_json({"id": line.id, "question": line.question, "error": fault})


def search_json(query: str, found: list[Evidence], line_id: Any = None) -> dict[str, Any]:
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
        UnreadableError: when the file cannot be read, or is not UTF-8.
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
    except (ValueError, RecursionError):
        return BatchLine(None, None, fault=f"{where}: not valid JSON.")
    if not isinstance(record, dict):
        return BatchLine(None, None, fault=f"{where}: not a JSON object.")
    identifier, question = record.get("id"), record.get("question", record.get("query"))
    if not isinstance(question, str):
        return BatchLine(identifier, None, fault=f'{where}: it needs a "question" that is a text.')
    asked_at = record.get("asked_at")
    try:
        return BatchLine(identifier, question, _time(asked_at) if asked_at else None)
    except (TypeError, ValueError, OverflowError):
        return BatchLine(identifier, question, fault=f'{where}: "asked_at" is no date like 2025-01-31.')


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
