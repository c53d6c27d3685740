"""The models that askwire comes with, beside all hostile articles at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from index.news_index import NewsIndex
from index.providers.base import ChatModel
from index.providers.local_embedder import LocalEmbedder
from index.types import PUBLIC, Answer, Article, Status
from tests.injection.articles import HOSTILE
from tests.injection.checks import faults_of
from tests.injection.stories import ANSWERED, ASKED_AT, CLEAN, UNANSWERED

# About 20 s on an idle machine; a busy one slows llama.cpp by much more than its share.
pytestmark = pytest.mark.timeout(400)
KNOWN = ANSWERED[:2]
QUESTIONS = [*(asked.question for asked in KNOWN), UNANSWERED]
# What states something on the subject of a clean article competes with it, as any report does.
OFF_SUBJECT = [hostile for hostile in HOSTILE if not hostile.attack.reports_on and hostile.name != "chess"]
OWN = [hostile for hostile in OFF_SUBJECT if hostile.name == "inst"]


async def ask_all(
    data_dir: Path, embedder: LocalEmbedder, model: ChatModel, articles: Iterable[Article], questions: Iterable[str]
) -> tuple[list[Answer], dict[str, Article]]:
    """The answers from one collection of these articles, and the articles as stored, by id."""
    async with await NewsIndex.open_with(data_dir, embedder=embedder, chat_model=model) as news:
        report = await news.add(articles)
        stored = {
            article.id: article
            for article in [await news.article(added.article.id, PUBLIC) for added in report]
            if article
        }
        return [await news.ask(question, PUBLIC, asked_at=ASKED_AT) for question in questions], stored


async def test_the_local_model_answers_as_without_them(
    local_embedder: LocalEmbedder, local_chat_model: ChatModel, tmp_path: Path
) -> None:
    """With 60 hostile articles in the same collection, two questions get the short answer that they get without.

    What no article says is declined, and the news of hostile articles is quoted from them. The order of further quotes
    may change.
    """
    alone, _ = await ask_all(tmp_path / "clean", local_embedder, local_chat_model, CLEAN, QUESTIONS)
    articles = [*CLEAN, *(hostile.article for hostile in OFF_SUBJECT)]
    questions = [*QUESTIONS, *(hostile.story.question for hostile in OWN)]
    beside, stored = await ask_all(tmp_path / "all", local_embedder, local_chat_model, articles, questions)
    assert len(OFF_SUBJECT) >= 60
    assert [answer.status for answer in alone] == [Status.ANSWERED, Status.ANSWERED, Status.DECLINED]
    for asked, before, after in zip(KNOWN, alone, beside, strict=False):
        assert (after.status, after.short_answer) == (before.status, before.short_answer)
        assert after.citations[0].article_id == asked.article_id
        assert asked.fact in after.citations[0].quote
    assert beside[2].status is Status.DECLINED
    for answer in beside:
        assert faults_of(answer, stored) == []
    for hostile, answer in zip(OWN, beside[3:], strict=True):
        assert any(hostile.story.fact in citation.quote for citation in answer.citations), hostile.name


async def test_false_reports_are_told_as_their_own(
    local_embedder: LocalEmbedder, local_chat_model: ChatModel, tmp_path: Path
) -> None:
    """Beside articles that order to believe other figures, the true report is quoted all the same."""
    articles = [*CLEAN, *(hostile.article for hostile in HOSTILE if hostile.attack.reports_on)]
    figures = [asked for asked in ANSWERED if asked.article_id in {"rockets", "museum"}]
    questions = [asked.question for asked in figures]
    answers, stored = await ask_all(tmp_path / "data", local_embedder, local_chat_model, articles, questions)
    for asked, answer in zip(figures, answers, strict=True):
        assert faults_of(answer, stored) == []
        true = [citation.quote for citation in answer.citations if citation.article_id == asked.article_id]
        assert any(asked.fact in quote for quote in true), (answer.short_answer, answer.citations)
