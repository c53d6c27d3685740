"""The last question with another question word: "why?" after "When will the museum reopen?" is "Why will it …"."""

from __future__ import annotations

import re

from index.conversation.english import is_plural, key, last_word
from index.conversation.question_parts import Form, QuestionParts
from index.conversation.spoken_of import SpokenOf, completed, in_context
from index.conversation.statements import preposition_of
from index.words import stem

_HEAD = re.compile(r"how (?:many|much|often|long|come)|whom?|whose|what|which|where|when|why|how", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:\w+ )?(?:how many|how much|what|which|whose) (?!else\b|exactly\b|ones?\b)(?P<noun>.+)", re.IGNORECASE
)
_ONES = re.compile(r"(?P<word>which|what) ones?", re.IGNORECASE)
_DOERS = frozenset({"who", "whom", "what", "which", "how many"})
_CIRCUMSTANCES = frozenset({"when", "where", "why", "how"})
_CLEFT = re.compile(r"(?:since )?when|where|why|how(?: often)?", re.IGNORECASE)
_ANYBODY = frozenset({"anyone", "anybody", "someone"})
_PLACES_AND_TIMES = frozenset("time day date year month city country town place part reason way".split())


def asked_anew(asked: str, last: SpokenOf) -> str:
    """What the last question asked about, asked with `asked`: "when", "how many people", "by whom"."""
    parts = last.parts
    asked = re.sub(r"(?<!how) (?:then|though|again|please|next|so|come)$", "", asked)
    if parts is None or last.is_cleft:
        return _of_event(asked, last)
    if match := _ONES.fullmatch(asked):
        return " ".join(f"{match['word']} {parts.noun} {parts.aux} {parts.rest}".split())
    if asked.casefold() == "how many" and parts.form is Form.SUBJECT and is_plural(last_word(parts.noun)):
        asked = f"{asked} {parts.noun}".strip()
    noun = _noun_of(asked)
    about_where = key(last_word(noun)) in _PLACES_AND_TIMES
    if noun and not about_where and not _may_take_its_place(noun, parts):
        return in_context(asked, last)
    doer = _head(asked) in _DOERS and not about_where and not preposition_of(asked)
    return " ".join((_of_doer(asked, parts) if doer else _of_circumstance(asked, parts, last)).split())


def _of_doer(asked: str, parts: QuestionParts) -> str:
    """Asks for who or what did it, or had it done."""
    if parts.form is Form.SUBJECT or (parts.form is Form.YES_NO and key(parts.subject) in _ANYBODY):
        aux = "were" if parts.aux == "was" and _head(asked) == "how many" else parts.aux
        return f"{asked} {aux} {parts.predicate}"
    return f"{asked} {parts.aux} {parts.rest}"


def _of_circumstance(asked: str, parts: QuestionParts, last: SpokenOf) -> str:
    """Asks for the time, the place, the reason or the manner."""
    if asked.casefold() == "why not":
        if parts.form in {Form.YES_NO, Form.OBJECT}:
            return f"why {parts.aux} {parts.subject} not {parts.predicate}"
        return f"{asked} ({last.aside})"
    if parts.form is Form.SUBJECT:
        return f"{asked} {parts.aux} {last.doer} {parts.predicate}" if parts.aux else _of_event(asked, last)
    if parts.form is Form.COPULA:
        if parts.word in _DOERS:
            return f"{asked} {parts.aux} {last.answer} {parts.subject}" if last.answer else f"{asked} ({last.aside})"
        return f"{asked} {parts.aux} {parts.subject}"
    rest = completed(parts, last) if _head(asked) in _CIRCUMSTANCES else parts.rest
    return f"{asked} {parts.aux} {rest}"


def _of_event(asked: str, last: SpokenOf) -> str:
    if last.event is None:
        return f"{asked} ({last.aside})"
    about_where = key(last_word(_noun_of(asked))) in _PLACES_AND_TIMES
    if about_where or _CLEFT.fullmatch(re.sub(r" (?:exactly|precisely)$", "", asked)):
        return f"{asked} was it that {last.event}"
    if asked.casefold() == "how come":
        return f"{asked} {last.event}"
    if _head(asked) in _DOERS:
        return f"{asked} when {last.event}"
    return f"{asked} (about how {last.event})"


def _may_take_its_place(noun: str, parts: QuestionParts) -> bool:
    """Whether a noun names what the last question asked for: "how many people?" after "who was hurt?"."""
    if parts.form is not Form.SUBJECT:
        return False
    return not parts.noun or stem(key(last_word(noun))) == stem(key(last_word(parts.noun)))


def _noun_of(asked: str) -> str:
    match = _NOUN.match(asked)
    return match["noun"] if match else ""


def _head(asked: str) -> str:
    match = _HEAD.search(asked)
    return match.group().casefold() if match else ""
