"""Questions that want several names ("Which countries …?"), and the names that sentences list in answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.candidates import Candidate
from index.checking import answers_anything
from index.counting import is_plural
from index.evidence_sentences import Sentence
from index.numbers import numbers_in
from index.several import MOST_VALUES, Item, Several, in_words
from index.words import STOP_WORDS, words

_ASKS = re.compile(
    r"^(?:and )?(?:(?:who (?:were|are)\b|(?:please )?(?:name|list)\b(?! of))|(?:\w+ )?(?:which|what) (?P<behind>.+))",
    re.IGNORECASE,
)
_VERBS = frozenset(
    """
        happens goes comes lies makes causes means matters counts works becomes seems helps keeps lets gives takes
    """.split()
)
_PAST = re.compile(
    r"(?:\w+ed|won|sent|took|made|got|lost|left|became|began|beat|said|gave|saw|held|met|fell|rose)\b", re.IGNORECASE
)
_ADJECTIVE = re.compile(
    r"[A-Z].*|.+-.+|(?i:other|two|three|four|five|big|major|new|\w+(?:al|ous|ic|ful|ive|ent|ian|ern))"
)
_NOUN_WITHIN = 3  # words behind "which"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?: (?:(?:of|de|al|the|van|von|bin) )*[A-ZÀ-ÖØ-Þ][\w’'-]*)*"
_ENUMERATION = re.compile(rf"(?:the )?{_NAME}(?:, (?:the )?{_NAME})*(?:,? and (?:the )?{_NAME})")
_ONE_NAME = re.compile(_NAME)
_WITH_AND = re.compile(
    r"(?:Trinidad and Tobago|Bosnia and Herzegovina|Antigua and Barbuda|Turks and Caicos|Jammu and Kashmir"
    r"|Saint \w+ and [A-Z]\w+|St\.? \w+ and [A-Z]\w+)"
)
_SEPARATOR = re.compile(r",? and |, ")
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December"
)
_OVERLAP_SHARE = 0.6  # of the best sentence's words of the question
_LEAST_OVERLAP = 0.4
_SURE = 0.3  # the probability of a reading
_RIVAL_SHARE = 0.3  # of the first candidate's weight
_FEWEST = 2


def wants_list(question: str) -> bool:
    """Whether a question asks for several names: "which countries", "who were", "name the …" (English)."""
    match = _ASKS.match(question.strip())
    if match is None:
        return False
    if match["behind"] is None:
        return True
    tokens = re.findall(r"[^\W_][\w'’-]*", match["behind"])
    for at, token in enumerate(tokens[:_NOUN_WITHIN]):
        if token.casefold() in STOP_WORDS and not token.isupper():
            return False
        if is_plural(token) and token.casefold() not in _VERBS:
            return _is_verb(tokens[at + 1]) if at + 1 < len(tokens) else True
        if not _ADJECTIVE.fullmatch(token):
            return False
    return False


def listed_names(question: str, sentences: Sequence[Sentence], candidates: Sequence[Candidate] = ()) -> Several | None:
    """The names that answer a question for several, five at most; None when fewer than two are found.

    Names that a sentence lists together with a likely candidate belong to the answer, and so do likely candidates of
    other sentences. Without candidates only the one list of the best sentence counts.
    """
    if not sentences or not wants_list(question):
        return None
    least = max(_LEAST_OVERLAP, _OVERLAP_SHARE * max(sentence.overlap for sentence in sentences))
    places = list(_likely(candidates)) if candidates else list(_only_list(sentences[0]))
    found: list[Item] = []
    for sentence, start, end in places:
        if sentence.overlap >= least:
            for item in _listed_with(sentence, start, end):
                if _is_new(item, found) and answers_anything(item.text, question):
                    found.append(item)
    items = tuple(found[: _number_asked(question) or MOST_VALUES])
    return Several(in_words(item.text for item in items), items) if len(items) >= _FEWEST else None


def _is_verb(word: str) -> bool:
    return word.casefold() in STOP_WORDS or bool(_PAST.fullmatch(word))


def _number_asked(question: str) -> int | None:
    """The three of "which three countries"."""
    match = re.search(r"\b(?:which|what|the) (two|three|four|five)\b", question, re.IGNORECASE)
    return int(numbers_in(match[1]).pop()) if match else None


def _likely(candidates: Sequence[Candidate]) -> Iterator[tuple[Sentence, int, int]]:
    """Where the first candidate stands, and others that a model read in other sentences."""
    first = candidates[0]
    for candidate in candidates:
        best = candidate.best
        if candidate is first or (best.probability >= _SURE and candidate.weight >= _RIVAL_SHARE * first.weight):
            yield best.sentence, best.start, best.end


def _only_list(sentence: Sentence) -> Iterator[tuple[Sentence, int, int]]:
    lists = list(_ENUMERATION.finditer(_whole_names(sentence.text)))
    if len(lists) == 1:
        yield sentence, *lists[0].span()


def _listed_with(sentence: Sentence, start: int, end: int) -> list[Item]:
    """The names of the list around a place, or the one that stands there."""
    for match in _ENUMERATION.finditer(_whole_names(sentence.text)):
        if match.start() < end and start < match.end():
            return _names(sentence, *match.span())
    return _names(sentence, start, end)


def _names(sentence: Sentence, start: int, end: int) -> list[Item]:
    items: list[Item] = []
    text = _whole_names(sentence.text)
    for piece in re.split(_SEPARATOR, text[start:end]):
        at = text.index(piece, start)
        if name := _ONE_NAME.search(text, at, at + len(piece)):
            items += _without_opener(Item(sentence, *name.span()))
        start = at + len(piece)
    return items


def _whole_names(text: str) -> str:
    """The text with "and" made part of the names that hold it; each character keeps its place."""
    return _WITH_AND.sub(lambda match: match.group().replace(" ", "_"), text)


def _without_opener(item: Item) -> list[Item]:
    """The name without a day or a function word that opens the sentence; nothing when that is all."""
    first, _, rest = item.text.partition(" ")
    if not (_DAY.fullmatch(first) or (first.casefold() in STOP_WORDS and not first.isupper())):
        return [item]
    return _without_opener(Item(item.sentence, item.end - len(rest), item.end)) if rest else []


def _is_new(item: Item, found: Sequence[Item]) -> bool:
    """Whether no name found says the same: "Bellini" is "Marco Bellini"."""
    mine = set(words(item.text))
    return not any(mine <= set(words(other.text)) or set(words(other.text)) <= mine for other in found)
