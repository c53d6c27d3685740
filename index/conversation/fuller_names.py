"""What a question names in short, in the last question's full words: "the museum" as "the City Museum"."""

from __future__ import annotations

import re

from index.conversation.english import PREPOSITIONS, is_name, key
from index.conversation.pointing import own_names
from index.conversation.spoken_of import SpokenOf
from index.numbers import numbers_in
from index.words import stem

_THE = re.compile(r"\bthe (?P<noun>[a-z][\w-]+)\b")
_BEHIND = r"(?: (?:in|of|near|at|on|between|against|from) (?:the )?[A-Z][\w’'-]*(?: (?:and )?[A-Z][\w’'-]*)*)*"


def with_fuller_names(question: str, last: SpokenOf) -> str | None:
    """The question with "the election" as "the presidential election in Poland"; None when nothing is fuller.

    A question with a name or a number of its own says what it means.
    """
    if own_names(question.split()) or numbers_in(question):
        return None
    text = question
    for match in reversed(list(_THE.finditer(question))):
        fuller = _fuller(match["noun"], last.sentence)
        if fuller and len(fuller.split()) > len(match.group().split()):
            text = f"{text[: match.start()]}{fuller}{text[match.end() :]}"
    return text if text != question else None


def _fuller(noun: str, said: str) -> str | None:
    """The phrase of the last question whose noun is this one, when it has a name in it."""
    for start in (match.start() for match in re.finditer(r"\bthe ", said)):
        for length in range(4):
            match = re.compile(rf"the (?P<before>(?:[\w’'-]+ ){{{length}}})(?P<noun>[\w-]+)\b{_BEHIND}").match(
                said, start
            )
            if match is None or any(key(word) in PREPOSITIONS for word in match["before"].split()):
                break
            if stem(key(match["noun"])) == stem(noun) and any(is_name(word) for word in match.group().split()):
                return match.group()
    return None
