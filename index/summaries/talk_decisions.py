"""What a conversation decided: a proposal that others agreed to, or a message that says it is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from index.summaries.talk_cues import agrees, is_question, proposes, refuses, settles
from index.summaries.talk_text import authors_of, said, telling_stems
from index.summaries.types import ChatMessage, TalkKind, TalkPoint

_FEWEST_STEMS = 2
_ANSWERS_WITHIN = timedelta(minutes=10)
_NEXT = 3  # messages of the conversation behind a proposal, in which assent needs no reply link
_AGREED_BY_MANY = 2  # people whose assent makes a decision of what was not put as a proposal


def decisions_in(topic: Sequence[ChatMessage]) -> list[TalkPoint]:
    """The decisions of one conversation in order of time, in the words of who proposed, with those who agreed."""
    found = []
    taken: set[int] = set()
    linked: dict[int, list[ChatMessage]] = {}
    for message in topic:
        if message.reply_to is not None:
            linked.setdefault(message.reply_to, []).append(message)
    for place, message in enumerate(topic):
        if len(set(telling_stems(message.text))) < _FEWEST_STEMS or message.message_id in taken:
            continue
        assent, dissent = _answers(topic, place, linked)
        supporters = len({answer.author_id for answer in assent})
        accepted = supporters > len({answer.author_id for answer in dissent})
        if (accepted and _is_proposal(message, supporters)) or (settles(message.text) and not dissent):
            rests_on = (message, *assent)
            taken |= {answer.message_id for answer in rests_on}
            found.append(TalkPoint(TalkKind.DECISION, said(message), authors_of(rests_on), rests_on))
    return found


def _is_proposal(message: ChatMessage, supporters: int) -> bool:
    if proposes(message.text):
        return True
    return supporters >= _AGREED_BY_MANY and is_question(message.text)


def _answers(
    topic: Sequence[ChatMessage], place: int, linked: Mapping[int, Sequence[ChatMessage]]
) -> tuple[list[ChatMessage], list[ChatMessage]]:
    """Who agreed to a message and who did not, each person's last word."""
    last = {answer.author_id: answer for answer in _replies(topic, place, linked)}
    ordered = sorted(last.values(), key=lambda answer: (answer.at, answer.message_id))
    return [a for a in ordered if agrees(a.text)], [a for a in ordered if refuses(a.text)]


def _replies(
    topic: Sequence[ChatMessage], place: int, linked: Mapping[int, Sequence[ChatMessage]]
) -> Iterator[ChatMessage]:
    """What others answered: in the next messages, until something else is proposed, or by a reply link."""
    message = topic[place]
    for answer in topic[place + 1 : place + 1 + _NEXT]:
        if answer.author_id != message.author_id and answer.reply_to is None and _takes_sides(answer):
            if answer.at - message.at <= _ANSWERS_WITHIN:
                yield answer
        elif proposes(answer.text):
            break
    for answer in linked.get(message.message_id, ()):
        if answer.author_id != message.author_id and _takes_sides(answer):
            yield answer


def _takes_sides(answer: ChatMessage) -> bool:
    return agrees(answer.text) or refuses(answer.text)
