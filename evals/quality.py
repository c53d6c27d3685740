"""`python -m evals quality`: how well askwire finds and answers, on real news or on anybody's own questions."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from bot.settings import SettingsError
from evals.answer_quality import Scored, ask_all
from evals.filled_index import cached_folder, eval_config, open_existing, open_filled, recipe_of
from evals.measures import AnswerFigures, answer_figures
from evals.newsset import ALL, ARTICLES, CHECKING, HALVES, DataError, EvalQuestion, read_question_file, read_questions
from evals.parts import retriever_of
from evals.progress import progress_bar
from evals.report import markdown, print_report
from evals.result import Result, describe_run
from evals.retrieval_quality import STAGES, Found, measure_stages, stage_figures
from evals.slices import cut_slice, sample_questions
from index.errors import NewsIndexError
from index.news_index import NewsIndex
from index.providers.registry import NO_MODEL
from index.sources.files import read_articles
from index.types import Article

_QUICK_ARTICLES, _QUICK_ANSWERABLE, _QUICK_UNANSWERABLE = 200, 25, 10


@dataclass(frozen=True, slots=True)
class QualityOptions:
    """What is measured, with which models, and where the figures go.

    `only` is "retrieval" or "answers"; `articles` cuts the news set down to so many.
    """

    data: Path | None = None
    questions: Path | None = None
    index: Path | None = None
    articles: int | None = None
    quick: bool = False
    model: str = "local:gemma-3-270m"
    embedder: str = "local:all-minilm-l6-v2"
    rerank: str = NO_MODEL
    only: str | None = None
    baseline_questions: int = 40
    json: Path | None = None
    markdown: Path | None = None
    plot: Path | None = None
    check: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """The questions of a run, and the articles that must be in the index (None: those that are there)."""

    name: str
    questions: Sequence[EvalQuestion]
    articles: Sequence[Article] | None


async def run_quality(options: QualityOptions) -> int:
    """Measures, prints and writes; 0 when done, 1 when `check` found a fault, 2 when something is missing."""
    try:
        _check_targets(options)
        task = await asyncio.to_thread(read_task, options)
        async with await _open(task, options) as news:
            result = await measure(news, task, options)
    except (DataError, SettingsError, NewsIndexError) as error:
        print(error, file=sys.stderr)
        return 2
    print_report(result)
    await asyncio.to_thread(_write, result, options)
    return 1 if options.check and result.faults else 0


def read_task(options: QualityOptions) -> Task:
    """Reads the questions and, for a news set, its articles; blocking.

    Raises:
        DataError: when a file is missing or wrong, or when no question is left.
        SourceError: when an article cannot be read.
    """
    if options.data is None:
        if options.questions is None or options.index is None:
            raise DataError("Name a news set with --data, or your questions with --questions and their --index.")
        return Task(options.questions.name, read_question_file(options.questions), None)
    found = read_question_file(options.questions) if options.questions else read_questions(options.data)
    if not (options.data / ARTICLES).exists():
        raise DataError(f"There is no {options.data / ARTICLES}: a news set has its articles there.")
    articles = list(read_articles(options.data / ARTICLES))
    size = _QUICK_ARTICLES if options.quick and options.articles is None else options.articles
    name = options.data.resolve().name
    if size is None or size >= len(articles):
        return Task(name, found, articles)
    counts = (_QUICK_ANSWERABLE, _QUICK_UNANSWERABLE) if options.quick else (None, None)
    part = cut_slice(articles, found, size, answerable=counts[0], unanswerable=counts[1])
    if not part.questions:
        raise DataError(f"{size} articles are too few for any question: take more.")
    return Task(f"{name} (slice)", part.questions, part.articles)


async def measure(news: NewsIndex, task: Task, options: QualityOptions) -> Result:
    """The figures of an open index."""
    found: list[Found] = []
    scored: list[Scored] = []
    columns: list[AnswerFigures] = []
    if options.only != "answers":
        found = await asyncio.to_thread(_retrieval, news, task.questions)
    if options.only != "retrieval":
        with progress_bar("answers", len(task.questions)) as advance:
            scored = await ask_all(news, task.questions, advance)
        columns = [
            answer_figures(half if half == ALL else f"{half} half", mine)
            for half in HALVES
            if (mine := [item for item in scored if item.half == half])
        ]
        theirs = await asyncio.to_thread(_baseline, news, task.questions, options)
        if theirs:
            asked = {item.id for item in theirs}
            same = answer_figures("the same sample", [item for item in scored if item.id in asked])
            columns += [answer_figures("sample", theirs), same]
            scored += theirs
    status = await news.status()
    answerable = sum(question.answers is not None for question in task.questions)
    counts = (answerable, len(task.questions) - answerable)
    model = NO_MODEL if options.only == "retrieval" else options.model
    if options.rerank != NO_MODEL and scored:
        model += f" over passages that {options.rerank} ranked"
    run = describe_run(task.name, (status.articles, status.chunks), counts, model, options.embedder)
    return Result(run, stage_figures(found), columns, found, scored)


async def _open(task: Task, options: QualityOptions) -> NewsIndex:
    model, rerank = (NO_MODEL, NO_MODEL) if options.only == "retrieval" else (options.model, options.rerank)
    cache = platformdirs.user_cache_path("askwire")
    if task.articles is None:
        return await open_existing(eval_config(options.index or Path(), model, options.embedder, rerank))
    folder = options.index
    if folder is None:
        recipe = await recipe_of(task.articles)
        folder = await asyncio.to_thread(cached_folder, cache, task.name, task.articles, options.embedder, recipe)
    return await open_filled(eval_config(folder, model, options.embedder, rerank), task.articles)


def _retrieval(news: NewsIndex, questions: Sequence[EvalQuestion]) -> list[Found]:
    answerable = sum(question.answers is not None for question in questions)
    with progress_bar("retrieval", answerable * len(STAGES)) as advance:
        return measure_stages(retriever_of(news), questions, advance)


def _baseline(news: NewsIndex, questions: Sequence[EvalQuestion], options: QualityOptions) -> list[Scored]:
    """llama-index on a sample of the checking half (of all questions where there are no halves)."""
    if options.quick or options.baseline_questions == 0 or options.model == NO_MODEL:
        return []
    from evals.baselines import ask_llama_index, open_local_llm

    llm = open_local_llm(options.model, platformdirs.user_cache_path("askwire"))
    if llm is None:
        return []
    sample = sample_questions([q for q in questions if q.half in {CHECKING, ALL}], options.baseline_questions)
    with progress_bar("llama-index", len(sample)) as advance:
        return ask_llama_index(retriever_of(news), llm, sample, advance)


def _check_targets(options: QualityOptions) -> None:
    """Before hours are spent: the figures can be written."""
    for file in (options.json, options.markdown, options.plot):
        if file and not file.resolve().parent.is_dir():
            raise DataError(f"{file} cannot be written: make its folder first.")
    if options.plot and not find_spec("matplotlib"):
        raise DataError("--plot needs matplotlib: install askwire with its extra evals.")


def _write(result: Result, options: QualityOptions) -> None:
    if options.json:
        options.json.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1), "utf-8")
    if options.markdown:
        options.markdown.write_text(markdown(result), "utf-8")
    if options.plot:
        from evals.plot import draw

        draw(result, options.plot)
