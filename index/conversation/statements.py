"""English questions turned into phrases: "When did the ferry sink?" into "the ferry sank"."""

from __future__ import annotations

import re

from index.conversation.english import (
    BE,
    DETERMINERS,
    GENERIC,
    HAVE,
    LINKS_TO_MATTER,
    MODALS,
    PREPOSITIONS,
    SPEECH,
    first_key,
    is_base_verb,
    is_name,
    is_verb,
    key,
    past_form,
)
from index.conversation.question_parts import Form, QuestionParts

_INSIDE = re.compile(r"\b(?:which|what|whom|who|where)\b", re.IGNORECASE)
_SHORT_VERB = 2  # words: "run aground", "been hit"


def statement(parts: QuestionParts, doer: str, answer: str | None) -> str | None:
    """What the question takes for granted, as a clause; None when too much of it is what was asked for.

    `doer` stands for whoever is asked for, `answer` for what the doer's verb is about.
    """
    if parts.form is Form.COPULA:
        return None
    if parts.form is Form.SUBJECT:
        return " ".join(f"{doer} {parts.aux} {parts.predicate}".split())
    predicate = finite(parts.aux, parts.predicate)
    if parts.form is Form.YES_NO or parts.asks_circumstance:
        return f"{parts.subject} {predicate}"
    if parts.asks_degree or parts.word in {"how many", "how much"}:
        amount = f"{answer} {parts.noun}" if answer and parts.noun and parts.noun not in answer else answer
        whole = with_object(predicate, amount) if amount else None
        return f"{parts.subject} {whole}" if whole else None
    something = answer or (f"some {parts.noun}" if parts.noun else None)
    whole = with_object(predicate, something, preposition_of(parts.asked)) if something else None
    return f"{parts.subject} {whole}" if whole else None


def told_with_question_inside(sentence: str) -> str | None:
    """A question that asks within a statement, as one: "a tanker sank near some port"; None when it is no such one."""
    match = _INSIDE.search(sentence)
    if match is None or match.start() == 0 or not sentence[0].isalpha():
        return None
    some = {"where": "somewhere", "who": "someone", "whom": "someone"}.get(match.group().casefold(), "some")
    if some == "some" and match.end() == len(sentence):
        some = "something"
    text = f"{sentence[: match.start()]}{some}{sentence[match.end() :]}"
    return f"{text[0].lower()}{text[1:]}" if first_key(text) in DETERMINERS else text


def finite(aux: str, predicate: str) -> str:
    """The predicate as a statement has it: "did" and "strike Beirut" as "struck Beirut"."""
    verb, _, rest = predicate.partition(" ")
    if aux == "did" and (is_base_verb(verb) or (verb.islower() and not verb.endswith("ly"))):
        return f"{past_form(verb.lower())} {rest}".strip()
    return predicate if aux == "do" else f"{aux} {predicate}"


def with_object(predicate: str, phrase: str, preposition: str = "") -> str | None:
    """A predicate with what its verb is about: "will build in Lindholm" with "a bridge" in between.

    None when the place of the phrase cannot be told.
    """
    words = predicate.split()
    behind = f"{preposition} {phrase}" if preposition and first_key(phrase) != preposition else phrase
    if preposition or key(words[-1]) in PREPOSITIONS:
        return f"{predicate} {behind}"
    start = 1 if key(words[0]) in BE | HAVE | MODALS else 0
    at = next((at for at in range(start + 1, len(words)) if key(words[at]) in PREPOSITIONS), len(words))
    if at - start > _SHORT_VERB or any(is_name(word) or key(word) in DETERMINERS for word in words[:at]):
        return None
    return " ".join([*words[:at], phrase, *words[at:]])


def object_of(predicate: str) -> str | None:
    """What the verb is about: "the attack on the embassy" of "claimed the attack on the embassy"."""
    words = predicate.split()
    if len(words) < 2 or key(words[1]) in PREPOSITIONS or (is_verb(words[1]) and not is_name(words[1])):  # noqa: PLR2004
        return None
    return " ".join(words[1:])


def setting_of(predicate: str) -> str | None:
    """Where or in what people of whom little is said came to harm: "in the crash" of "hurt in the crash"."""
    words = predicate.split()
    at = next((at for at, word in enumerate(words) if key(word) in PREPOSITIONS), len(words))
    if at == len(words) or not all(key(word) in GENERIC for word in words[:at]):
        return None
    return " ".join(words[at:])


def the(noun: str) -> str:
    """A noun as one that was spoken of: "the sandbank" for "a sandbank", "the hostages" for "of the hostages"."""
    words = noun.removeprefix("of ").split()
    if key(words[0]) in DETERMINERS:
        words = words[1:] or words
    return " ".join(["the", *words])


def head_of(phrase: str) -> str:
    """The noun that a phrase is about: "leaders" of "the leaders of Hamas"."""
    words = phrase.split()
    end = next((at for at, word in enumerate(words) if at and key(word) in PREPOSITIONS), len(words))
    return words[end - 1] if words else ""


def preposition_of(asked: str) -> str:
    """The preposition before a question word: "in" of "in which"; empty when there is none."""
    first = first_key(asked)
    return first if first in PREPOSITIONS else ""


def only_says(text: str) -> bool:
    """Whether a question tells that somebody said or did something, and nothing of what."""
    words = [key(word) for word in text.split()]
    says = any(word in SPEECH for word in words[1:]) or words[-1:] == ["do"]
    return says and "about" not in words


def link_to_matter(text: str) -> str:
    """The word that joins what was spoken of to a question that only says: "to" for "how did they react"."""
    return next((LINKS_TO_MATTER[key(word)] for word in text.split() if key(word) in LINKS_TO_MATTER), "about")
