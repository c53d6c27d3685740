"""The real application against the fake Bot API server, with a real index and the shipped fakes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import build_application
from bot.context import BotApplication
from bot.run import ALLOWED_UPDATES
from bot.settings import Settings
from bot.state import State, open_state
from bot.tracing import Tracing
from index.news_index import NewsIndex
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.sources.reader import SourceReader, open_reader
from index.types import Answer, Article, Status
from tests.helpers.bot_api.records import Chat, Message
from tests.helpers.bot_api.server import FakeBotApi

QUOTE = "Three rockets hit the American embassy in Baghdad on Sunday evening."
STORY = Article(
    title="Rockets hit <embassy> & canteen",
    text=f"Smoke rose over the river. {QUOTE} One person was slightly hurt.\n\nNobody has claimed the attack.",
    url="https://news.example/rockets?a=1&b=2",
    source="The Daily Example",
    published_at=datetime(2020, 1, 26, 21, 30, tzinfo=UTC),
)
QUESTION = "How many rockets hit the American embassy?"


@dataclass(frozen=True)
class Bot:
    """A running bot and the server it talks to."""

    application: BotApplication
    api: FakeBotApi
    news: NewsIndex

    async def reply_to(self, message: Message) -> Message:
        """The bot's next message in the chat of `message`."""
        return await self.api.wait_for_message(message.chat, after=message)

    async def said_nothing(self, chat: Chat) -> bool:
        """Whether the bot is silent in a chat once everything is handled."""
        await self.api.settle()
        return not self.api.replies(chat)

    async def gone_from(self, chat: Chat) -> bool:
        """Whether the bot knows that it is no longer in a chat."""
        later = datetime.now(UTC) + timedelta(seconds=1)
        return chat.id in await self.application.bot_data.state.chats.left_before(later)


@contextlib.asynccontextmanager
async def running_bot(
    api: FakeBotApi, news: Any, *, reader: SourceReader | None = None, tracing: Tracing | None = None, **settings: Any
) -> AsyncIterator[Bot]:
    """A bot that polls the server; `settings` override the defaults."""
    values = {"telegram_bot_token": api.token, "telegram_api_url": api.url, **settings}
    async with reader or open_reader() as shared_reader, a_state() as state:
        application = build_application(Settings.model_validate(values), news, shared_reader, state, tracing=tracing)
        assert application.updater is not None
        await application.initialize()
        await application.start()
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        try:
            yield Bot(application, api, news)
        finally:
            await application.updater.stop()
            await application.stop()
            await application.shutdown()


@contextlib.asynccontextmanager
async def a_state() -> AsyncIterator[State]:
    """The bot's records, gone after the block."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_state(Path(folder) / "askwire.db") as state:
            yield state


class Scripted:
    """Stands in for the index where a test decides what an answer is, or how slow."""

    def __init__(self, act: Callable[[str], Awaitable[Answer]]) -> None:
        self._act = act

    async def ask(self, question: str, *_: object, **__: object) -> Answer:
        return await self._act(question)


def declined(question: str) -> Answer:
    """The answer that the articles don't say."""
    return Answer(question, Status.DECLINED)


async def open_news(data_dir: Path, replies: Sequence[str | Exception] = ("three",)) -> NewsIndex:
    """An index in `data_dir` with real storage; the model that writes answers with `replies` in turn."""
    model = FakeChatModel(replies, kind=ModelKind.READER)
    return await NewsIndex.open_with(data_dir, embedder=FakeEmbedder(), chat_model=model)
