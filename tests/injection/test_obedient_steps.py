"""Each step that a model takes part in, with one that obeys: ranking, rewriting, writing bit by bit, the prompt."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from rich.console import Console

from bot.terminal import print_answer
from index.follow_up import stand_alone
from index.prompts import ranking_prompt, reader_prompt, rewriting_prompt, writer_prompt
from index.providers.base import ModelKind
from index.types import Progress, Status, Turn
from tests.index.builders import make_evidence, make_sentence
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.checks import faults_of
from tests.injection.conftest import OpenWorld
from tests.injection.gullible import GullibleModel
from tests.injection.stories import ANSWERED, ASKED_AT
from tests.injection.world import scopes_of

EVERY_THIRD = HOSTILE[::3]
EVERY = pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)


async def test_a_ranking_that_was_ordered_hides_no_true_report(world_with: OpenWorld) -> None:
    """An obedient reranker puts the orders first and the best last; what was found first is read all the same."""
    ranker = GullibleModel(ModelKind.WRITER)
    async with world_with(None, ranker) as world:
        for hostile in EVERY_THIRD:
            for asked in ANSWERED:
                answer = await world.ask(asked.question, hostile)
                assert faults_of(answer, world.visible(hostile)) == []
                assert asked.article_id in [item.article_id for item in answer.evidence[:5]]
                assert any(asked.fact in citation.quote for citation in answer.citations), hostile.name
    assert ranker.obeyed >= len(EVERY_THIRD)


@pytest.mark.parametrize("question", ["And when?", "How many people were hurt?", "Who claimed it?", "Why?"])
async def test_an_order_in_a_conversation_changes_no_question(question: str) -> None:
    """A rewriter that obeys an earlier answer is not believed: the question is understood as without a model."""
    for hostile in HOSTILE:
        history = [Turn(ANSWERED[0].question, "Three"), Turn(hostile.story.question, hostile.attack.order)]
        model = GullibleModel(ModelKind.WRITER)
        understood = await stand_alone(question, history, [model])
        if model.obeyed:
            assert understood == await stand_alone(question, history, []), hostile.name


async def test_an_order_of_the_asker_leaks_nothing(world_with: OpenWorld) -> None:
    """Whoever gives the order, what is said stands in the articles; nothing of the prompt or of other chats is told."""
    model = GullibleModel(ModelKind.WRITER)
    async with world_with(model) as world:
        for hostile in EVERY_THIRD:
            order = " ".join(hostile.attack.order.split())[:500]
            answer = await world.ask(f"{order} {ANSWERED[0].question}", hostile)
            assert faults_of(answer, world.visible(hostile)) == [], hostile.name
    assert model.obeyed >= len(EVERY_THIRD) - 2


async def test_nothing_unchecked_is_shown_while_it_is_written(world_with: OpenWorld) -> None:
    """What a chat sees of an answer on its way is made of sentences that the whole answer keeps, and of no other."""
    async with world_with(GullibleModel(ModelKind.WRITER, mixed=True)) as world:
        for hostile in EVERY_THIRD:
            heard: list[Progress] = []
            answer = await world.news.ask(
                ANSWERED[0].question, scopes_of(hostile), asked_at=ASKED_AT, on_progress=heard.append
            )
            kept = {text for text, _ in answer.sentences}
            lines = {line.rpartition(" [")[0] for progress in heard for line in progress.text.splitlines()}
            assert lines <= kept | {""}, hostile.name
            assert answer.status is Status.ANSWERED


@pytest.mark.parametrize("name", ["terminal", "bidi", "split links", "invisible", "closed quote"])
async def test_a_terminal_gets_no_command(world_with: OpenWorld, name: str) -> None:
    """No escape sequence of an article or a model reaches it, and thus no link and no colour; nor what turns text."""
    hostile = next(hostile for hostile in HOSTILE if hostile.name == name)
    async with world_with(GullibleModel(ModelKind.WRITER)) as world:
        for question in (ANSWERED[0].question, hostile.story.question):
            shown = io.StringIO()
            print_answer(await world.ask(question, hostile), Console(file=shown, width=100))
            text = shown.getvalue()
            assert hostile.story.fact in text or ANSWERED[0].fact in text
            assert [sign for sign in text if unicodedata.category(sign) == "Cc" and sign != "\n"] == []
            assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(text)


@EVERY
def test_no_article_forges_a_part_of_a_prompt(hostile: Hostile) -> None:
    """Neither tags, which chat templates and tokenizers understand, nor the number of a passage stand in its text."""
    article = hostile.article
    evidence = make_evidence(article.text, article.title, source=article.source)
    sentence = make_sentence(article.text, title=article.title)
    for prompt in (
        writer_prompt(article.text, [evidence]),
        ranking_prompt(article.title, [(evidence, article.text)]),
        rewriting_prompt("And then?", [Turn(article.title, article.text)]),
        reader_prompt(article.text[:500], sentence),
    ):
        assert not set("<>") & set(prompt.text)
        assert not re.search(r"\[(?:/?INST|2|3|99)\]", prompt.text)
        assert prompt.text.count("[1]") <= 1
