"""An index with the clean articles for all, each hostile one in a chat of its own, and clean twins in one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.news_index import NewsIndex
from index.providers.base import ChatModel
from index.types import PUBLIC, PUBLIC_SCOPE, Answer, Article, Scopes
from tests.end_to_end.isolation_models import QuickEmbedder
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.stories import ASKED_AT, CLEAN, PRIVATE, PRIVATE_SCOPE

TWINS = "chat:twins"


@dataclass(frozen=True)
class World:
    """The index, and the hostile articles by name as they are stored."""

    news: NewsIndex
    stored: dict[str, Article]

    async def ask(self, question: str, hostile: Hostile | None = None) -> Answer:
        """Asks in the chat that the hostile article was sent to, or where there is none."""
        return await self.news.ask(question, scopes_of(hostile), asked_at=ASKED_AT)

    async def ask_twins(self, question: str) -> Answer:
        """Asks where there is the same news without the orders."""
        return await self.news.ask(question, Scopes.of(PUBLIC_SCOPE, TWINS), asked_at=ASKED_AT)

    def visible(self, hostile: Hostile) -> dict[str, Article]:
        """The articles of that chat by id."""
        mine = self.stored[hostile.name]
        return {article.id: article for article in (*CLEAN, mine)}


def scopes_of(hostile: Hostile | None) -> Scopes:
    """What the chat of a hostile article may see."""
    return Scopes.of(PUBLIC_SCOPE, hostile.scope) if hostile else PUBLIC


def twin_of(hostile: Hostile) -> Article:
    """The article without its order."""
    story = hostile.story
    return replace(hostile.article, title=story.title, text=story.text, source=hostile.attack.source)


def fill(data_dir: Path) -> dict[str, Article]:
    """Takes all articles in; the hostile ones as stored, by name."""
    return asyncio.run(_fill(data_dir))


async def _fill(data_dir: Path) -> dict[str, Article]:
    async with await NewsIndex.open_with(data_dir, embedder=QuickEmbedder(), chat_model=None) as news:
        await news.add(CLEAN)
        await news.add([PRIVATE], scope=PRIVATE_SCOPE)
        stored: dict[str, Article] = {}
        for hostile in HOSTILE:
            (added,) = await news.add([hostile.article], scope=hostile.scope)
            article = await news.article(added.article.id, Scopes.of(hostile.scope))
            assert article is not None
            stored[hostile.name] = article
        await news.add(map(twin_of, HOSTILE), scope=TWINS)
        return stored


@asynccontextmanager
async def open_world(
    data_dir: Path, stored: dict[str, Article], model: ChatModel | None, reranker: ChatModel | None = None
) -> AsyncIterator[World]:
    """Opens what `fill` has made."""
    news = await NewsIndex.open_with(data_dir, embedder=QuickEmbedder(), chat_model=model, reranker=reranker)
    async with news:
        yield World(news, stored)
