"""telegram.Message → plain frozen values: who wrote where, to whom, and what.

`message_thread_id` is a topic only when Telegram says so (`is_topic_message`): in an ordinary group it is a
thread of replies, and the General topic has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from telegram import (
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)
from telegram.constants import ChatType

_LEFT_OVER = " \t\n,:;–—-"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself; `username` is without @."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: a chat, a topic of it or None, and the message it answers."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from: a name, when it was posted (UTC), a public link to it."""

    name: str | None = None
    posted_at: datetime | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; `size` in bytes, when Telegram tells."""

    file_id: str
    name: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message; its `repr` shows none of its words.

    `text` is the whole text or caption, `question` the same without command and mentions of the bot.
    `command` is the bot's own command at the start (without slash and @name), `foreign` says that another
    bot's stands there. `author` is who sent it, `origin` where a forwarded message comes from. `mentioned` is
    for an @mention of the bot, `answers_me` for a reply to one of its messages.
    """

    place: Place
    private: bool
    user_id: int | None
    text: str
    question: str
    command: str | None
    foreign: bool
    mentioned: bool
    answers_me: bool
    author: Origin
    origin: Origin | None
    attachment: Attachment | None
    links: tuple[str, ...]
    reply: Incoming | None

    def __repr__(self) -> str:
        return f"Incoming(chat_id={self.place.chat_id}, message_id={self.place.reply_to})"

    @property
    def addressed(self) -> bool:
        """Whether the message speaks to the bot: always in private, else by command, @mention or reply."""
        if self.foreign:
            return False
        return self.private or self.command is not None or self.mentioned or self.answers_me


def read_message(message: Message, me: Me) -> Incoming:
    """The plain values of a message and, one level deep, of the message it replies to."""
    return _read(message, me, with_reply=True)


def question_of(message: Message, me: Me) -> str:
    """The message's text without the bot's command at its start and without @mentions of the bot."""
    encoded = _text(message).encode("utf-16-le")
    kept = bytearray()
    position = 0
    for entity in sorted(_entities(message), key=lambda entity: entity.offset):
        if _is_mention(message, entity, me) or _is_command(entity):
            kept += encoded[position : 2 * entity.offset]
            position = max(position, 2 * (entity.offset + entity.length))
    kept += encoded[position:]
    words = re.sub(r" {2,}", " ", kept.decode("utf-16-le", "replace"))
    return words.lstrip(_LEFT_OVER).rstrip() if position else words.strip()


def _read(message: Message, me: Me, *, with_reply: bool) -> Incoming:
    command, foreign = _command(message, me)
    replied = message.reply_to_message
    if replied and (replied.forum_topic_created or not with_reply):
        replied = None  # Telegram marks every message of a topic as a reply to the topic's creation
    return Incoming(
        place=Place(message.chat_id, topic_of(message), message.message_id),
        private=message.chat.type == ChatType.PRIVATE,
        user_id=message.from_user.id if message.from_user else None,
        text=_text(message),
        question=question_of(message, me),
        command=command,
        foreign=foreign,
        mentioned=any(_is_mention(message, entity, me) for entity in _entities(message)),
        answers_me=bool(replied and replied.from_user and replied.from_user.id == me.id),
        author=_author(message),
        origin=_origin(message.forward_origin) if message.forward_origin else None,
        attachment=_attachment(message),
        links=_links(message),
        reply=_read(replied, me, with_reply=False) if replied else None,
    )


def topic_of(message: Message) -> int | None:
    """The topic a message stands in, None for General and for chats without topics."""
    return message.message_thread_id if message.is_topic_message else None


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return message.entities or message.caption_entities or ()


def _words(message: Message, entity: MessageEntity) -> str:
    # Not the library's own way, which fails at a span that ends between the halves of a character.
    encoded = _text(message).encode("utf-16-le")
    return encoded[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")


def _is_mention(message: Message, entity: MessageEntity, me: Me) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    return _words(message, entity).casefold() == f"@{me.username}".casefold()


def _is_command(entity: MessageEntity) -> bool:
    return entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0


def _command(message: Message, me: Me) -> tuple[str | None, bool]:
    """The bot's own command at the start, and whether another bot's stands there."""
    entity = next((entity for entity in _entities(message) if _is_command(entity)), None)
    if entity is None:
        return None, False
    name, _, target = _words(message, entity).removeprefix("/").partition("@")
    if target and target.casefold() != me.username.casefold():
        return None, True
    return name.lower(), False


def _author(message: Message) -> Origin:
    chat = message.sender_chat
    user = message.from_user
    name = (chat.title if chat else None) or (user.full_name if user else None)
    return Origin(name, message.date, None)


def _origin(origin: MessageOrigin) -> Origin:
    if isinstance(origin, MessageOriginChannel):
        username = origin.chat.username
        link = f"https://t.me/{username}/{origin.message_id}" if username else None
        return Origin(origin.chat.title, origin.date, link)
    if isinstance(origin, MessageOriginChat):
        return Origin(origin.sender_chat.title, origin.date)
    if isinstance(origin, MessageOriginUser):
        return Origin(origin.sender_user.full_name, origin.date)
    if isinstance(origin, MessageOriginHiddenUser):
        return Origin(origin.sender_user_name, origin.date)
    return Origin(None, origin.date)


def _attachment(message: Message) -> Attachment | None:
    document = message.document
    if document is None:
        return None
    return Attachment(document.file_id, document.file_name or "file", document.file_size)


def _links(message: Message) -> tuple[str, ...]:
    """The addresses in the text, in order, each once."""
    found = []
    for entity in _entities(message):
        if entity.type == MessageEntity.TEXT_LINK and entity.url:
            found.append(entity.url)
        elif entity.type == MessageEntity.URL:
            words = _words(message, entity)
            found.append(words if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", words) else f"https://{words}")
    return tuple(dict.fromkeys(found))
