"""Questions of a conversation that nobody has answered; one that may have been answered is not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np

from index.providers.base import Vectors
from index.question_types import PLAIN_SIGNS, AnswerType, answer_type, holds_type
from index.summaries.talk_cues import asks_by_word, has_found_out, is_question, knows_nothing
from index.summaries.talk_text import said, telling_stems
from index.summaries.types import ChatMessage, TalkKind, TalkPoint

_FEWEST_STEMS = 2
_FOLLOWING = 5  # messages of the conversation behind a question, in which an answer needs no reply link
_ANSWERED_WITHIN = timedelta(minutes=45)
_ON_IT = 0.35  # cosine from which on a statement is on what was asked
_MOST = 3
_ASKING_SENTENCE = re.compile(r"[^.!?？؟…\n]*[?？؟]")


def open_questions(topic: Sequence[ChatMessage], vectors: Mapping[int, Vectors]) -> list[TalkPoint]:
    """The questions of one conversation that are still open, in order of time, the latest few.

    `vectors` may hold one for a message, by its id.
    """
    found = []
    for place, message in enumerate(topic):
        if not _asks(message) or _is_answered(topic, place, vectors):
            continue
        found.append(TalkPoint(TalkKind.QUESTION, said(message), (message.author,), (message,)))
    return found[-_MOST:]


def _asks(message: ChatMessage) -> bool:
    """Whether a message asks for something and ends with that, so that it is not a remark behind a question."""
    if message.reply_to is not None and not asks_by_word(message.text):
        return False
    return is_question(message.text) and len(set(telling_stems(_asked(message.text)))) >= _FEWEST_STEMS


def _is_answered(topic: Sequence[ChatMessage], place: int, vectors: Mapping[int, Vectors]) -> bool:
    question = topic[place]
    statements = 0
    for answer in topic[place + 1 :]:
        if answer.author_id == question.author_id:
            if has_found_out(answer.text) and answer.at - question.at <= _ANSWERED_WITHIN:
                return True
            continue
        if answer.reply_to == question.message_id and not (is_question(answer.text) or knows_nothing(answer.text)):
            return True
        statements += 1
        if answer.reply_to is not None or statements > _FOLLOWING or answer.at - question.at > _ANSWERED_WITHIN:
            continue
        if not is_question(answer.text) and _may_answer(question, answer, vectors):
            return True
    return False


def _may_answer(question: ChatMessage, answer: ChatMessage, vectors: Mapping[int, Vectors]) -> bool:
    """Whether a statement is on what was asked: in its words or meaning, and of the kind that was asked for."""
    kind = answer_type(_asked(question.text))
    if kind in PLAIN_SIGNS and not holds_type(answer.text, kind):
        return False
    shared = set(telling_stems(question.text)) & set(telling_stems(answer.text))
    one, other = vectors.get(question.message_id), vectors.get(answer.message_id)
    alike = float(np.dot(one, other)) if one is not None and other is not None else 0.0
    needed = 1 if kind is not AnswerType.OTHER else 2
    return alike >= _ON_IT or len(shared) > needed


def _asked(text: str) -> str:
    """The sentence of a message that asks, the longest one."""
    return max((match.group().strip() for match in _ASKING_SENTENCE.finditer(text)), key=len, default=text)
