"""An English follow-up question → one that stands alone, by rules: what it lacks comes from the last turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.conversation.asked_anew import asked_anew
from index.conversation.english import (
    AGENTIVE,
    AUXILIARIES,
    DO,
    HE_OR_SHE,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SPEECH,
    THEY,
    is_name,
    is_plural,
    key,
    last_word,
)
from index.conversation.fuller_names import with_fuller_names
from index.conversation.leaning import Lean, Leaning, leaning
from index.conversation.question_parts import Form
from index.conversation.spoken_of import SpokenOf, in_context
from index.conversation.statements import only_says
from index.conversation.substitution import asked_of_another
from index.types import Turn
from index.words import STOP_WORDS, stem

_HAPPENING = frozenset(
    "happen happened occur occurred claim claimed cause caused start started begin began end ended".split()
)
_POINTING = frozenset("this that these those".split())
_SHORT = 3  # words that take a possessive ending


def by_rules(question: str, history: Sequence[Turn]) -> str | None:
    """The question as one that stands alone, with the subject of the last turns; None when it does so already."""
    turns = [SpokenOf(turn) for turn in reversed(history)]
    lean = leaning(question)
    if not turns:
        return None
    if lean.how is Lean.ALONE:
        fuller = with_fuller_names(lean.text, turns[0])
        return _as_question(fuller, question) if fuller else None
    text = _with_word(lean, turns) if lean.how is Lean.WORD else _WAYS[lean.how](lean.text, turns[0])
    return _as_question(text, question) if text else None


def _what_followed(_: str, last: SpokenOf) -> str:
    return f"what happened after {last.event or last.thing or last.aside}"


def _whether_true(_: str, last: SpokenOf) -> str | None:
    return f"is it true that {last.event}" if last.event else None


def _more(_: str, last: SpokenOf) -> str:
    if last.thing:
        return f"tell me more about {last.thing}"
    return f"what happened when {last.event}" if last.event else f"tell me more ({last.aside})"


_WAYS: Mapping[Lean, Callable[[str, SpokenOf], str | None]] = {
    Lean.BARE: asked_anew,
    Lean.INSTEAD: asked_of_another,
    Lean.AFTER: _what_followed,
    Lean.TRUE: _whether_true,
    Lean.MORE: _more,
    Lean.ABOUT: in_context,
}


def _with_word(lean: Leaning, turns: Sequence[SpokenOf]) -> str:
    """The question with what its pronoun stands for in its place, or with the event that it is about behind it."""
    words, at, last = lean.text.split(), lean.at, turns[0]
    folded = key(words[at])
    if folded in HE_OR_SHE:
        phrase = next((turn.person for turn in turns if turn.person), None)
    elif folded in THEY:
        phrase = _who_they_are(words, last)
    elif folded == "there":
        phrase = next((turn.place for turn in turns if turn.place), None)
    else:
        return _with_thing(words, at, last)
    if phrase is None:
        return in_context(lean.text, last)
    text = _put(words, at, phrase)
    if last.parts and last.parts.form is Form.COPULA:
        return text
    if _says_little(words):
        return in_context(text, last)
    # "What did they hit" is about what they were doing, "how old is he" is not.
    acts = last.event is not None and last.parts is not None and phrase == last.parts.subject
    return f"{text} when {last.event}" if acts and _is_one_act(words) else text


def _who_they_are(words: Sequence[str], last: SpokenOf) -> str | None:
    if last.people:
        return last.people
    acting = any(key(word) in AGENTIVE for word in words)
    several = last.parts is not None and bool(last.parts.noun) and is_plural(last_word(last.parts.noun))
    return last.doers if several and not acting else None


def _with_thing(words: Sequence[str], at: int, last: SpokenOf) -> str:
    """For "it", "that" and the like: a thing that was named, or else the event."""
    folded = key(words[at])
    if folded in _POINTING and _is_noun_behind(words, at):
        return _with_pointed_noun(words, at, last)
    happens = any(key(word) in _HAPPENING for word in words)
    behind_preposition = at > 0 and key(words[at - 1]) in PREPOSITIONS
    if folded in {"it", "its"} and last.named_thing and not happens:
        return _put(words, at, last.named_thing)
    if folded in {"this", "that"} and not behind_preposition and last.event and last.doers is None:
        return in_context(" ".join(words), last)
    is_event = happens and last.event is not None and last.doers is not None and last.thing == last.doers
    is_somebody = last.thing is not None and last.thing == last.person and not behind_preposition
    several = folded in {"these", "those"}
    if last.thing and not is_somebody and (behind_preposition or several or not (last.is_many or is_event)):
        return _put(words, at, last.thing)
    return in_context(" ".join(words), last)


def _with_pointed_noun(words: Sequence[str], at: int, last: SpokenOf) -> str:
    """For "that attack" the attack that was spoken of, else "the attack" with the event behind the question."""
    known = {stem(key(word)) for word in (last.thing or "").split()}
    if last.thing and stem(key(words[at + 1])) in known:
        return _put(words, at, last.thing, length=2)
    return in_context(_put(words, at, "the"), last)


def _is_noun_behind(words: Sequence[str], at: int) -> bool:
    folded = key(words[at + 1]) if at + 1 < len(words) else ""
    return bool(folded) and folded not in STOP_WORDS | AUXILIARIES | PREPOSITIONS


def _put(words: Sequence[str], at: int, phrase: str, length: int = 1) -> str:
    """The words with a phrase in place of those at `at`, as a possessive where that is one."""
    before, word, behind = list(words[:at]), key(words[at]), list(words[at + length :])
    following = key(behind[0]) if behind else ""
    owns = word in POSSESSIVES and bool(following) and (word != "her" or following not in PREPOSITIONS | STOP_WORDS)
    if not owns:
        mark = "," if words[at + length - 1].endswith(",") else ""
        return " ".join([*before, f"{phrase}{mark}", *behind])
    if len(phrase.split()) > _SHORT:
        return " ".join([*before, "the", behind[0], "of", phrase, *behind[1:]])
    last = last_word(phrase)
    ending = "'" if is_plural(last) and last.endswith("s") and not is_name(last) else "'s"
    return " ".join([*before, f"{phrase}{ending}", *behind])


def _says_little(words: Sequence[str]) -> bool:
    """Whether a question tells that somebody said or did something, and not of what."""
    own = [key(word) for word in words if key(word) not in STOP_WORDS]
    return only_says(" ".join(words)) and all(word in SPEECH for word in own)


def _is_one_act(words: Sequence[str]) -> bool:
    own = [word for word in words if key(word) not in STOP_WORDS]
    return len(own) <= 1 and any(key(word) in DO for word in words) and key(words[0]) != "when"


def _as_question(text: str, asked: str) -> str:
    """The text with a capital letter and a mark; a mere phrase becomes "What about …"."""
    text = " ".join(text.split()).rstrip("?!. ")
    words = [key(word) for word in text.split()]
    is_phrase = asked.endswith("?") and not any(word in QUESTION_WORDS | AUXILIARIES for word in words)
    if is_phrase and words[0] not in {"any", "tell"}:
        text = f"what about {text}"
    mark = "." if words[0] == "tell" else "?"
    return f"{text[:1].upper()}{text[1:]}{mark}"
