"""A group's discussion by topic of conversation: who said what, what was decided, asked and shared, in their words."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from index.providers.base import Embedder, Vectors
from index.summaries.cache import MemoryCache, SummaryCache
from index.summaries.talk_decisions import decisions_in
from index.summaries.talk_lookups import Search, with_news
from index.summaries.talk_points import link_points, said_points
from index.summaries.talk_questions import open_questions
from index.summaries.talk_sample import sample_talk
from index.summaries.talk_text import authors_of, folded, said, telling
from index.summaries.talk_titles import titles
from index.summaries.talk_topics import conversations, own_vectors
from index.summaries.talk_writing import write_talk
from index.summaries.types import ChatMessage, TalkKind, TalkPoint, TalkSummary, TalkTopic
from index.summaries.writers import Writers

MOST_TOPICS = 8
_FEWEST = 3  # messages of a topic, when there are larger ones and nothing was decided or shared in it
_MOST_CANDIDATES = 60  # messages of a topic that points are chosen from; each costs an embedding
_PERSON = 2  # messages that a person's presence is worth when the liveliest topic is sought
_SHOWN_OF_SHORT = 3


async def summarize_talk(
    messages: Sequence[ChatMessage],
    *,
    embedder: Embedder,
    search: Search | None = None,
    writers: Writers | None = None,
    cache: SummaryCache | None = None,
    limit_topics: int = MOST_TOPICS,
) -> TalkSummary:
    """The discussion by its liveliest topics of conversation, in its own words; messages in any order.

    The first of the `writers` that answers writes it, and each point is checked (talk_writing.py); `cache` keeps what
    was written.

    A long one is read in part: MOST_EMBEDDED messages of talk_sample.py and the short ones that go with them, and
    `left_out` says how many were not. With `search` over the chat's articles, what can be checked is (talk_lookups.py).

    Raises:
        ProviderError: when the embedder fails.
        StoreError: when the search fails.
    """
    summary, groups = await asyncio.to_thread(extracted_talk, messages, embedder, limit_topics)
    if writers:
        summary = await write_talk(summary, groups, writers, cache or MemoryCache())
    return await with_news(summary, search) if search else summary


def extracted_talk(
    messages: Sequence[ChatMessage], embedder: Embedder, limit_topics: int = MOST_TOPICS
) -> tuple[TalkSummary, list[list[ChatMessage]]]:
    """The discussion in its own words, without the articles, and the messages of its topics in their order; blocking.

    Raises:
        ProviderError: when the embedder fails.
    """
    reading = sample_talk(messages)
    groups = _liveliest(conversations(reading, embedder))[:limit_topics]
    told = [(group, _points(group, reading.light, embedder)) for group in groups]
    told = [(group, points) for group, points in told if points]
    if not told and reading.messages:
        told = [(list(reading.messages), _as_it_stands(reading.messages))]
    named = titles([group for group, _ in told])
    topics = [
        TalkTopic(title, tuple(points), len(group), authors_of(group))
        for title, (group, points) in zip(named, told, strict=True)
    ]
    summary = TalkSummary(tuple(topics), len(reading.messages), reading.left_out)
    return summary, [group for group, _ in told]


def _liveliest(groups: Sequence[list[ChatMessage]]) -> list[list[ChatMessage]]:
    """Those that are worth a title, the liveliest first: by different things said and by people."""

    def liveliness(group: Sequence[ChatMessage]) -> int:
        different = {(message.author_id, folded(message.text)) for message in group}
        return len(different) + _PERSON * len({message.author_id for message in group})

    ordered = sorted(groups, key=liveliness, reverse=True)
    if not ordered or len(ordered[0]) < _FEWEST:
        return ordered
    return [group for group in ordered if len(group) >= _FEWEST or decisions_in(group) or link_points(group)]


def _points(group: Sequence[ChatMessage], light: Collection[int], embedder: Embedder) -> list[TalkPoint]:
    """All points of one conversation in order of time; no message is told twice."""
    decided = decisions_in(group)
    proposed = {point.messages[0].message_id for point in decided}
    shared = [point for point in link_points(group) if point.messages[0].message_id not in proposed]
    told = {message.message_id for point in (*decided, *shared) for message in point.messages}
    telling_ones = [m for m in group if m.message_id not in light and m.message_id not in told]
    vectors = _vectors(telling_ones, embedder)
    asked = [point for point in open_questions(group, vectors) if point.messages[0].message_id not in told]
    points = [*decided, *shared, *asked, *said_points(group, vectors, told)]
    return sorted(points, key=lambda point: (point.messages[0].at, point.messages[0].message_id))


def _vectors(messages: Sequence[ChatMessage], embedder: Embedder) -> dict[int, Vectors]:
    """Of the messages that tell most, by their ids."""
    most = sorted(messages, key=lambda message: telling(said(message)), reverse=True)[:_MOST_CANDIDATES]
    if not most:
        return {}
    vectors = own_vectors([said(message) for message in most], embedder)
    return {message.message_id: vector for message, vector in zip(most, vectors, strict=True)}


def _as_it_stands(messages: Sequence[ChatMessage]) -> list[TalkPoint]:
    """Of talk in which nothing stands by itself: the last different messages."""
    different = {(message.author_id, folded(message.text)): message for message in messages}
    last = list(different.values())[-_SHOWN_OF_SHORT:]
    return [TalkPoint(TalkKind.SAID, said(message), (message.author,), (message,)) for message in last]
