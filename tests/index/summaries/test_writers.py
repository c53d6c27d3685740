"""When the model that writes summaries is down, the next one of the chain that can write does, and is named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.errors import ModelUnavailableError, ProviderError
from index.news_index import NewsIndex
from index.providers.base import ChatModel, ModelKind
from index.providers.chain import ChainedChatModel
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.summaries.cache import MemoryCache
from index.summaries.facade import Summaries
from index.summaries.group_writing import write_groups
from index.summaries.talk import summarize_talk
from index.summaries.types import ArticleSummary, Digest, Timeline, Written
from index.summaries.writers import Writers
from index.summaries.written import WINDOW, write_points
from index.types import PUBLIC, ModelUsage
from tests.index.builders import make_evidence
from tests.index.summaries.talk_builders import make_message
from tests.index.summaries.test_timeline import FIRST
from tests.index.summaries.writing_trials import PassageModel, honest

ARTICLE = replace(FIRST, id="first")
DOWN = "The first model is down."
FERRY = [make_evidence("The ferry hit a sandbank.", "Ferry", article_id="f")]
MUSEUM = [make_evidence("The museum opens again on Monday.", "Museum", article_id="m")]


def failing(error: type[ProviderError] = ModelUnavailableError, *before: str) -> FakeChatModel:
    """A model that fails, after some replies."""
    return FakeChatModel([*before, error(DOWN)], name="fake:first")


async def test_each_summary_is_written_by_the_next_model(tmp_path: Path) -> None:
    """Of an article, of what is new and of a subject; a small model between them is not asked, and nothing is amiss."""
    small = FakeChatModel(["nothing"], kind=ModelKind.READER, name="fake:small")
    makes: list[Callable[[Summaries], Awaitable[ArticleSummary | Digest | Timeline | None]]] = [
        lambda sums: sums.article("first", PUBLIC),
        lambda sums: sums.digest(PUBLIC, datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)),
        lambda sums: sums.timeline("embassy in Baghdad", PUBLIC),
    ]
    for number, make in enumerate(makes):
        first = failing()
        model = ChainedChatModel([first, small, PassageModel(honest)])
        news = await NewsIndex.open_with(tmp_path / str(number), embedder=FakeEmbedder(), chat_model=model)
        async with news:
            await news.add([ARTICLE])
            found = await make(Summaries(news))
        assert found is not None
        assert found.written == Written("fake:passages")
        assert (len(first.prompts), small.prompts) == (1, [])


async def test_a_discussion_is_written_by_the_next_model() -> None:
    """The failed one is asked once, not again for each topic."""
    talk = [make_message(n, "Ann", f"the cabin costs {n + 100} euros a night", minute=n) for n in range(4)]
    first, second = failing(), FakeChatModel(["SAID: Ann says the cabin costs 101 euros a night [2]"], name="fake:two")
    summary = await summarize_talk(talk, embedder=FakeEmbedder(), writers=Writers([first, second]))
    assert summary.written == Written("fake:two")
    assert len(first.prompts) == 1


async def test_both_are_named_and_each_is_remembered_by_itself() -> None:
    """One that fails half-way has written the first part; a second summary asks nobody for what is known."""
    passages = [
        make_evidence(f"Ferry {n} hit a sandbank. " + "It waited. " * (WINDOW // 12), "Ferries", article_id=f"f{n}")
        for n in (1, 2)
    ]
    said = [f"Ferry {n} hit a sandbank [1]" for n in (1, 2)]
    cache, first, second = MemoryCache(), failing(ProviderError, said[0]), FakeChatModel([said[1]], name="fake:two")
    for asked in (2, 3):  # it failed for the second part alone, and is tried again for that
        found = await write_points("Ferries", passages, Writers([first, second]), FakeEmbedder(), 4, cache)
        assert (found.model, found.fault, len(found.points)) == ("fake:first, fake:two", None, 2)
        assert (len(first.prompts), len(second.prompts)) == (asked, 1)


async def test_the_next_model_gets_only_what_is_not_written() -> None:
    """A page of stories whose first half is known goes on with the second half."""
    cache, first, second = MemoryCache(), failing(), FakeChatModel(["The museum opens again [1]"], name="fake:two")
    known = FakeChatModel(["The ferry hit a sandbank [1]"], name="fake:first")
    await write_groups([FERRY], "Rules.", Writers([known]), cache)
    found = await write_groups([FERRY, MUSEUM], "Rules.", Writers([first, second]), cache)
    assert found.texts == ("The ferry hit a sandbank [1]", "The museum opens again [1]")
    assert (found.authors, found.fault) == (("fake:first", "fake:two"), None)
    assert "ferry" not in second.prompts[0].text


async def test_when_all_fail_the_last_failure_is_told() -> None:
    """Each is asked once."""
    models: list[FakeChatModel] = [failing(), FakeChatModel([ModelUnavailableError("So is the second.")])]
    found = await write_groups([FERRY], "Rules.", Writers(models), MemoryCache())
    assert (found.texts, found.fault) == ((None,), "So is the second.")
    assert [len(model.prompts) for model in models] == [1, 1]


class SpentError(ProviderError):
    """A failure that cost some tokens."""

    tokens = 50


class Purse:
    """A budget of some tokens that remembers what it heard, in order."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        self.paid: list[str] = []

    async def may_spend(self) -> bool:
        return self.tokens > 0

    async def spent(self, usage: Sequence[ModelUsage]) -> None:
        self.paid += [used.model for used in usage]
        self.tokens -= sum(used.prompt_tokens + used.tokens for used in usage)


async def test_the_next_model_is_asked_only_with_money_left(tmp_path: Path) -> None:
    """What the failed one took is paid first; when that was all, sentences are chosen and its failure is told."""
    for number, (tokens, written, paid) in enumerate(
        [(10, Written(None, DOWN), ["fake:first"]), (10_000, Written("fake:passages"), ["fake:first", "fake:passages"])]
    ):
        first, second = failing(SpentError), PassageModel(honest)
        models: list[ChatModel] = [first, second]
        news = await NewsIndex.open_with(
            tmp_path / str(number), embedder=FakeEmbedder(), chat_model=ChainedChatModel(models)
        )
        async with news:
            await news.add([ARTICLE])
            purse = Purse(tokens)
            found = await Summaries(news, purse).article("first", PUBLIC)
        assert found is not None
        assert (found.written, purse.paid) == (written, paid)
        assert len(second.prompts) == len(paid) - 1
