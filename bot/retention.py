"""How long articles stay in a collection: as the deployment has it, or shorter where a chat wants that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.chats import Chats, ChatSettings
from bot.settings import Settings

if TYPE_CHECKING:
    from index.news_index import NewsIndex

log = structlog.get_logger(__name__)

_CHAT = "chat:"


def article_days(chat: ChatSettings, limit: int | None) -> int | None:
    """The days for which an article stays in a chat's collection; None is always.

    `limit` is the deployment's: a chat may choose less, not more.
    """
    own = chat.article_days or None
    return min(own, limit) if own and limit else own or limit


async def trim_collections(news: NewsIndex, chats: Chats, settings: Settings, now: datetime) -> None:
    """Drops the articles that are too old or too many, collection by collection.

    Raises:
        StoreError: when the index or the records fail.
    """
    limit, keep = settings.article_retention_days, settings.articles_per_collection
    for scope in await news.scopes():
        chat = await chats.settings(int(scope.removeprefix(_CHAT))) if scope.startswith(_CHAT) else ChatSettings()
        days = article_days(chat, limit)
        if days is None and keep is None:
            continue
        before = now - timedelta(days=days) if days else None
        if gone := await news.trim(scope, before=before, keep=keep):
            log.info("old articles dropped", collection=scope, articles=gone)
