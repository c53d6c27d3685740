"""The last question for something else: "what about Turkey?" and "and in Basra?" put in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.conversation.countries import is_country
from index.conversation.english import (
    AUXILIARIES,
    DETERMINERS,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    TIME_NOUNS,
    first_key,
    is_adverb,
    is_name,
    is_verb,
    key,
    last_word,
)
from index.conversation.question_parts import Form
from index.conversation.spoken_of import SpokenOf
from index.words import STOP_WORDS, stem

_TIME = re.compile(
    r"(?:(?:on|in|at|since|until|before|after|by|during) )?(?:the )?(?:(?:early|late|mid)[ -])?"
    r"(?:(?:day|week|month|year) (?:before|after)"
    r"|(?:last|this|next|past) (?:week|month|year|night|weekend|spring|summer|autumn|fall|winter|\w+day)"
    r"|(?:today|yesterday|tomorrow|tonight)"
    r"|(?:\d{1,2} )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2})?(?:,? \d{4})?|(?:19|20)\d\d)\b"
)
_ANY_PREPOSITION = "|".join(sorted(PREPOSITIONS - {"of"}))
_LINKS = frozenset("and or that who when where last this next today yesterday tomorrow".split())
_NAME_RUN = re.compile(r"[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|de|al|bin|van|von)\s+)?[A-Z][\w’'&-]*)*")


def asked_of_another(new: str, spoken: SpokenOf) -> str | None:
    """The last question with `new` in the place of what it fits, behind it when it fits nothing.

    None when `new` has a subject of its own, so that it asks about something else altogether.
    """
    question = spoken.sentence
    new = re.sub(r"^the (?:one|ones|same) (?=\w)", "", new)
    words = new.split()
    if not words or _has_own_subject(words, question):
        return None
    preposition = key(words[0]) if key(words[0]) in PREPOSITIONS else ""
    phrase = " ".join(words[1:] if preposition else words)
    if not phrase:
        return None
    if _TIME.fullmatch(new):
        return _at_another_time(new, question)
    if preposition:
        return _in_another_place(preposition, phrase, question)
    if is_country(phrase) or any(is_name(word) for word in words):
        return _of_another_name(phrase, spoken)
    return _of_another_noun(phrase, spoken)


def _has_own_subject(words: Sequence[str], question: str) -> bool:
    """Whether there is a name and a noun, and the noun is not the last question's: "the hostages in Gaza"."""
    known = {stem(key(word)) for word in question.split()}
    names = [word for word in words if is_name(word)]
    nouns = [key(word) for word in words if not is_name(word)]
    new = [noun for noun in nouns if noun not in STOP_WORDS | PREPOSITIONS | TIME_NOUNS and stem(noun) not in known]
    return bool(names and new) and not _TIME.fullmatch(" ".join(words))


def _at_another_time(new: str, question: str) -> str:
    # The year of "the 2026 World Cup" is no time of the event.
    found = next((each for each in _TIME.finditer(question) if _is_time_of_event(each, question)), None)
    if found is None:
        return f"{question} {new}"
    old = found.group()
    has_preposition = first_key(old) in PREPOSITIONS
    if has_preposition and first_key(new) not in PREPOSITIONS and not re.match(r"last|this|next|to|yes", new):
        new = f"{old.split()[0]} {new}"
    return f"{question[: found.start()]}{new}{question[found.end() :]}"


def _is_time_of_event(found: re.Match[str], question: str) -> bool:
    text = found.group().removeprefix("the ")
    return not text[0].isdigit() or found.end() == len(question)


def _in_another_place(preposition: str, phrase: str, question: str) -> str | None:
    """The same preposition's name replaced, or that of another preposition of place."""
    wanted = [preposition, *sorted(PLACE_PREPOSITIONS - {preposition})] if preposition in PLACE_PREPOSITIONS else []
    for each in wanted or [preposition]:
        found = list(re.finditer(rf"\b{each} (?:the )?(?P<name>{_NAME_RUN.pattern})", question))
        if found and not _TIME.fullmatch(found[-1].group()):
            return f"{question[: found[-1].start()]}{preposition} {phrase}{question[found[-1].end() :]}"
    if found_last := list(re.finditer(rf"\b{preposition} (?:(?!\b(?:{_ANY_PREPOSITION})\b).)+$", question)):
        return f"{question[: found_last[-1].start()]}{preposition} {phrase}"
    return None if preposition == "of" else f"{question} {preposition} {phrase}"


def _of_another_name(phrase: str, spoken: SpokenOf) -> str:
    question = spoken.sentence
    first = re.match(r"\S+", question)
    start = first.end() if first else 0
    runs = [run for run in _NAME_RUN.finditer(question, start) if _stands_alone(run, question)]
    placed = [run for run in runs if key(last_word(question[: run.start()].removesuffix("the "))) in PREPOSITIONS]
    others = [run for run in runs if run not in placed]
    if is_country(phrase):
        # In the place of a place, else of another country; else it is who did it.
        candidates = placed[-1:] or [run for run in others if is_country(run.group())][:1] or others[:1]
    else:
        asks_who = spoken.parts is not None and spoken.parts.word in {"who", "which"} and not spoken.parts.subject
        candidates = [run for run in others if not is_country(run.group())][:1] or others[:1]
        candidates = candidates or ([] if asks_who else placed[-1:])
    if not candidates and spoken.parts and spoken.parts.form is Form.SUBJECT:
        return f"{question} in {phrase}" if is_country(phrase) else f"what about {phrase} ({spoken.aside})"
    if not candidates:
        return _of_another_noun(phrase, spoken)
    run = candidates[0]
    begin = run.start()
    before = question[:begin]
    if before.endswith("the ") and is_name(phrase):
        before = before.removesuffix("the ")
    possessive = "'s" if re.search(r"['’]s$", run.group()) and not re.search(r"['’]s$", phrase) else ""
    return f"{before}{phrase}{possessive}{question[run.end() :]}"


def _stands_alone(run: re.Match[str], question: str) -> bool:
    """Whether a name is no time, and no part of another phrase as in "the BBC drama"."""
    behind = question[run.end() :].split()
    if _TIME.fullmatch(run.group()) or re.search(r"['’]s$", run.group()):
        return not _TIME.fullmatch(run.group())
    if not behind or question[run.end()] != " ":
        return True
    following = key(behind[0])
    return following in PREPOSITIONS | AUXILIARIES | DETERMINERS | _LINKS or is_verb(behind[0]) or is_adverb(behind[0])


def _of_another_noun(phrase: str, spoken: SpokenOf) -> str:
    """In the place of the noun that was counted, or of who or what did it; else the question is asked beside it."""
    parts = spoken.parts
    bare = " ".join(phrase.split()[1:]) if first_key(phrase) in DETERMINERS and " " in phrase else phrase
    if parts and parts.noun and parts.form is Form.SUBJECT and parts.word in {"how many", "how much", "which", "what"}:
        return " ".join(f"{parts.asked} {bare} {parts.aux} {parts.predicate}".split())
    if parts and parts.form in {Form.OBJECT, Form.YES_NO, Form.COPULA} and spoken.thing:
        subject = _with_head_replaced(parts.subject, phrase)
        return " ".join(f"{parts.phrase} {parts.aux} {subject} {parts.predicate}".split())
    return f"what about {phrase} ({spoken.aside})"


def _with_head_replaced(subject: str, phrase: str) -> str:
    """Another one of the kind: "the vicar of Lindholm" for "the mayor of Lindholm"."""
    words = subject.split()
    end = next((at for at, word in enumerate(words) if at and key(word) in PREPOSITIONS), len(words))
    return " ".join([phrase, *words[end:]])
