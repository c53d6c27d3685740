"""The pieces of a discussion that certainly belong together: replies, and short messages with what they answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from index.summaries.talk_cues import agrees, refuses
from index.summaries.types import ChatMessage

_FOLLOWS_WITHIN = timedelta(minutes=3)
_SAME_BREATH = timedelta(seconds=90)


def fragments(messages: Sequence[ChatMessage], light: Collection[int]) -> list[list[ChatMessage]]:
    """Messages in groups that belong together for sure, each in order of time; no group crosses a forum topic.

    A reply goes with what it answers; assent or refusal that says nothing by itself (`light`) goes with the message
    before it, if that was just now; what one person writes in one breath is one thing said.
    """
    places = {message.message_id: place for place, message in enumerate(messages)}
    parents = list(range(len(messages)))
    before: dict[int | None, int] = {}
    for place, message in enumerate(messages):
        previous = before.get(message.topic_id)
        answered = places.get(message.reply_to) if message.reply_to is not None else None
        if answered is not None and messages[answered].topic_id == message.topic_id:
            _join(parents, answered, place)
        elif message.reply_to is None and previous is not None and _goes_on(messages[previous], message, light):
            _join(parents, previous, place)
        before[message.topic_id] = place
    groups: dict[int, list[ChatMessage]] = {}
    for place, message in enumerate(messages):
        groups.setdefault(_root(parents, place), []).append(message)
    return list(groups.values())


def _goes_on(previous: ChatMessage, message: ChatMessage, light: Collection[int]) -> bool:
    gap = message.at - previous.at
    if message.author_id == previous.author_id:
        return gap <= _SAME_BREATH
    answers = agrees(message.text) or refuses(message.text)
    return message.message_id in light and answers and gap <= _FOLLOWS_WITHIN


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


def _join(parents: list[int], one: int, other: int) -> None:
    roots = _root(parents, one), _root(parents, other)
    parents[max(roots)] = min(roots)
