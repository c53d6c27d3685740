"""A language model rewrites a follow-up question; code checks that it is still the same question."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence

from index.checking import claims_of
from index.conversation.ellipses import asking_words, is_small_word
from index.conversation.english import QUESTION_WORDS
from index.errors import ProviderError
from index.numbers import numbers_in
from index.prompts import rewriting_prompt
from index.providers.base import ChatModel
from index.question_words import held_weights
from index.scripts import UNSPACED
from index.types import Turn
from index.words import STOP_WORDS, stems, words

LONGEST = 300  # characters
WAIT_S = 10.0
_TURNS = 4
_QUOTES = " \"“”'‘’`*"
_SHORT = 3  # letters of a word that may be any small word of another language
_PREFIX = 4
_UNKNOWN_SHARE = 1 / 3  # of the longer words, in other languages: not all of their small words are known here
_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_WHO = frozenset({"who", "whom", "whose"})


async def rewritten_by_model(
    question: str, history: Sequence[Turn], model: ChatModel, *, english: bool, wait_s: float = WAIT_S
) -> str | None:
    """What the model makes of a question, when it passes the checks; None otherwise, and when the model fails."""
    turns = history[-_TURNS:]
    try:
        async with asyncio.timeout(wait_s):
            completion = await model.complete(rewriting_prompt(question, turns))
    except (ProviderError, TimeoutError):
        return None
    lines = [line.strip(_QUOTES) for line in completion.text.splitlines() if line.strip(_QUOTES)]
    if len(lines) != 1 or completion.truncated:
        return None
    return lines[0] if asks_the_same(lines[0], question, turns, english=english) else None


def asks_the_same(rewritten: str, question: str, history: Sequence[Turn], *, english: bool) -> bool:
    """Whether a rewritten question keeps all that was asked, and adds nothing that nobody said.

    Its numbers and names are the question's and some of the conversation's; so are the words that carry its content,
    which also keeps it in its language.
    """
    said = " \n ".join([question, *(f"{turn.question} \n {turn.answer or ''}" for turn in history)])
    if not words(rewritten) or len(rewritten) >= LONGEST:
        return False
    if not numbers_in(question) <= numbers_in(rewritten) <= numbers_in(said):
        return False
    return (_same_in_english if english else _same_in_another)(rewritten, question, said)


def _same_in_english(rewritten: str, question: str, said: str) -> bool:
    if not _names(question) <= _all_stems(rewritten) or not _names(rewritten) <= _all_stems(said):
        return False
    asked = {form for form in stems(question) if len(form) > 1}
    weights = dict.fromkeys(asked, 1.0)
    return (
        set(stems(rewritten)) <= _all_stems(said)
        and set(held_weights(rewritten, weights)) == asked
        and _question_words(question) <= _question_words(rewritten)
    )


def _same_in_another(rewritten: str, question: str, said: str) -> bool:
    """The same check for languages whose words are bent at their ends."""
    return (
        asking_words(question) <= asking_words(rewritten)
        and _names_stand_in(rewritten, said)
        and _names_stand_in(question, rewritten)
        and _mostly_known(rewritten, said)
        and _mostly_known(question, rewritten)
    )


def _names_stand_in(text: str, other: str) -> bool:
    """Whether the words written with a capital, but for the first, stand in another text."""
    known = set(words(other))
    capitals = [word for word in _WORD.findall(text)[1:] if word[0].isupper()]
    return all(_is_known(part, known) for word in capitals for part in words(word))


def _names(text: str) -> set[str]:
    return {form for name in claims_of(text).names for form in stems(name, keep_stop_words=True)}


def _all_stems(text: str) -> set[str]:
    return set(stems(text, keep_stop_words=True))


def _question_words(text: str) -> set[str]:
    """The question words of an English question; those of "what about" ask nothing."""
    found = words(re.sub(r"\b(?:what|how) about\b", " ", text, flags=re.IGNORECASE))
    return {"who" if word in _WHO else word for word in found if word in QUESTION_WORDS - {"that", "what"}}


def _mostly_known(text: str, said: str) -> bool:
    """Whether nearly all longer words of a text stand in another one, however they are bent at their ends."""
    known = set(words(said))
    longer = [word for word in words(text) if _tells(word)]
    unknown = [word for word in longer if not _is_known(word, known)]
    return len(unknown) <= _UNKNOWN_SHARE * len(longer)


def _tells(word: str) -> bool:
    if _UNSPACED.search(word):
        return True
    return len(word) > _SHORT and word not in STOP_WORDS and not is_small_word(word)


def _is_known(word: str, known: Iterable[str]) -> bool:
    beginning = word[: max(_PREFIX, len(word) - _SHORT)]
    return any(other.startswith(beginning) for other in known)
