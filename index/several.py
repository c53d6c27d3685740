"""An answer of several values, each with the quote that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.citing import MAX_QUOTE_CHARACTERS, Citations
from index.evidence_sentences import Sentence
from index.types import Answer, Status, Timings

MOST_VALUES = 5
_LONGEST_STRETCH = MAX_QUOTE_CHARACTERS // 2


@dataclass(frozen=True, slots=True)
class Item:
    """One of several values, and its place: `sentence.text[start:end]`."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words that tell the value."""
        return self.sentence.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Several:
    """Up to five values and the short answer that names them all."""

    short_answer: str
    items: tuple[Item, ...]


def several_answer(question: str, several: Several, timings: Timings | None = None) -> Answer:
    """The short answer, with one citation for each sentence that a value stands in."""
    cited = Citations()
    marks = [cited.cite(sentence, place) for sentence, place in _places(several.items)]
    return Answer(
        question,
        Status.ANSWERED,
        short_answer=several.short_answer,
        sentences=((several.short_answer, tuple(dict.fromkeys(marks))),),
        citations=tuple(cited.items),
        timings=timings or Timings(),
    )


def in_words(values: Iterable[str]) -> str:
    """The values as one phrase: "Norway, Sweden and Finland"."""
    *others, last = values
    return f"{', '.join(others)} and {last}" if others else last


def _places(items: Iterable[Item]) -> list[tuple[Sentence, tuple[int, int]]]:
    """The stretches that the values stand in: one for a sentence, more when one quote could not hold them all."""
    places: list[tuple[Sentence, tuple[int, int]]] = []
    for item in items:
        place = (item.start, item.end)
        for at, (sentence, (start, end)) in enumerate(places):
            both = (min(start, item.start), max(end, item.end))
            if sentence == item.sentence and both[1] - both[0] <= _LONGEST_STRETCH:
                places[at] = (sentence, both)
                break
        else:
            places.append((item.sentence, place))
    return places
