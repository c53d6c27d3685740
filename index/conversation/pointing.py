"""The words of an English question that stand for something said before it: "they", "it", "there", "that attack"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.conversation.english import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    HE_OR_SHE,
    IT,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    THEY,
    TIME_NOUNS,
    is_name,
    is_past,
    is_verb,
    key,
)
from index.numbers import numbers_in
from index.words import STOP_WORDS

_TIMES = TIME_NOUNS | frozenset(
    """
        spring summer autumn fall winter season quarter term monday tuesday wednesday thursday friday saturday sunday
        january february march april may june july august september october november december christmas easter ramadan
    """.split()
)
_IMPERSONAL = re.compile(
    r"\b(?:true|possible|likely|legal|illegal|safe|dangerous|necessary|clear|known|worth|time|like|important|normal|fair"
    r"|too late|cold|hot|warm|windy|take|takes|cost|costs)\b",
    re.IGNORECASE,
)
_WEATHER = re.compile(r"\b(?:rain|snow|storm|freez|hail)\w*\b", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(r"\b(?:to [a-z]+|that|if|whether|for|from|in [A-Z]|since)\b")
_ENOUGH = 2
_LONG = 10  # words that say what they are about


def leaning_word(words: Sequence[str]) -> int | None:
    """The place of the first word that stands for something said before the question; None when none does."""
    if len(words) > _LONG and (own_names(words) or numbers_in(" ".join(words))):
        return None
    for at, word in enumerate(words):
        folded = key(word)
        if folded in {"himself", "herself"}:
            continue
        if folded in HE_OR_SHE | THEY:
            leans = not _has_antecedent(words, at)
        elif folded in {"it", "its"}:
            leans = not _has_antecedent(words, at) and not _is_impersonal(words, at)
        elif folded in IT:
            leans = _points_back(words, at)
        elif folded == "there":
            leans = not _exists(words, at) and not _has_antecedent(words, at)
        else:
            continue
        if leans:
            return at
    return None


def own_names(words: Sequence[str]) -> list[str]:
    """The names in a question, but for its first word."""
    return [word for word in words[1:] if is_name(word)]


def _has_antecedent(words: Sequence[str], at: int) -> bool:
    """Whether a pronoun stands for something in its own question: "Did Macron say that he …"."""
    nouns = [place for place in range(at) if _is_noun(words, place)]
    # "How many members do they have" counts theirs.
    asked = key(words[at]) in {"he", "she", "they", "it"} and at > 0 and key(words[at - 1]) in AUXILIARIES
    if asked and not any(word.endswith(",") for word in words[:at]):
        return False
    if not _is_object(words, at):
        # "Who said they would resign" is about nobody else.
        return bool(nouns) or (at >= _ENOUGH and key(words[0]) == "who" and key(words[at - 1]) not in AUXILIARIES)
    if not nouns:
        return False
    # "What did Iran say about it" is not about Iran.
    crossed = any(key(word) in {"and", "who", "that", "when", "after", "before", "if"} for word in words[nouns[0] : at])
    comma = any(word.endswith(",") for word in words[:at])
    return crossed or comma or len(nouns) > _ENOUGH


def _is_noun(words: Sequence[str], at: int) -> bool:
    word, folded = words[at], key(words[at])
    if at == 1 and key(words[0]) == "how":
        return False
    if not folded or folded in STOP_WORDS | AUXILIARIES | PREPOSITIONS | QUESTION_WORDS:
        return False
    if is_name(word) and at > 0:
        return True
    if at > 0 and key(words[at - 1]) in DETERMINERS:
        return True
    return not is_verb(word)


def _is_object(words: Sequence[str], at: int) -> bool:
    folded = key(words[at])
    if folded in POSSESSIVES and folded not in {"her", "his"}:
        return False
    if folded in {"his", "her"} and at + 1 < len(words) and key(words[at + 1]) not in PREPOSITIONS:
        return False
    if folded in {"he", "she", "they"}:
        return False
    before = key(words[at - 1]) if at else ""
    ends = at + 1 == len(words) or key(words[at + 1]) in PREPOSITIONS
    return before in PREPOSITIONS or (ends and folded not in POSSESSIVES - {"her"})


def _is_impersonal(words: Sequence[str], at: int) -> bool:
    """Whether "it" stands for nothing: "is it true that …", "how long does it take to …", "will it rain in Oslo"."""
    if key(words[at]) == "its":
        return False
    behind = " ".join(words[at + 1 :])
    before = " ".join(words[:at]).casefold()
    if re.search(r"\bwhat time (?:is|was|will)$", before) or before.endswith(("how far is", "what day is")):
        return True
    if _WEATHER.search(behind) or (before.endswith("make") and behind.startswith("to ")):
        return True
    found = _IMPERSONAL.search(behind)
    return bool(found) and bool(_CLAUSE_AFTER.search(behind[found.end() :]))  # type: ignore[union-attr]  # it was found


def _points_back(words: Sequence[str], at: int) -> bool:
    """Whether "that", "this", "these" or "those" stands for something said, or for the thing in "that attack"."""
    folded = key(words[at])
    following = key(words[at + 1]) if at + 1 < len(words) else ""
    before = key(words[at - 1]) if at else ""
    if following in _TIMES and (folded in {"this", "these", "those"} or before != "on"):
        return folded == "that" and following in {"day", "night", "morning", "evening", "time"} and not own_names(words)
    if folded in {"those", "these"} and (following in {"who", "that", "with", "in", "of", "for"} or is_past(following)):
        return False
    if before in BE | DO | HAVE | MODALS | PREPOSITIONS | QUESTION_WORDS or at == 0:
        return not own_names(words) or _is_pronoun_here(following)
    return at + 1 == len(words) and at > 0 and folded != "these"


def _is_pronoun_here(following: str) -> bool:
    """Whether a pointing word stands alone before this one, and not for a noun behind it."""
    return not following or following in PREPOSITIONS | AUXILIARIES or is_verb(following)


def _exists(words: Sequence[str], at: int) -> bool:
    """Whether "there" only says that something is: "are there any survivors", "how many were there"."""
    before = key(words[at - 1]) if at else ""
    following = key(words[at + 1]) if at + 1 < len(words) else ""
    return before in BE | HAVE | MODALS or following in BE | HAVE | MODALS | {"be", "been"} or following in {"any", "a"}
