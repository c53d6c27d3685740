"""`python -m evals seed`: one article with its questions; the first thing that must be right."""

from __future__ import annotations

import json
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from evals.scoring import contains, exact_match
from index.answer_text import answer_text
from index.checking import is_verbatim
from index.config import IndexConfig
from index.news_index import NewsIndex
from index.sources.files import read_articles
from index.types import PUBLIC, Answer, Status

_NEEDED_ANSWERED = 12 / 14
_NEEDED_DECLINED = 5 / 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what came back; `right` is whether that is what the articles say."""

    question: str
    answers: list[str] | None
    answer: Answer
    right: bool
    verbatim: bool


async def run_seed(folder: Path, model: str) -> int:
    """Prints each question's end and the sums; 0 when the targets are met, 1 when not, 2 without data."""
    if not (folder / "questions.jsonl").exists():
        print(f"There is no {folder / 'questions.jsonl'}: nothing to measure.")
        return 2
    asked = await ask_seed(folder, model)
    for item in asked:
        mark = "right" if item.right else "WRONG"
        print(f"{mark}  {item.answer.status.value:8}  {item.question}  →  {item.answer.short_answer or '–'}")
    return 0 if _summary(asked, model) else 1


async def ask_seed(folder: Path, model: str) -> list[Asked]:
    """Loads the folder's articles into an empty index and asks its questions."""
    records = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines() if line]
    texts = sorted(folder.glob("*.txt"))  # noqa: ASYNC240 – nothing else runs on this loop
    with tempfile.TemporaryDirectory() as data_dir:
        config = IndexConfig(Path(data_dir), platformdirs.user_cache_path("askwire"), chat_model=model)
        async with await NewsIndex.open(config) as news:
            await news.add(article for path in texts for article in read_articles(path))
            return [await _ask(news, record["question"], record["answers"]) for record in records]


async def _ask(news: NewsIndex, question: str, answers: list[str] | None) -> Asked:
    answer = await news.ask(question, PUBLIC)
    declined = answer.status is Status.DECLINED
    right = declined if answers is None else not declined and contains(answer_text(answer), answers)
    verbatim = True
    for citation in answer.citations:
        article = await news.article(citation.article_id, PUBLIC)
        verbatim = verbatim and article is not None and is_verbatim(citation, article)
    return Asked(question, answers, answer, right, verbatim)


def _summary(asked: list[Asked], model: str) -> bool:
    answerable = [item for item in asked if item.answers is not None]
    others = [item for item in asked if item.answers is None]
    answered, declined = sum(item.right for item in answerable), sum(item.right for item in others)
    exact = sum(exact_match(item.answer.short_answer, item.answers or []) for item in answerable)
    verbatim = all(item.verbatim for item in asked)
    print(f"\nmodel {model}")
    print(f"answered right            {answered} of {len(answerable)}")
    print(f"short answer exactly gold {exact} of {len(answerable)}")
    print(f"declined rightly          {declined} of {len(others)}")
    print(f"every quote verbatim      {'yes' if verbatim else 'NO'}")
    print(f"median time a question    {statistics.median(item.answer.timings.total_ms for item in asked):.0f} ms")
    enough = answered >= _NEEDED_ANSWERED * len(answerable) and declined >= _NEEDED_DECLINED * len(others)
    return enough and verbatim
