"""The typed context that every handler gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Message
from telegram.ext import Application, CallbackContext, ExtBot

from bot.incoming import Incoming, Me, read_message
from bot.settings import Settings
from bot.state import State
from bot.words import Words, words_of
from index.types import PUBLIC_SCOPE, Scopes

if TYPE_CHECKING:
    from index.fetch import Fetcher
    from index.news_index import NewsIndex


@dataclass(frozen=True, slots=True)
class Shared:
    """What all handlers share."""

    settings: Settings
    news: NewsIndex
    fetcher: Fetcher
    state: State


class AskContext(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], Shared]):
    """A handler's access to the news, the settings, the network and the records.

    `words` is set by the first handler of an update: the language of the chat, else of the user.
    """

    words: Words = words_of(None)

    @property
    def settings(self) -> Settings:
        """The deployment's settings."""
        return self.bot_data.settings

    @property
    def news(self) -> NewsIndex:
        """The articles and the answers."""
        return self.bot_data.news

    @property
    def fetcher(self) -> Fetcher:
        """The one way to fetch a page."""
        return self.bot_data.fetcher

    @property
    def state(self) -> State:
        """What the bot keeps."""
        return self.bot_data.state

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
