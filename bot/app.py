"""Builds the Telegram application: handlers, order, limits and time-outs. No I/O happens here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from telegram.ext import ApplicationBuilder, ContextTypes

from bot.context import AskContext, BotApplication, Shared
from bot.handlers.registry import register
from bot.heartbeat import Heartbeat, PollRequest
from bot.metrics import Metrics
from bot.problems import Problems
from bot.ratelimit import RateLimiter
from bot.settings import Settings
from bot.state import State
from bot.tracing import Tracing
from bot.updates import ChatOrderProcessor, DurableQueue

if TYPE_CHECKING:
    from index.news_index import NewsIndex
    from index.sources.reader import SourceReader

_CONNECT_TIMEOUT = 10.0  # seconds, as all here
_READ_TIMEOUT = 20.0
_MEDIA_TIMEOUT = 60.0


def build_application(
    settings: Settings,
    news: NewsIndex,
    reader: SourceReader,
    state: State,
    *,
    messages_per_second: float = 30,
    problems: Problems | None = None,
    tracing: Tracing | None = None,
) -> BotApplication:
    """The application with all its handlers; Telegram takes 30 `messages_per_second` from a bot.

    `problems` hears the log, for /status; `tracing` makes spans of questions.

    Raises:
        SettingsError: when there is no usable token.
    """
    shared = Shared(settings, news, reader, state, problems=problems or Problems(), tracing=tracing or Tracing())
    make_shared = cast("type[Shared]", lambda: shared)  # the library calls it once
    builder = (
        ApplicationBuilder()
        .token(settings.require_token())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .context_types(ContextTypes(context=AskContext, bot_data=make_shared))
        .rate_limiter(RateLimiter(messages_per_second, shared.metrics.flooded))
        .concurrent_updates(ChatOrderProcessor(state.inbox))
        .update_queue(DurableQueue(state.inbox, shared.arrivals))
        .connect_timeout(_CONNECT_TIMEOUT)
        .read_timeout(_READ_TIMEOUT)
        .write_timeout(_READ_TIMEOUT)
        .media_write_timeout(_MEDIA_TIMEOUT)
        .pool_timeout(_CONNECT_TIMEOUT)
        .get_updates_request(_polling(shared.heartbeat, shared.metrics))
    )
    application = builder.build()
    register(application)
    return application


def _polling(heartbeat: Heartbeat, metrics: Metrics) -> PollRequest:
    times = {"connect_timeout": _CONNECT_TIMEOUT, "read_timeout": _READ_TIMEOUT}
    return PollRequest(heartbeat, metrics, connection_pool_size=1, **times)
