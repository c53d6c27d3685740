"""Does an English question lean on what was said before, and by what: an ellipsis, a pronoun, or nothing of its own?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.conversation.english import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GENERIC,
    HE_OR_SHE,
    OFFICES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SPEECH,
    THEY,
    is_base_verb,
    is_name,
    is_past,
    is_verb,
    key,
    spelled_out,
)
from index.conversation.pointing import leaning_word, own_names
from index.numbers import numbers_in
from index.words import STOP_WORDS

_ASKING = re.compile(
    r"(?:(?:and|by|for|from|with|since|until|to|in|at|on|about|against|of) )?"
    r"(?:how (?:many|much|long|often|soon|old|far|big|large|high|tall|come|so)|whose|whom|who|what|which|where|when"
    r"|why|how)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"(?:what|how) about |what of |(?:and |the )*same (?:question )?for ", re.IGNORECASE)
_AFTER = re.compile(
    r"what (?:happened|happens|came|comes|is) (?:next|then|after(?:wards?)?|after (?:that|this))|what (?:next|then)"
    r"|then what|and then|(?:and )?after (?:that|this)",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"is (?:that|it|this) (?:really )?(?:true|so|right|confirmed)|really|are you sure|sure|seriously", re.I
)
_MORE = re.compile(
    r"(?:please )?(?:(?:tell|give) me )?(?:(?:some |any )?more(?: (?:details?|info|information))?|details?)"
    r"(?: (?:about|on) (?:it|that|this|them))?(?: please)?|go on|continue|please continue",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:is|was|were|did|does|has|will|could) (?:it|that|this|these|those|all that|all this)"
    r"(?: (?:happen(?:ed)?|occur(?:red)?|take place|taken place|be|been|exactly|so|going to happen))*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+\S")
_FILLERS = frozenset("exactly precisely else then though again please not one ones so come next".split())
_LONGEST_ELLIPSIS = 6
_SHORT = 4


class Lean(StrEnum):
    """How a question leans on the past."""

    ALONE = "alone"  # not at all
    BARE = "bare"  # a question word: "when?", "how many people?"
    INSTEAD = "instead"  # the last question for something else: "what about Turkey?", "and in Basra?"
    AFTER = "after"  # "what happened next?"
    TRUE = "true"  # "is that true?"
    MORE = "more"  # "tell me more"
    WORD = "word"  # a pronoun or the like: "who did they blame?"
    ABOUT = "about"  # of an event, and doesn't say which: "was anyone hurt?"


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a question leans; `text` is it without "and", "what about" and its mark, `at` the place of its pronoun."""

    how: Lean
    text: str
    at: int = -1


def leaning(question: str) -> Leaning:
    """How an English question leans on what was said before."""
    text = spelled_out(question.strip())
    asks = text.endswith("?")
    text = text.rstrip("?!. …")
    if not text or _SENTENCE_END.search(text):
        return Leaning(Lean.ALONE, text)
    rest = _without_conjunction(text)
    return _as_phrase(text, rest, asks=asks) or _as_sentence(text, rest, asks=asks)


def _as_phrase(text: str, rest: str, *, asks: bool) -> Leaning | None:
    """How words that are no whole question lean; `rest` is the text without "and"."""
    for how, pattern in ((Lean.AFTER, _AFTER), (Lean.TRUE, _TRUE), (Lean.MORE, _MORE)):
        if pattern.fullmatch(rest) or pattern.fullmatch(text):
            return Leaning(how, rest)
    if match := _INSTEAD.match(text) or _INSTEAD.match(rest):
        return Leaning(Lean.INSTEAD, match.string[match.end() :].strip())
    if bare := _bare(rest):
        return Leaning(Lean.BARE, bare)
    return Leaning(Lean.INSTEAD, rest) if _is_fragment(rest.split(), opened=rest != text, asks=asks) else None


def _as_sentence(text: str, rest: str, *, asks: bool) -> Leaning:
    words = rest.split()
    if (at := leaning_word(words)) is not None:
        return Leaning(Lean.WORD, rest, at)
    if _says_nothing_of_its_own(words, opened=rest != text, asks=asks):
        return Leaning(Lean.ABOUT, rest)
    return Leaning(Lean.ALONE, text)


def _without_conjunction(text: str) -> str:
    words = text.split()
    while len(words) > 1 and key(words[0]) in CONJUNCTIONS:
        certain = key(words[0]) in {"and", "but", "or", "also"} or words[0].endswith(",")
        follows = key(words[1]) in QUESTION_WORDS | AUXILIARIES
        if not (certain or follows) or (key(words[0]) == "so" and key(words[1]) in {"many", "much", "far", "long"}):
            break
        words = words[1:]
    return " ".join(words)


def _bare(text: str) -> str | None:
    """The question word with its noun, when there is nothing else: "how many people", "when was that" as "when"."""
    match = _ASKING.match(text)
    if match is None:
        return None
    behind = text[match.end() :].strip()
    exactly = re.match(r"(?:exactly|precisely)(?= )", behind, re.IGNORECASE)
    plain = behind[exactly.end() :].strip() if exactly else behind
    if _EVENT.fullmatch(plain):
        # "Where is it" asks for a thing's place, "when was that" for an event's time.
        asks_thing = key(match.group().split()[-1]) in {"who", "what", "whose", "which", "old", "big", "large", "much"}
        where = match.group().casefold().endswith("where") and plain.casefold() in {"is it", "was it"}
        return None if asks_thing or where else f"{match.group()} {exactly.group() if exactly else ''}".strip()
    words = behind.split()
    for at, word in enumerate(words):
        folded = key(word)
        if folded in AUXILIARIES or folded in HE_OR_SHE | THEY | {"it", "there"} or is_name(word):
            return None
        if (is_past(word) and folded not in GENERIC) or (at == 0 and is_base_verb(word) and folded not in _FILLERS):
            return None
    takes_noun = key(match.group().split()[-1]) in {"what", "which", "whose", "many", "much"}
    nouns = [word for word in words if key(word) not in _FILLERS]
    if nouns and (not takes_noun or len(nouns) > _SHORT or any(is_past(word) for word in nouns)):
        return None
    return text


def _is_fragment(words: Sequence[str], *, opened: bool, asks: bool) -> bool:
    """Whether the words are but a phrase, which takes the place of another: "in Basra?", "and the driver?"."""
    first = key(words[0])
    if len(words) > _LONGEST_ELLIPSIS or first in QUESTION_WORDS or not (opened or asks):
        return False
    if any(key(word) in AUXILIARIES | SPEECH or key(word) in QUESTION_WORDS for word in words):
        return False
    if any(key(word) in HE_OR_SHE | THEY | {"it", "me"} for word in words):
        return False
    if opened or first in PREPOSITIONS:
        return not (is_base_verb(words[0]) and not is_name(words[0]))
    if first in {"any", "some", "no", "every", "each"} or first in GENERIC:
        return False
    short = len(words) <= (3 if first in DETERMINERS else 1)
    return short and (first in DETERMINERS or is_name(words[0]))


def _says_nothing_of_its_own(words: Sequence[str], *, opened: bool, asks: bool) -> bool:
    """Whether nothing in a question tells which event it is about."""
    own = [key(word) for word in words if key(word) and key(word) not in STOP_WORDS]
    names = own_names(words)
    first = key(words[0])
    if numbers_in(" ".join(words)):
        return False
    vague = GENERIC | SPEECH | OFFICES
    special = [word for word in own if word not in vague and not any(key(name) == word for name in names)]
    if opened:
        return not (names and special) and (asks or key(words[0]) in QUESTION_WORDS | AUXILIARIES)
    if first in {"any", "no"} and len(words) <= _SHORT and asks:
        return not names
    if len(special) == 1 and len(words) <= _SHORT and not names and is_verb(special[0]):
        return asks or first in QUESTION_WORDS | AUXILIARIES  # "who pays"
    if names or special or not (asks or key(words[0]) in QUESTION_WORDS | AUXILIARIES):
        return False
    return key(words[0]) in QUESTION_WORDS | AUXILIARIES | {"any", "anyone", "anybody"} or len(words) <= _SHORT
