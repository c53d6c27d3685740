"""telegram.Message → the record that a group's log keeps; None for what is not talk."""

from __future__ import annotations

from datetime import UTC

from telegram import Message, MessageEntity, MessageOriginUser

from bot.incoming import Me, read_message, topic_of
from index.summaries.types import ChatMessage


def talk_message(message: Message, me: Me) -> ChatMessage | None:
    """What a person said in a group; None for commands, bots, service messages and messages without words.

    A forwarded text counts as said by who forwarded it, as others see it.
    """
    incoming = read_message(message, me)
    text = incoming.text.strip()
    sender, channel = message.from_user, message.sender_chat
    if not text or _is_command(message) or message.via_bot or (sender and sender.is_bot and channel is None):
        return None
    author_id = author_of(message)
    if author_id is None:
        return None
    name = (channel.title if channel else None) or (sender.full_name if sender else "")
    return ChatMessage(
        message_id=message.message_id,
        author_id=author_id,
        author=name or "?",
        at=message.date.astimezone(UTC),
        text=text,
        topic_id=topic_of(message),
        reply_to=incoming.reply.place.reply_to if incoming.reply else None,
        links=incoming.links,
    )


def author_of(message: Message) -> int | None:
    """Who shows as the sender: a person, or the group or channel in whose name somebody writes."""
    author = message.sender_chat or message.from_user
    return author.id if author else None


def first_writer(message: Message) -> int | None:
    """The person who wrote what is forwarded, if they show it."""
    origin = message.forward_origin
    return origin.sender_user.id if isinstance(origin, MessageOriginUser) else None


def _is_command(message: Message) -> bool:
    entities = message.entities or message.caption_entities or ()
    return any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in entities)
