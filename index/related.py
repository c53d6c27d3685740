"""What the articles do have on the subject of a question that they don't answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.sentences import quotation_spans
from index.types import Evidence, Related
from index.words import STOP_WORDS, stem, stems, words

_MOST = 3
_NAMES_SHARE = 0.6  # of the weight of the question's names
_COVERED = 0.4  # of the weight of all its words, in title and text
_TITLED = 0.2  # the same, in the title alone, when that holds one of its names
_TITLED_WITHOUT_NAME = 0.3
_RARE = 0.6  # of the heaviest word's weight: a single name must be as rare to make a subject
_FEW_ARTICLES = 5
_NEAR_THE_CLOSEST = 0.6
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]*")
_TOKEN = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a question is about: its weighted stems, those of its names, and whether the collection is small."""

    weights: Mapping[str, float]
    names: frozenset[str]
    small: bool


def related_articles(
    question: str, evidence: Sequence[Evidence], weights: Mapping[str, float], limit: int = _MOST
) -> tuple[Related, ...]:
    """Up to `limit` articles among the evidence that are on the question's subject, the closest first.

    Each holds most of the question's names, and enough of its words in text and title; in a collection of a few
    articles one word in the title will do, or a name in the text. Rather none than one that is off the subject.
    `weights` gives each stem of the question its inverse document frequency.
    """
    few = len({item.article_id for item in evidence}) <= _FEW_ARTICLES
    subject = _Subject(weights, _names(question), few)
    best: dict[str, tuple[float, Evidence]] = {}
    for item in evidence:
        closeness = _closeness(item, subject)
        if closeness > best.get(item.title.casefold(), (0.0, item))[0]:
            best[item.title.casefold()] = (closeness, item)
    closest = sorted(best.values(), key=lambda scored: -scored[0])
    return tuple(
        Related(item.article_id, item.title, item.url, item.source, item.published_at)
        for closeness, item in closest[:limit]
        if closeness >= _NEAR_THE_CLOSEST * closest[0][0]
    )


def _names(question: str) -> frozenset[str]:
    """The stems of the question's capitalised words; its first word only when another one follows it."""
    tokens = _TOKEN.findall(question)
    capital = [bool(_NAME.match(token)) for token in tokens]
    found = [token for token, name in zip(tokens[1:], capital[1:], strict=True) if name]
    if capital[:2] == [True, True] and tokens[0].casefold() not in STOP_WORDS:
        found.append(tokens[0])
    return frozenset(stem(word) for token in found for word in words(token) if word not in STOP_WORDS)


def _closeness(item: Evidence, subject: _Subject) -> float:
    """The share of the question's weight in title and text, the title's counting twice; 0 when off the subject.

    Words count as they are: what only means something like them does not make a subject.
    """
    weights, total = subject.weights, sum(subject.weights.values())
    title = set(stems(item.title))
    there = title | set(stems(item.text))
    wanted = sum(weights.get(name, 0.0) for name in subject.names)
    held = sum(weights.get(name, 0.0) for name in subject.names & there)
    if not total or held < _NAMES_SHARE * wanted:
        return 0.0
    covered = sum(weight for form, weight in weights.items() if form in there) / total
    titled = sum(weight for form, weight in weights.items() if form in title) / total
    least = _TITLED if subject.names & title else _TITLED_WITHOUT_NAME
    if subject.small:
        return covered + titled if titled or (covered >= _COVERED and _names_together(item, subject)) else 0.0
    return covered + titled if covered >= _COVERED and titled >= least else 0.0


def _names_together(item: Evidence, subject: _Subject) -> bool:
    """Whether one sentence holds all names of the question, and these are a full name or a rare one."""
    heaviest = max(subject.weights.values())
    if len(subject.names) < 2 and not any(subject.weights.get(n, 0.0) >= _RARE * heaviest for n in subject.names):  # noqa: PLR2004
        return False
    return any(subject.names <= set(stems(item.text[span.start : span.end])) for span in quotation_spans(item.text))
