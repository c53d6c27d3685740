"""The measurement as a whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals import quality
from evals.newsset import DataError
from evals.quality import QualityOptions, measure, read_task, run_quality
from index.config import IndexConfig
from index.news_index import NewsIndex
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel
from index.types import Answer, Scopes
from tests.evals.builders import ARTICLES, write_lines, write_news_set
from tests.evals.conftest import OpenNews


async def test_a_news_set_is_measured_by_halves(tmp_path: Path, open_news: OpenNews) -> None:
    """Retrieval and answers of both halves, each with its own questions."""
    task = read_task(QualityOptions(data=write_news_set(tmp_path)))
    assert task.articles is not None
    news = await open_news(FakeChatModel(["27"], kind=ModelKind.READER))
    result = await measure(news, task, QualityOptions(baseline_questions=0))
    assert {row.half for row in result.stages} == {"tuning", "checking"}
    columns = [(column.label, column.answerable, column.unanswerable) for column in result.answers]
    assert columns == [("askwire, tuning half", 1, 1), ("askwire, checking half", 1, 0)]
    assert (result.run.articles, result.run.answerable, result.run.unanswerable) == (3, 2, 1)
    assert result.faults == []


@pytest.mark.parametrize(("only", "stages", "answers"), [("retrieval", True, False), ("answers", False, True)])
async def test_one_part_can_be_measured_alone(
    tmp_path: Path, open_news: OpenNews, only: str, stages: bool, answers: bool
) -> None:
    """The other part is neither run nor shown."""
    options = QualityOptions(data=write_news_set(tmp_path), only=only, baseline_questions=0)
    result = await measure(await open_news(None), read_task(options), options)
    assert (bool(result.stages), bool(result.answers)) == (stages, answers)
    assert (bool(result.found), bool(result.scored)) == (stages, answers)


@pytest.mark.parametrize(("only", "said"), [(None, True), ("retrieval", False)])
async def test_a_model_that_ranked_is_named_with_the_figures(
    tmp_path: Path, open_news: OpenNews, only: str | None, said: bool
) -> None:
    """Where it had a part in them: retrieval is measured without."""
    options = QualityOptions(data=write_news_set(tmp_path), rerank="openai:c", only=only, baseline_questions=0)
    result = await measure(await open_news(None), read_task(options), options)
    assert ("over passages that openai:c ranked" in result.run.model) is said


def test_a_slice_says_that_it_is_one(tmp_path: Path) -> None:
    """Its figures are not mistaken for those of the whole set."""
    folder = write_news_set(tmp_path)
    task = read_task(QualityOptions(data=folder, articles=2))
    assert task.name == f"{folder.name} (slice)"
    assert len(task.articles or ()) == 2
    assert read_task(QualityOptions(data=folder, quick=True)).name == folder.name
    with pytest.raises(DataError, match="too few"):
        read_task(QualityOptions(data=folder, articles=1))


@pytest.fixture
async def own_index(tmp_path: Path, weights_dir: Path) -> Path:
    """A data directory with the articles, embedded by the real embedder."""
    config = IndexConfig(tmp_path / "index", weights_dir, chat_model="none")
    async with await NewsIndex.open(config) as news:
        await news.add(ARTICLES)
    return config.data_dir


@pytest.fixture
def own_options(tmp_path: Path, own_index: Path) -> QualityOptions:
    """A user's own two questions over their own index, without a language model."""
    questions = write_lines(
        tmp_path / "mine.jsonl",
        {"question": "How many miles does the lamp of the lighthouse of Varn shine?", "answers": ["27"]},
        {"question": "Which volcano erupted near Quillon?", "answers": None},
    )
    return QualityOptions(questions=questions, index=own_index, model="none", check=True)


async def test_anybodys_own_questions_are_measured_over_their_index(
    tmp_path: Path, own_options: QualityOptions, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables, JSON, Markdown and picture from a file of questions and answers."""
    options = replace(own_options, json=tmp_path / "r.json", markdown=tmp_path / "r.md", plot=tmp_path / "r.png")
    assert await run_quality(options) == 0
    assert "mine.jsonl: 3 articles in 3 chunks, 1 answerable and 1 unanswerable questions" in capsys.readouterr().out
    record = json.loads((tmp_path / "r.json").read_text("utf-8"))
    (column,) = record["answers"]
    assert (column["group"], column["shares"]["containment"]["value"]) == ("all", 1.0)
    assert column["shares"]["declined"]["value"] == 1.0
    assert "| all | dense alone | 1.000" in (tmp_path / "r.md").read_text("utf-8")
    assert (tmp_path / "r.png").stat().st_size > 10_000


async def test_check_fails_on_a_quote_that_is_not_verbatim(
    own_options: QualityOptions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ruler is not blind: a changed quote ends with 1, without `--check` it is only shown."""
    ask = NewsIndex.ask

    async def forged(self: NewsIndex, question: str, scopes: Scopes, **options: object) -> Answer:
        answer = await ask(self, question, scopes)
        return replace(answer, citations=tuple(replace(c, quote="It shines 28 miles.") for c in answer.citations))

    monkeypatch.setattr(NewsIndex, "ask", forged)
    options = replace(own_options, only="answers")
    assert await run_quality(options) == 1
    assert "quotes are not verbatim" in capsys.readouterr().out
    assert await run_quality(replace(options, check=False)) == 0


async def test_what_is_missing_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and no index made where none was."""
    questions = write_lines(tmp_path / "mine.jsonl", {"question": "Who?", "answers": ["x"]})
    news_set = tmp_path / "set"
    news_set.mkdir()
    write_lines(news_set / "questions.jsonl", {"question": "Who?", "answers": ["x"]})
    wrong = {
        "Name a news set": QualityOptions(),
        "holds no index": QualityOptions(questions=questions, index=tmp_path / "none"),
        "articles.jsonl.gz": QualityOptions(data=news_set),
        "make its folder": QualityOptions(data=news_set, plot=tmp_path / "none" / "x.png"),
    }
    for message, options in wrong.items():
        assert await run_quality(options) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1
    monkeypatch.setattr(quality, "find_spec", lambda _: None)
    assert await run_quality(QualityOptions(data=news_set, plot=tmp_path / "x.png")) == 2
    assert "extra evals" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
