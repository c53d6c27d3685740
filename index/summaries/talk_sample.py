"""What of a discussion is read: all of a short one; of a long one a bounded number of messages, evenly taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.summaries.talk_cues import agrees, settles
from index.summaries.talk_text import folded, is_light, links_of
from index.summaries.types import ChatMessage

MOST_EMBEDDED = 1_200  # messages of a summary that cost an embedding, about 15 s with the local embedder on two cores
_MARKED_SHARE = 0.5  # of them, at most, for messages that hold a link or that others agreed to
_LIGHT_SHARE = 2  # times as many messages that cost none
_MOST_REPEATS = 3  # how often one person's same words are read


@dataclass(frozen=True, slots=True)
class Reading:
    """The messages that are read, in order of time, and how many were not; `light` ones say nothing by themselves."""

    messages: tuple[ChatMessage, ...]
    light: frozenset[int]
    left_out: int


def sample_talk(messages: Sequence[ChatMessage], most: int = MOST_EMBEDDED) -> Reading:
    """At most `most` messages that say something by themselves, and the short ones that go with them."""
    ordered = sorted({m.message_id: m for m in messages if m.text.strip() or m.links}.values(), key=_time)
    kept = _without_repeats(ordered)
    light = frozenset(message.message_id for message in kept if is_light(message))
    heavy = [message for message in kept if message.message_id not in light]
    chosen = {message.message_id for message in (heavy if len(heavy) <= most else _spread(kept, heavy, most))}
    going_with = _going_with(kept, light, chosen) if len(chosen) < len(heavy) else _light_ones(kept, light)
    chosen |= {message.message_id for message in _evenly(going_with, _LIGHT_SHARE * most)}
    read = tuple(message for message in kept if message.message_id in chosen)
    return Reading(read, light, len(messages) - len(read))


def _going_with(kept: Sequence[ChatMessage], light: Collection[int], chosen: Collection[int]) -> list[ChatMessage]:
    """The light messages that answer a chosen one, or stand right behind it."""
    found = []
    before: int | None = None
    for message in kept:
        follows = message.reply_to if message.reply_to is not None else before
        if message.message_id in light and follows in chosen:
            found.append(message)
        before = message.message_id
    return found


def _light_ones(kept: Sequence[ChatMessage], light: Collection[int]) -> list[ChatMessage]:
    return [message for message in kept if message.message_id in light]


def _spread(kept: Sequence[ChatMessage], heavy: Sequence[ChatMessage], most: int) -> list[ChatMessage]:
    """Messages that matter for what was decided and linked, up to a share; the others evenly over the time."""
    agreed = {message.reply_to for message in kept if message.reply_to is not None and agrees(message.text)}
    marked = [m for m in heavy if m.message_id in agreed or links_of(m) or settles(m.text)]
    marked = _evenly(marked, int(most * _MARKED_SHARE))
    ids = {message.message_id for message in marked}
    others = [message for message in heavy if message.message_id not in ids]
    return [*marked, *_evenly(others, most - len(marked))]


def _evenly(messages: Sequence[ChatMessage], count: int) -> list[ChatMessage]:
    """`count` of the messages at even distances; all when there are no more."""
    if len(messages) <= count:
        return list(messages)
    return [messages[place * len(messages) // count] for place in range(count)]


def _without_repeats(ordered: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Without what one person has said in the same words over and over."""
    seen: dict[tuple[int, int | None, str], int] = {}
    kept = []
    for message in ordered:
        key = (message.author_id, message.topic_id, folded(message.text))
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= _MOST_REPEATS:
            kept.append(message)
    return kept


def _time(message: ChatMessage) -> tuple[float, int]:
    return message.at.timestamp(), message.message_id
