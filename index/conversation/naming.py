"""Whom an English phrase names: a person, a group, or neither."""

from __future__ import annotations

import re

from index.conversation.countries import is_country
from index.conversation.english import PEOPLE, PLACE_PREPOSITIONS, is_collective, is_name, is_plural, key, last_word
from index.conversation.statements import head_of
from index.numbers import numbers_in
from index.question_types import AnswerType

NOBODY = frozenset("no nobody none unknown unclear neither".split())
_FULL_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s+){1,3}[A-Z][\w’'-]+")
_NAME_RUN = re.compile(r"[A-Z][\w’'.-]*(?:\s+(?:(?:de|al|bin|van|von)\s+)?[A-Z][\w’'-]*)+")
_NO_PERSON = frozenset({AnswerType.PLACE, AnswerType.DATE, AnswerType.MONEY, AnswerType.COUNT, AnswerType.DURATION})
_PRONOUNS = frozenset("it they there we you he she anyone anybody someone nobody anything something".split())
_ROLES = frozenset(
    """
        president minister mayor king queen prince princess pope bishop judge senator governor chancellor chairman
        chairwoman chief director head leader spokesman spokeswoman spokesperson general colonel captain officer driver
        pilot suspect gunman attacker man woman boy girl actor actress singer author writer player coach manager owner
        founder ceo secretary ambassador envoy candidate winner victim teacher doctor nurse lawyer husband wife son
        daughter father mother brother sister
    """.split()
)


def names_person(answer: str, kind: AnswerType) -> bool:
    """Whether a short answer to a question of this kind names one person."""
    if numbers_in(answer) or kind in _NO_PERSON:
        return False
    last = last_word(answer)
    if kind is AnswerType.PERSON:
        return is_name(last) or key(last) in _ROLES
    return bool(_FULL_NAME.fullmatch(answer)) and not is_collective(last) and not is_country(answer)


def may_be_person(phrase: str) -> bool:
    """Whether a phrase of a question can be a person: "the mayor of Lindholm", "Macron"."""
    words = phrase.split()
    if not words or key(words[0]) in _PRONOUNS:
        return False
    head = head_of(phrase)
    if is_name(words[0]):
        return is_name(head) and not is_collective(head) and not is_country(phrase)
    return key(head) in _ROLES


def persons_in(text: str) -> list[str]:
    """The names of two and more words in a text that are of no place or thing: not "the City Museum"."""
    before = "|".join((*PLACE_PREPOSITIONS, "to"))
    return [
        run
        for run in _NAME_RUN.findall(text)
        if not is_country(run) and not re.search(rf"(?:\b(?:{before}) |\bthe ){re.escape(run)}", text)
    ]


def names_group(answer: str, kind: AnswerType, noun: str) -> bool:
    """Whether a short answer names those whom "they" can mean; `noun` was asked for, as in "which party"."""
    if numbers_in(answer) or kind in _NO_PERSON - {AnswerType.PLACE}:
        return False
    words = answer.split()
    if kind is AnswerType.PERSON:
        return key(words[0]) not in NOBODY
    asked = last_word(noun)
    if key(asked) in {"country", "state"} or is_collective(asked):
        return is_name(words[0])
    if kind is AnswerType.PLACE:
        return False
    return is_plural(words[-1]) and (not is_name(words[-1]) or " and " in answer)


def may_be_group(phrase: str) -> bool:
    """Whether a phrase of a question can be a group: "the army", "Israel", "the leaders of Hamas"."""
    words = phrase.split()
    if not words or key(words[0]) in _PRONOUNS:
        return False
    head = head_of(phrase)
    return is_plural(head) or key(head) in PEOPLE or is_collective(head) or is_name(words[0])
