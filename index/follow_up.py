"""A follow-up question → one that stands alone, from the last turns of the conversation.

A capable model rewrites it, and code checks that; without one, and where the check fails, rules do. A question that
stands alone stays exactly as it is.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.conversation.ellipses import foreign_words, joined_with_last
from index.conversation.english import ENGLISH_SIGNS, key
from index.conversation.leaning import Lean, leaning
from index.conversation.pointing import own_names
from index.conversation.rewriting import rewritten_by_model
from index.conversation.rules import by_rules
from index.providers.base import ChatModel, ModelKind
from index.types import Turn
from index.words import content_words

_ENOUGH = 3  # content words that make a subject, a name among them
_LONGEST = 1000  # characters
_CONTEXT = re.compile(r"(?P<asked>\S.*?) (?P<context>when .+|\([^()]+\))[?.]?")


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is understood; `asked` is the part of it that asks, without the event that it is about.

    In "Was anyone hurt when the ferry sank?" that is "Was anyone hurt".
    """

    text: str
    asked: str


async def stand_alone(question: str, history: Sequence[Turn], models: Sequence[ChatModel]) -> Understood:
    """The question as one that stands alone; `models` are those that would be asked for its answer, in order."""
    text = await _stand_alone(question, history, models) if history else None
    if text is None or len(text) > _LONGEST or _same(text, question):
        return Understood(question, question)
    match = _CONTEXT.fullmatch(text)
    added = match is not None and match["context"].casefold() not in question.casefold()
    return Understood(text, match["asked"] if match and added else text)


async def _stand_alone(question: str, history: Sequence[Turn], models: Sequence[ChatModel]) -> str | None:
    english = reads_as_english(question, history)
    if english and clearly_stands_alone(question):
        return None
    if models and models[0].kind is ModelKind.WRITER:
        rewritten = await rewritten_by_model(question, history, models[0], english=english)
        if rewritten is not None:
            return rewritten
    way = by_rules if english else joined_with_last
    # In a thread, because the names of countries are read from a file when they are first needed.
    return await asyncio.to_thread(way, question, history)


def reads_as_english(question: str, history: Sequence[Turn] = ()) -> bool:
    """Whether a question is English by its small words; one without any is in the language of the last one."""
    found = question.split()
    english = sum(key(word) in ENGLISH_SIGNS for word in found)
    foreign = foreign_words(question)
    if english == foreign and history:
        return reads_as_english(history[-1].question)
    return english > foreign or (foreign == 0 and question.isascii())


def clearly_stands_alone(question: str) -> bool:
    """Whether nothing in an English question leans on the past, and it names its own subject."""
    lean = leaning(question)
    return lean.how is Lean.ALONE and bool(own_names(question.split())) and len(content_words(question)) >= _ENOUGH


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))
