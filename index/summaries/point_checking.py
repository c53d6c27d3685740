"""Which lines of a model's reply become points: those that their passages say, checked as answers are.

Names, numbers, dates and denials are checked by `CheckedText`. A summary has no question that a line could miss, so two
more things are asked of it: most of its words stand in what it cites, and it is on the subject of what is summed up.
Sentences that give orders are no part of a passage here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.foreign.claims import checked_language
from index.grounding import is_grounded
from index.instruction_text import is_order
from index.languages import ENGLISH
from index.question_words import coverage
from index.summaries.passages import without_orders
from index.summaries.types import Point
from index.types import Citation, Evidence
from index.words import stems, words
from index.writing import CheckedText

LONGEST_POINT = 400
LONGEST_REPLY = 20_000
_BULLET = re.compile(r"^\s*(?:(?:[-–*•]+|\d{1,2}[.)])\s+|(?:story|point)\s+\d{1,2}\s*[:.)–-]\s*)+", re.IGNORECASE)
_HELD = 0.6  # of a sentence's words, by their beginnings, where words are not stemmed
_BEGINNING, _SHORTEST = 5, 4  # letters
_CLITICS = re.compile(r"^[وفبلك]?(?:ال)?(?=\w{3})")  # of Arabic, which cling to the word behind them


def plain_lines(reply: str) -> str:
    """A reply of a bearable length, without the bullets and numbers of its lines."""
    return "\n".join(_BULLET.sub("", line).strip() for line in reply[:LONGEST_REPLY].splitlines())


def checked_points(reply: str, passages: Sequence[Evidence], subject: str) -> list[Point]:
    """The sentences of a reply that the passages say, in its order, each with the sentences that it rests on.

    `subject` is a title or more: the first point rests on a sentence with a word of it, each other one on a sentence
    with a word of that or of the first, or in the paragraph of one told before; without a subject, on any. Marks count
    the passages from 1.
    """
    shown = without_orders(passages)
    checked = CheckedText(shown, {})
    checked.take("\n".join(dict.fromkeys(plain_lines(reply).splitlines())), whole=True)
    known = "" if is_order(subject) else subject
    points: list[Point] = []
    for sentence, numbers in checked.kept:
        cited = [checked.cited.items[number - 1] for number in numbers]
        told = [other for point in points for other in point.citations]
        if not _is_said(sentence, [_passage_of(one, shown) for one in cited]) or _repeats(sentence, points):
            continue
        if not known or any(_shares_word(one.quote, known) or _is_beside(one, told, shown) for one in cited):
            if known and not points:
                known = " ".join([known, *(one.quote for one in cited)])
            points.append(Point(sentence, tuple(_as_in_catalog(one, passages) for one in cited)))
    return points


def _repeats(sentence: str, points: Sequence[Point]) -> bool:
    own = set(stems(sentence))
    return any(own <= set(stems(point.text)) for point in points)


def _shares_word(text: str, known: str) -> bool:
    if coverage(text, dict.fromkeys(stems(known), 1.0)):
        return True
    return checked_language(text) != ENGLISH and not _beginnings(text).isdisjoint(_beginnings(known))


def _is_beside(one: Citation, told: Sequence[Citation], shown: Sequence[Evidence]) -> bool:
    """Whether a sentence stands in the paragraph of one that was told."""
    passage = _passage_of(one, shown)
    for other in told:
        first, last = sorted([(one.start, one.end), (other.start, other.end)])
        between = passage.text[max(first[1] - passage.start, 0) : max(last[0] - passage.start, 0)]
        if other.article_id == one.article_id and passage.start <= other.start < passage.end and "\n" not in between:
            return True
    return False


def _is_said(sentence: str, passages: Sequence[Evidence]) -> bool:
    """Whether it is of a bearable length and most of its words stand in passages of its own language."""
    if len(sentence) > LONGEST_POINT or sentence.startswith("("):  # as the line with a passage's source
        return False
    language = checked_language(sentence)
    own = [item for item in passages if checked_language(item.text) == language]
    if not own or language == ENGLISH:
        return bool(own) and is_grounded(sentence, own, "")
    text = " ".join(words(" ".join(f"{item.title} {item.text}" for item in own)))
    said = [_beginning(word) for word in words(sentence)]
    return sum(beginning in text for beginning in said) >= _HELD * len(said)


def _beginnings(text: str) -> set[str]:
    return {_beginning(word) for word in words(text) if len(word) >= _SHORTEST}


def _beginning(word: str) -> str:
    return _CLITICS.sub("", word)[:_BEGINNING]


def _passage_of(citation: Citation, passages: Sequence[Evidence]) -> Evidence:
    return next(
        item
        for item in passages
        if item.article_id == citation.article_id and item.start <= citation.start and citation.end <= item.end
    )


def _as_in_catalog(citation: Citation, passages: Sequence[Evidence]) -> Citation:
    """The citation with its article's own title and source, also where one of them gives orders."""
    item = _passage_of(citation, passages)
    return replace(citation, title=item.title, source=item.source)
