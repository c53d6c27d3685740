"""An English question taken apart: what it asks with, who or what it is about, and what it says of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.conversation.english import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    DO,
    MODALS,
    PREPOSITIONS,
    first_key,
    is_adverb,
    is_base_verb,
    is_name,
    is_past,
    is_plural,
    is_state,
    is_verb,
    key,
)

_ASKING = re.compile(
    r"(?:(?:about|after|against|at|before|by|for|from|in|into|of|on|since|to|under|until|with) )?"
    r"(?:how (?:many|much|long|often|soon|old|far|big|large|high|tall|fast|deep|wide|cold|hot|strong|dangerous|serious"
    r"|expensive)|whose|whom|who|what|which|where|when|why|how)\b(?: (?:exactly|precisely|else)\b)?",
    re.IGNORECASE,
)
_TAKES_NOUN = frozenset({"what", "which", "whose", "how many", "how much"})
_ADJUNCTS = frozenset({"where", "when", "why", "how", "how often", "how soon"})
_NAME_LINKS = frozenset("of the and de al bin van von for &".split())
_OF = frozenset("of the its their his her".split())
_LONGEST_NOUN = 6


class Form(StrEnum):
    """How a question is built."""

    SUBJECT = "subject"  # what is asked for does something: "who claimed the attack"
    OBJECT = "object"  # something else does: "what did the ferry hit", "when will the museum reopen"
    COPULA = "copula"  # what something is: "who is the mayor of Lindholm"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """`asked` is the question word with what belongs to it, `noun` the thing behind it, `subject` who does it.

    In the question "How many rockets did the army fire at Basra?" these are "How many", "rockets" and "the army",
    `aux` is "did" and `predicate` "fire at Basra". Without another doer (`Form.SUBJECT`) `subject` is empty.
    """

    asked: str
    noun: str
    aux: str
    subject: str
    predicate: str
    form: Form

    @property
    def word(self) -> str:
        """The question word in small letters: "how many"."""
        match = re.search(r"(?:how \w+|\w+)$", re.sub(r" (?:exactly|precisely|else)$", "", self.asked.casefold()))
        return match.group() if match else ""

    @property
    def asks_circumstance(self) -> bool:
        """Whether it asks when, where, why or how, so that the rest says all else."""
        return self.word in _ADJUNCTS

    @property
    def asks_degree(self) -> bool:
        """Whether it asks how old, how long or how large."""
        return self.word.startswith("how ") and not self.asks_circumstance and self.word not in _TAKES_NOUN

    @property
    def phrase(self) -> str:
        """The question word with its noun."""
        return f"{self.asked} {self.noun}".strip()

    @property
    def rest(self) -> str:
        """What follows the auxiliary."""
        return f"{self.subject} {self.predicate}".strip()


def question_parts(question: str) -> QuestionParts | None:
    """The parts of a question; None when it is built in another way."""
    text = question.strip().rstrip("?!. ")
    words = text.split()
    if not words:
        return None
    if key(words[0]) in AUXILIARIES:
        subject, predicate = _divided(words[1:], key(words[0]))
        return QuestionParts("", "", words[0].lower(), subject, predicate, Form.YES_NO) if subject else None
    match = _ASKING.match(text)
    if match is None:
        return _with_circumstance_in_front(text)
    asked = match.group()
    behind = text[match.end() :].split()
    takes_noun = any(asked.casefold().endswith(word) for word in _TAKES_NOUN)
    length = _noun_length(behind, required=not asked.casefold().endswith("what")) if takes_noun else 0
    noun, behind = " ".join(behind[:length]), behind[length:]
    if not behind:
        return None
    return _built(asked, noun, behind)


def _built(asked: str, noun: str, behind: Sequence[str]) -> QuestionParts | None:
    aux = key(behind[0]) if key(behind[0]) in AUXILIARIES else ""
    if not aux:
        # "How long the repair will take" is built in another way.
        fits = key(behind[0]) not in DETERMINERS | PREPOSITIONS and not is_name(behind[0])
        parts = QuestionParts(asked, noun, "", "", " ".join(behind), Form.SUBJECT)
        return parts if fits and not parts.asks_circumstance and not parts.asks_degree else None
    words = behind[1:]
    if not words:
        return None
    parts = QuestionParts(asked, noun, aux, "", " ".join(words), Form.SUBJECT)
    if _is_subject_form(parts, words):
        return parts
    subject, predicate = _divided(words, aux)
    form = Form.COPULA if aux in BE and not predicate else Form.OBJECT
    return QuestionParts(asked, noun, aux, subject, predicate, form)


def _is_subject_form(parts: QuestionParts, words: Sequence[str]) -> bool:
    """Whether what is asked for does or suffers it itself: "how many people were hurt", "who will win the election"."""
    if parts.aux in DO or parts.asks_circumstance or parts.asks_degree:
        return False
    first = key(words[0])
    if is_adverb(words[0]):
        return True
    if parts.aux in BE:
        return is_state(words[0]) or first == "to"
    if parts.aux in MODALS:
        return first in {"be", "have"} or _is_verb_phrase(words)
    return is_past(words[0]) or is_state(words[0]) or first == "been"


def _is_verb_phrase(words: Sequence[str]) -> bool:
    """Whether a verb begins here, be it unknown: "host the World Cup", but not "prices rise"."""
    if is_name(words[0]) or key(words[0]) in DETERMINERS or is_plural(words[0]):
        return False
    behind = len(words) == 1 or is_name(words[1]) or key(words[1]) in DETERMINERS | PREPOSITIONS
    return is_base_verb(words[0]) or behind


def _with_circumstance_in_front(text: str) -> QuestionParts | None:
    """The parts of "in Gaza, how many people died", as of "how many people died in Gaza"."""
    head, comma, tail = text.partition(", ")
    if not comma or first_key(head) not in PREPOSITIONS or not _ASKING.match(tail):
        return None
    return question_parts(f"{tail} {head[0].lower()}{head[1:]}")


def _noun_length(words: Sequence[str], *, required: bool) -> int:
    """How many words behind "which" or "how many" name the thing: up to the auxiliary or the verb."""
    for at, word in enumerate(words[: _LONGEST_NOUN + 1]):
        folded = key(word)
        if folded in AUXILIARIES or (at > 0 and is_adverb(word)):
            return at
        if at == 0 and (not required or is_past(word)) and is_verb(word) and not is_plural(word):
            return 0
        if at > 0 and is_verb(word) and not _is_inside_noun(words, at):
            return at
    return 0


def _is_inside_noun(words: Sequence[str], at: int) -> bool:
    """Whether a word that looks like a verb is part of a noun: "how many car bomb attacks hit", "of the arrested"."""
    if key(words[at - 1]) in _OF | {"and", "or"}:
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    return not is_past(words[at]) and bool(following) and (key(following) in AUXILIARIES or is_verb(following))


def _divided(words: Sequence[str], aux: str) -> tuple[str, str]:
    """The subject behind an auxiliary, and what is said of it."""
    end = _subject_end(list(words), aux)
    return " ".join(words[:end]), " ".join(words[end:])


def _subject_end(words: list[str], aux: str) -> int:
    begins = is_state if aux in BE else (is_base_verb if aux in DO | MODALS else _is_participle)
    at = _name_end(words)
    while at < len(words):
        # Of several words that could be the verb, the last is: "the bridge repair take".
        if begins(words[at]) and not _names_of_what(words, at, aux):
            while (
                at + 1 < len(words)
                and aux in DO | MODALS
                and not is_name(words[at - 1])
                and begins(words[at + 1])
                and key(words[at]) not in PREPOSITIONS
            ):
                at += 1
            return at
        at += 1
    if aux in BE:
        return len(words)
    return _before_preposition(words)


def _is_participle(word: str) -> bool:
    return is_past(word) or (is_state(word) and key(word) not in PREPOSITIONS) or key(word) == "been"


def _names_of_what(words: Sequence[str], at: int, aux: str) -> bool:
    """Whether a word belongs to the subject yet: "the mayor *of* Lindholm", "the *missing* men"."""
    if key(words[at - 1]) in DETERMINERS | PREPOSITIONS:
        return True
    return aux in BE and key(words[at]) in PREPOSITIONS


def _name_end(words: Sequence[str]) -> int:
    """Where a name at the beginning ends; 1 when something else begins."""
    at = 1
    if not words or not is_name(words[0]):
        return at
    while at < len(words):
        if is_name(words[at]):
            at += 1
        elif key(words[at]) in _NAME_LINKS and at + 1 < len(words) and is_name(words[at + 1]):
            at += 2
        else:
            break
    return at


def _before_preposition(words: Sequence[str]) -> int:
    """The place of the verb where none is known: in front of the first preposition, or at the end."""
    found = next((at for at, word in enumerate(words) if at > 1 and key(word) in PREPOSITIONS), len(words))
    return max(found - 1, 1)
