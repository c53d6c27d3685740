"""What a question counts, and whether a number in a sentence counts the same: "12 dead" is no answer to how many hurt.

A question such as "How many people were injured?" has a counted noun (people) and a state (injured). A number of a
sentence counts that when its own noun and the state nearest to it are the same or mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.quantities import Bound, Quantity, quantities_in
from index.synonyms import synonyms_of
from index.words import STOP_WORDS, stem, words

_STATES = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "die died dies dying dead death deaths killed kill kills killing slain toll fatalities fatality perished",
        "hurt injured injury injuries injuring wounded wounding wounds casualties casualty",
        "missing unaccounted",
        "arrested arrest arrests arresting detained detaining jailed custody",
        "rescued rescue rescuing saved",
        "evacuated evacuating displaced displacing fled",
        "infected infections infection cases sickened ill",
        "homeless",
    )
)
_PEOPLE = frozenset(
    map(
        stem,
        "people person persons individuals individual victims victim lives life casualties casualty deaths".split(),
    )
) | frozenset(map(stem, "fatalities fatality anyone anybody someone somebody humans".split()))
_STATE_NOUNS = frozenset(map(stem, "death fatality casualty injury wound arrest infection case".split()))
_IRREGULAR_PLURALS = frozenset(
    "people men women children police fish sheep deer aircraft cattle staff personnel".split()
)
_HARMLESS = frozenset(map(stem, "confirmed reported minor slight local".split()))
_HOW_MANY = re.compile(
    r"\bhow many\b(?: of)?(?: the)?|\bwhat (?:is|was) the (?:number of\b|(?=(?:death )?toll))", re.IGNORECASE
)
_ANY = re.compile(
    r"^(?:and )?(?:is|are|was|were|did|do|does|has|have|had)(?: there)?(?: been)? (?:any\b|any(?=one|body))",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_FUNCTION_WORDS = STOP_WORDS | frozenset(
    "since near across among despite along outside inside around amid via per".split()
)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}s?")
_NOUN_WINDOW = 4  # tokens behind a number
_NOUN_CHARACTERS = 80
_STATE_WINDOW = 60  # characters in front of a number
_STATE_WORDS = 6  # telling words behind it
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_CLAUSE_END = re.compile(
    r"[;:()—–]|,(?! (?:including|among|mostly|most|some|many)\b)|\.(?:\s|$)|\b(?:while|but|after|with|as)\b"
)
_ASIDE = re.compile(r", (?:including|among them|mostly|most|some|many)\b[^,;.]*,?", re.IGNORECASE)
_SUBSET_BEFORE = re.compile(
    r"\b(?:another|other|further|additional|remaining|latter|first|last|next|these|those|both|each|every|per|including"
    r"|include[sd]?|among|of|plus|twice)\s*$",
    re.IGNORECASE,
)
_SUBSET_BEHIND = re.compile(
    r"-\w|\s*(?:(?:more|others?|further|additional|times|out of|in \d+)\b"
    r"|of (?:the|them|those|whom|which|these|its|their|his|her|\d+|\w+[’']s?)\b"
    r"|(?:\w+ ){0,3}(?:an?|per|each|every) (?:second|minute|hour|day|week|month|year|person|game|match)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:(?:no ?one|nobody|none)\b(?: (?:was|were|is|has been|had been|have been|else))*|(?:no|zero|without)\b)",
    re.IGNORECASE,
)
_ZERO_WINDOW = 4  # tokens behind "no" in which the counted thing must come
_BEFORE_NONE = frozenset("reported confirmed was were is are been have has had".split())  # "no reported injuries"


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the noun’s stem (None: people), the stems of its state, and all stems of the question."""

    noun: str | None
    state: frozenset[str]
    asked: frozenset[str]
    existence: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number that counts what was asked, `text[start:end]`; its phrase with what is counted goes on to `phrase_end`.

    "None at all" is the number 0, and all of its phrase: "No casualties".
    """

    start: int
    end: int
    phrase_end: int
    quantity: Quantity


def counted_in(question: str) -> Counted | None:
    """What a question counts, or asks the existence of ("Was anyone hurt?"); None when its words don't tell."""
    how_many, any_of = _HOW_MANY.search(question), _ANY.match(question)
    match = how_many or any_of
    if match is None:
        return None
    tokens = _TOKEN.findall(question[match.end() :])
    asked = frozenset(map(stem, words(question)))
    noun, rest = _counted_noun(tokens)
    state = _state_named([noun] if noun else []) or _state_named(_stems_of(rest)) or _telling(_stems_of(rest))
    if noun in _PEOPLE or (noun and _names_a_state(noun)):
        noun = None
    if noun is None and not state:
        return None
    return Counted(noun, state, asked, existence=how_many is None)


def counts_in(text: str, counted: Counted) -> list[Count]:
    """The numbers of a text that count this, in order; none of a part of it, or a rate."""
    found = [
        Count(quantity.start, quantity.end, _phrase_end(text, quantity.end, quantity.value), quantity)
        for quantity in quantities_in(text)
        if not quantity.unit and not _is_part(text, quantity) and _counts(text, quantity, counted)
    ]
    return found + list(_zeros(text, counted))


def _phrase_end(text: str, number_end: int, value: Decimal) -> int:
    """Where the phrase that a number opens ends: "one minor injury victim" and not only "one"."""
    tokens = list(_tokens_behind(text, number_end))
    at, _ = _noun_of([token.group() for token in tokens], value)
    return number_end if at is None else tokens[at].end()


def _counted_noun(tokens: list[str]) -> tuple[str | None, list[str]]:
    """The stem of the first plural, and the tokens behind it; None and all tokens when a verb comes first."""
    for at, token in enumerate(tokens[: _NOUN_WINDOW + 1]):
        if _is_function_word(token):
            break
        if is_plural(token):
            return _stem_of(token), tokens[at + 1 :]
    return None, tokens


def is_plural(token: str) -> bool:
    """Whether a word looks like a plural: "rockets" and "people", not "US", "bus" and "crisis"."""
    word = token.casefold()
    if word in _IRREGULAR_PLURALS:
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and not _ACRONYM.fullmatch(token)


def _is_function_word(token: str) -> bool:
    return token.casefold() in _FUNCTION_WORDS and not _ACRONYM.fullmatch(token)


def _state_named(stems: Iterable[str]) -> frozenset[str]:
    """The first known state that these words name; empty when they name none."""
    return next((group for form in stems for group in _STATES if form in group), frozenset())


def _telling(stems: list[str]) -> frozenset[str]:
    """The first word, which is the question's verb, with those that news uses for the same."""
    return frozenset({stems[0], *synonyms_of(stems[0])}) if stems else frozenset()


def _is_part(text: str, quantity: Quantity) -> bool:
    """Whether it counts a part of something, or something over again: "two more", "two of the", "ten a day"."""
    before = text[max(0, quantity.start - 20) : quantity.start]
    return bool(_SUBSET_BEFORE.search(before) or _SUBSET_BEHIND.match(text, quantity.end))


def _counts(text: str, quantity: Quantity, counted: Counted) -> bool:
    tokens = [token.group() for token in _tokens_behind(text, quantity.end)]
    at, modifiers = _noun_of(tokens, quantity.value)
    noun = None if at is None else _stem_of(tokens[at])
    if not modifiers <= counted.asked | counted.state | _HARMLESS:
        return False
    if counted.noun is None:
        fits = noun is None or noun in _PEOPLE or noun in counted.state or _names_a_state(noun)
    else:
        fits = noun == counted.noun or (noun is not None and noun in synonyms_of(counted.noun))
    if not fits:
        return False
    if counted.state in _STATES:
        return _state_near(text, quantity, counted)
    return not counted.state or not counted.state.isdisjoint(_stems(text))


def _tokens_behind(text: str, at: int) -> Iterator[re.Match[str]]:
    """The words behind a place, four at most, up to a function word, a mark, or another number."""
    last = at
    for token in list(_TOKEN.finditer(text, at, at + _NOUN_CHARACTERS))[:_NOUN_WINDOW]:
        if text[last : token.start()].strip() or _is_function_word(token.group()) or token.group()[0].isdigit():
            return
        yield token
        last = token.end()


def _noun_of(tokens: list[str], value: Decimal) -> tuple[int | None, frozenset[str]]:
    """Which of the words behind a number is what it counts, and the stems of the words between."""
    forms = [_stem_of(token) for token in tokens]
    people = next((at for at, form in enumerate(forms) if form in _PEOPLE), None)
    plural = next((at for at, token in enumerate(tokens) if is_plural(token)), None)
    state = next((at for at, form in enumerate(forms) if _names_a_state(form)), None)
    found = min((at for at in (people, plural) if at is not None), default=None)
    if found is None and state is not None:
        found = state if state == 0 or forms[state] in _STATE_NOUNS else state - 1
    if found is None and forms and value == 1:
        found = len(forms) - 1  # a singular has no sign of its own
    return found, frozenset(forms[:found] if found is not None else ())


def _names_a_state(form: str) -> bool:
    return any(form in group for group in _STATES)


def _state_near(text: str, quantity: Quantity, counted: Counted) -> bool:
    """Whether the state that belongs to a number is the one asked about.

    It is the word right in front ("killing at least nine"), else the first one behind it in its clause ("nine people
    were killed"), else the last one in front ("the death toll reached nine").
    """
    plain = _ASIDE.sub(lambda match: " " * len(match.group()), text)
    behind = plain[quantity.end :]
    end = _CLAUSE_END.search(behind)
    before = re.split(r"[;:()]|\.\s", plain[max(0, quantity.start - _STATE_WINDOW) : quantity.start])[-1]
    touching = _LAST_WORD.search(before)
    if touching and _names_a_state(_stem_of(touching[1])):
        return _stem_of(touching[1]) in counted.state
    for form in _stems(behind[: end.start()] if end else behind)[:_STATE_WORDS]:
        if _names_a_state(form):
            return form in counted.state
    in_front = reversed(_stems(re.split(r"\d", before)[-1]))
    return next((form for form in in_front if _names_a_state(form)), None) in counted.state


def _zeros(text: str, counted: Counted) -> Iterator[Count]:
    """Where a text says that there was none: "no casualties", "nobody was hurt"."""
    for match in _NOBODY.finditer(text):
        last = match.end()
        for token in list(_TOKEN.finditer(text, last))[:_ZERO_WINDOW]:
            form = _stem_of(token.group())
            if text[last : token.start()].strip():
                break
            last = token.end()
            if form in counted.state if counted.noun is None else form == counted.noun:
                yield Count(match.start(), last, last, Quantity(Decimal(0), "", Bound.EXACT, match.start(), last))
                break
            if form not in _PEOPLE and token.group().casefold() not in _BEFORE_NONE:
                break


def _stem_of(token: str) -> str:
    found = words(token)
    return stem(found[0]) if found else ""


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def _stems_of(tokens: Iterable[str]) -> list[str]:
    return [_stem_of(token) for token in tokens if not _is_function_word(token)]
