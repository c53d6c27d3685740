"""The typed context that every handler gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import structlog
from telegram import Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.arrivals import Arrivals
from bot.chats import ChatSettings
from bot.heartbeat import Heartbeat
from bot.incoming import Incoming, Me, read_message
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.problems import Problems
from bot.running import Running
from bot.settings import Settings
from bot.spending import SummaryBudget
from bot.state import State
from bot.tracing import Tracing
from bot.words import Words, words_of
from index.types import PUBLIC_SCOPE, Scopes

if TYPE_CHECKING:
    from index.feeds import Feeds
    from index.news_index import NewsIndex
    from index.sources.reader import SourceReader
    from index.summaries.facade import Summaries


log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shared:
    """What all handlers share; `feeds` are opened when they are first needed."""

    settings: Settings
    news: NewsIndex
    reader: SourceReader
    state: State
    running: Running = field(default_factory=Running)
    metrics: Metrics = field(default_factory=Metrics)
    heartbeat: Heartbeat = field(default_factory=Heartbeat)
    problems: Problems = field(default_factory=Problems)
    tracing: Tracing = field(default_factory=Tracing)

    @cached_property
    def arrivals(self) -> Arrivals:
        """How long updates have waited."""
        return Arrivals(self.heartbeat)

    @cached_property
    def feeds(self) -> Feeds:
        """The feeds that chats follow."""
        from index.feeds import Feeds

        return Feeds(self.news, self.reader)

    @cached_property
    def summaries(self) -> Summaries:
        """What sums up articles and the news."""
        from index.summaries.facade import Summaries

        return Summaries(self.news, SummaryBudget(self.settings, self.state))


class AskContext(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], Shared]):
    """A handler's access to the news, the settings, the network and the records.

    `words` and `chat_settings` are set by the first handler of an update: the language of the chat, else of the user.
    """

    words: Words = words_of(None)
    chat_settings: ChatSettings = ChatSettings()
    update_id: int = 0

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """The context of one update."""
        context = super().from_update(update, application)
        context.update_id = update.update_id if isinstance(update, Update) else 0
        return context

    @property
    def settings(self) -> Settings:
        """The deployment's settings."""
        return self.bot_data.settings

    @property
    def news(self) -> NewsIndex:
        """The articles and the answers."""
        return self.bot_data.news

    @property
    def reader(self) -> SourceReader:
        """The one way to read links and files."""
        return self.bot_data.reader

    @property
    def feeds(self) -> Feeds:
        """The feeds that chats follow."""
        return self.bot_data.feeds

    @property
    def summaries(self) -> Summaries:
        """What sums up articles and the news."""
        return self.bot_data.summaries

    @property
    def state(self) -> State:
        """What the bot keeps."""
        return self.bot_data.state

    @property
    def running(self) -> Running:
        """The questions that are being answered."""
        return self.bot_data.running

    @property
    def metrics(self) -> Metrics:
        """What is counted for whoever runs the bot."""
        return self.bot_data.metrics

    @property
    def tracing(self) -> Tracing:
        """What makes spans of requests."""
        return self.bot_data.tracing

    def ended(self, status: str) -> None:
        """Counts a question that ended without an answer, and has its trace say so."""
        self.metrics.ended(status)
        self.tracing.ended(status)

    @property
    def problems(self) -> Problems:
        """The last warnings and errors of the log."""
        return self.bot_data.problems

    @property
    def outbox(self) -> Outbox:
        """Delivers replies to this update."""
        state = self.state
        return Outbox(
            self.bot, state.inbox, self.update_id or None, state.chats.left, self.move_chat, state.digests.stop
        )

    async def move_chat(self, old: int, new: int) -> None:
        """Moves all that is kept of a group to the supergroup that it became; doing it again changes nothing.

        Raises:
            StoreError: when the records cannot be changed.
        """
        state = self.state
        await state.chats.migrate(old, new)
        await state.usage.migrate(old, new)
        await state.conversations.migrate(old, new)
        await state.digests.migrate(old, new)
        await state.messages.migrate(old, new)
        await self.news.move_scope(chat_scope(old), chat_scope(new))
        await self.feeds.move_scope(chat_scope(old), chat_scope(new))
        log.info("a group became a supergroup", old=old, new=new)

    def read(self, message: Message) -> Incoming:
        """The message as plain values."""
        return read_message(message, Me(self.bot.id, self.bot.username))


BotApplication = Application[ExtBot[Any], AskContext, dict[Any, Any], dict[Any, Any], Shared, Any]


def chat_scope(chat_id: int) -> str:
    """The collection of what was added in one chat."""
    return f"chat:{chat_id}"


def visible_scopes(chat_id: int) -> Scopes:
    """The collections that a chat may see: the public one and its own."""
    return Scopes.of(PUBLIC_SCOPE, chat_scope(chat_id))
