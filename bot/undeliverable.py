"""Why a chat or a topic takes no message from the bot, by what Telegram says."""

from __future__ import annotations

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.incoming import Place

# Texts of BadRequest that mean that this chat or topic takes no message from the bot.
_TOPIC_LOST = ("topic_deleted", "message thread not found")
_CHAT_LOST = ("chat not found", "group chat was deactivated")
_CLOSED = (
    *_TOPIC_LOST,
    *_CHAT_LOST,
    "topic_closed",
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "need administrator rights",
)


class UndeliverableError(Exception):
    """The chat or topic at `place` takes no message from the bot; `cause` is Telegram's refusal."""

    def __init__(self, place: Place, cause: BadRequest | Forbidden) -> None:
        super().__init__(cause.message)
        self.place = place
        self.cause = cause

    @property
    def forbidden(self) -> bool:
        """Whether the bot was blocked or thrown out."""
        return isinstance(self.cause, Forbidden)

    @property
    def chat_is_lost(self) -> bool:
        """Whether there is no such chat any more."""
        return not self.forbidden and says(self.cause, _CHAT_LOST)

    @property
    def topic_is_lost(self) -> bool:
        """Whether the chat has no such topic any more."""
        return not self.forbidden and self.place.thread_id is not None and says(self.cause, _TOPIC_LOST)


def takes_no_message(error: BadRequest | Forbidden) -> bool:
    """Whether a refusal is the chat's or the topic's, and not the message's."""
    return isinstance(error, Forbidden) or says(error, _CLOSED)


def says(error: TelegramError, texts: tuple[str, ...]) -> bool:
    """Whether one of the texts, in small letters, stands in what Telegram says."""
    message = error.message.casefold()
    return any(text in message for text in texts)
