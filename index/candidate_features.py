"""What speaks for a candidate answer, in numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.candidates import Candidate
from index.checking import bare_answer
from index.evidence_sentences import Sentence
from index.question_phrase import asked_phrase
from index.question_types import PLAIN_SIGNS, AnswerType
from index.reranking import recency
from index.types import Evidence
from index.words import STOP_WORDS, stem, words

_NEAR = 4  # words
_TITLES = 5
_PERSON_WORDS = {2, 3}

DocumentCounts = Callable[[Sequence[str]], Mapping[str, int]]  # stems → how many chunks hold each


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as words between spaces, so that whole words are found in it."""

    padded: str
    stems: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Text:
        every = words(text)
        return cls(f" {' '.join(every)} ", tuple(word if word in STOP_WORDS else stem(word) for word in every))

    def holds(self, folded: str) -> bool:
        return f" {folded} " in self.padded


class CandidateFeatures:
    """Computes the features of one question's candidates from its sentences, passages and the collection's counts."""

    def __init__(
        self,
        question: str,
        kind: AnswerType,
        weights: Mapping[str, float],
        sentences: Sequence[Sentence],
        passages: Sequence[Evidence],
        asked_at: datetime | None = None,
    ) -> None:
        self._kind, self._weights, self._asked_at = kind, weights, asked_at
        self._asked = {stem(word) for word in words(question)}
        word, *nouns = (asked_phrase(question) or "what").split()
        self._person = word in {"who", "whom", "whose"}
        self._nouns = {stem(part) for noun in nouns for part in words(noun) if part not in STOP_WORDS}
        self._best = max((sentence.score for sentence in sentences), default=0.0)
        self._sentences = [(_Text.of(sentence.text), sentence.score - self._best) for sentence in sentences]
        self._passages = [_Text.of(f"{item.text} {item.title}") for item in passages]
        self._titles = [_Text.of(item.title) for item in passages[:_TITLES]]

    def of(self, candidates: Sequence[Candidate], counts: DocumentCounts) -> list[dict[str, float]]:
        """Each candidate's features, by name."""
        folded = [words(bare_answer(candidate.best.answer)) for candidate in candidates]
        every = sorted({stem(word) for parts in folded for word in parts})
        held_by = counts(every)
        return [self._of(c, parts, held_by) for c, parts in zip(candidates, folded, strict=True)]

    def _of(self, candidate: Candidate, parts: list[str], held_by: Mapping[str, int]) -> dict[str, float]:
        answer, folded = candidate.best.answer, " ".join(parts)
        read = len(candidate.read)
        inside = [(text, score) for text, score in self._sentences if text.holds(folded)]
        ranks = [n for n, text in enumerate(self._passages) if text.holds(folded)]
        rarest = min((held_by.get(stem(part), 0) for part in parts), default=0)
        features = {
            "times_read": math.log(1 + read),
            "unread": float(not read),
            "best_sentence": max((score for _, score in inside), default=-3.0),
            "sentences": math.log(sum(math.exp(2 * score) for _, score in inside) + 0.05),
            "passages": sum(1 / (2 + n) for n in ranks),
            "common": math.log(1 + rarest),
            "recent": self._recency(candidate),
            "in_title": float(any(title.holds(folded) for title in self._titles)),
            "near_question": max((self._nearness(text, parts) for text, _ in inside[:3]), default=0.0),
            "near_noun": float(any(self._near_noun(text, parts) for text, _ in inside[:3])),
        }
        return features | self._shape(answer, parts)

    def _recency(self, candidate: Candidate) -> float:
        """How recent the newest article was that gives the answer, when the question was asked."""
        if self._asked_at is None:
            return 0.0
        dates = [reading.sentence.evidence.published_at for reading in candidate.readings]
        return max((recency(date, self._asked_at) for date in dates), default=0.0)

    def _shape(self, answer: str, parts: Sequence[str]) -> dict[str, float]:
        number = answer.lstrip("$€£¥ ")[:1].isdigit()
        capital = answer[:1].isupper()
        quantity = self._kind in PLAIN_SIGNS
        return {
            "needless_number": float(number and not quantity and self._kind is not AnswerType.DATE),
            "person": float(self._person and capital and len(parts) in _PERSON_WORDS),
            "capital": float(capital),
            "one_word": float(len(parts) == 1),
            "repeats": float(any(stem(part) in self._asked for part in parts)),
        }

    def _nearness(self, text: _Text, parts: Sequence[str]) -> float:
        """The weights of the question's words in a sentence, each less the farther it stands from the answer."""
        total = sum(self._weights.values()) or 1.0
        places = _places(text.padded, parts)
        wanted = [(at, self._weights[s]) for at, s in enumerate(text.stems) if s in self._weights]
        return max((sum(w / (1 + abs(at - place) / 4) for at, w in wanted) for place in places), default=0.0) / total

    def _near_noun(self, text: _Text, parts: Sequence[str]) -> bool:
        """Whether the noun that is asked for stands next to the answer: "city" in "the city of Turin"."""
        if not self._nouns:
            return False
        return any(
            not self._nouns.isdisjoint(text.stems[max(0, place - _NEAR) : place + len(parts) + _NEAR])
            for place in _places(text.padded, parts)
        )


def _places(padded: str, parts: Sequence[str]) -> list[int]:
    every = padded.split()
    size = len(parts)
    return [at for at in range(len(every) - size + 1) if every[at : at + size] == list(parts)] if size else []
