"""What was said in a conversation: its central and telling messages that differ, and the links in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from index.instruction_text import is_order
from index.numbers import numbers_in
from index.providers.base import Vectors
from index.summaries.central import centrality, diverse_choice
from index.summaries.talk_cues import corrects, is_question, steers
from index.summaries.talk_text import authors_of, folded, links_of, said, telling
from index.summaries.types import ChatMessage, TalkKind, TalkPoint

MOST_POINTS = 6
_MESSAGES_A_POINT = 4
_MOST_LINKS = 5
_CENTRAL, _TELLING, _ANSWERED, _CORRECTING = 0.3, 0.55, 0.15, 0.25
_MANY_ANSWERS = 3
_SAME = 0.9  # cosine from which on two people say the same
_TAKEN_BACK = 0.5  # cosine of what somebody said to what corrects it


def said_points(
    topic: Sequence[ChatMessage], vectors: Mapping[int, Vectors], without: Collection[int]
) -> list[TalkPoint]:
    """Up to MOST_POINTS points of one conversation in order of time, in the speakers' own words.

    Only messages that have a vector, by their id, are chosen from, and none `without` is. What several people say
    alike is one point of all of them; what somebody took back stands with its correction.
    """
    open_to = [m for m in topic if m.message_id in vectors and m.message_id not in without and not is_question(m.text)]
    corrected = _corrections(open_to, vectors)
    back = {message.message_id for message in corrected.values()}
    groups = _alike([message for message in open_to if message.message_id not in back], vectors)
    if not groups:
        return []
    stacked = np.stack([vectors[group[0].message_id] for group in groups])
    answers = Counter(message.reply_to for message in topic if message.reply_to is not None)
    worth = _CENTRAL * centrality(stacked) + np.array([_worth(group, answers) for group in groups])
    count = min(MOST_POINTS, max(1, round(len(groups) / _MESSAGES_A_POINT)), len(groups))
    chosen = sorted(diverse_choice(worth, stacked, count))
    return [_point(groups[place], corrected) for place in chosen]


def link_points(topic: Sequence[ChatMessage]) -> list[TalkPoint]:
    """The links that were shared, each with the first message that has it and all who shared it, the first few."""
    found: dict[str, list[ChatMessage]] = {}
    for message in topic:
        for link in links_of(message):
            found.setdefault(link, []).append(message)
    shared: dict[int, list[ChatMessage]] = {}
    for messages in found.values():
        shared.setdefault(messages[0].message_id, []).extend(messages)
    points = []
    for messages in shared.values():
        different = tuple({message.message_id: message for message in messages}.values())
        points.append(TalkPoint(TalkKind.LINK, said(different[0]), authors_of(different), different))
    return points[:_MOST_LINKS]


def _worth(group: Sequence[ChatMessage], answers: Mapping[int, int]) -> float:
    """What speaks for a message by itself; who orders the reader about gains nothing by it."""
    text = said(group[0])
    if is_order(text) or steers(text):
        return 0.0
    heard = min(_MANY_ANSWERS, sum(answers.get(message.message_id, 0) for message in group) + len(group) - 1)
    return _TELLING * telling(text) + _ANSWERED * heard / _MANY_ANSWERS + _CORRECTING * corrects(text)


def _alike(messages: Sequence[ChatMessage], vectors: Mapping[int, Vectors]) -> list[list[ChatMessage]]:
    """Messages that say the same, with the same numbers, together; in order of their first ones."""
    groups: list[list[ChatMessage]] = []
    heads: list[tuple[Vectors, set[str], str]] = []
    for message in messages:
        vector, numbers, words = vectors[message.message_id], numbers_in(said(message)), folded(message.text)
        same = next(
            (
                place
                for place, (other, held, written) in enumerate(heads)
                if words == written or (held == numbers and float(np.dot(vector, other)) >= _SAME)
            ),
            None,
        )
        if same is None:
            groups.append([message])
            heads.append((vector, numbers, words))
        else:
            groups[same].append(message)
    return groups


def _corrections(messages: Sequence[ChatMessage], vectors: Mapping[int, Vectors]) -> dict[int, ChatMessage]:
    """What each correction takes back, by the correction's id: the message it answers, or its author's most like it."""
    found: dict[int, ChatMessage] = {}
    for place, message in enumerate(messages):
        if not corrects(message.text):
            continue
        for earlier in reversed(messages[:place]):
            alike = float(np.dot(vectors[message.message_id], vectors[earlier.message_id]))
            own = earlier.author_id == message.author_id and alike >= _TAKEN_BACK
            if own and numbers_in(earlier.text):
                found[message.message_id] = earlier
                break
    return found


def _point(group: Sequence[ChatMessage], corrected: Mapping[int, ChatMessage]) -> TalkPoint:
    taken_back = [corrected[m.message_id] for m in group if m.message_id in corrected]
    rests_on = (*taken_back, *group)
    return TalkPoint(TalkKind.SAID, said(group[0]), authors_of(group), rests_on)
