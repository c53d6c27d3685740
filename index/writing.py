"""A capable model writes from all the evidence at once; each of its sentences is checked, and failing ones go."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from index.checking import citation_numbers
from index.citing import Citations
from index.evidence_sentences import Sentence, best_sentences
from index.foreign.claims import checked_language, common_facts
from index.grounding import Subject, denies_alone, tells_news
from index.instruction_text import is_order
from index.languages import ENGLISH, language_of
from index.prompts import NOT_STATED, writer_prompt
from index.providers.base import ChatModel
from index.question_types import AnswerType
from index.sentences import sentence_spans
from index.sources.textclean import normalize_text
from index.types import Answer, Evidence, Status, Timings
from index.words import content_words, stem, stems

_PASSAGES = 6
_ORDINAL_END = re.compile(r"(?<![\w.,])\d{1,2}\.$")  # "Der 3. Angriff"


async def write_answer(
    question: str,
    evidence: Sequence[Evidence],
    weights: Mapping[str, float],
    model: ChatModel,
    on_checked: Callable[[str], None] | None = None,
) -> Answer | None:
    """What the model wrote and the evidence says; None when no sentence is left, or it found nothing.

    `on_checked` hears the text that has passed checking, with its `[n]` marks, each time it has changed.

    Raises:
        ProviderError: when the model fails.
    """
    shown = evidence[:_PASSAGES]
    checked = CheckedText(shown, weights, question)
    listener = _Listener(checked, on_checked) if on_checked else None
    completion = await model.complete(writer_prompt(question, shown), listener)
    if not checked.take(completion.text, whole=True):
        return None
    if on_checked:
        on_checked(checked.text)
    return Answer(
        question,
        Status.ANSWERED,
        short_answer=checked.kept[0][0],
        sentences=tuple(checked.kept),
        citations=tuple(checked.cited.items),
        timings=Timings(first_token_ms=completion.first_token_ms, tokens=completion.tokens),
    )


class CheckedText:
    """The sentences of a reply that the evidence says, with their citations; it may be taken in as it grows."""

    def __init__(self, shown: Sequence[Evidence], weights: Mapping[str, float], question: str = "") -> None:
        self._shown, self._weights = shown, weights
        self._subject = Subject(question, weights, shown)
        self._seen: list[str] = []
        self.kept: list[tuple[str, tuple[int, ...]]] = []
        self.cited = Citations()

    @property
    def text(self) -> str:
        """What is kept, a sentence a line with its marks behind it."""
        return "\n".join(f"{sentence} {''.join(f'[{n}]' for n in marks)}" for sentence, marks in self.kept)

    def take(self, reply: str, *, whole: bool = False) -> bool:
        """Checks the sentences of a reply, all of it so far; whether any is kept.

        The last sentence is left until the reply is `whole`: it may go on, or its marks may be to come. When a
        sentence turns out to end elsewhere than it seemed, all are checked again, so that in the end nothing but the
        whole reply counts.
        """
        if NOT_STATED.casefold() in reply.casefold():
            sentences = []
        else:
            sentences = written_sentences(reply if whole else _without_open_mark(reply))
            sentences = sentences if whole else sentences[:-1]
        if sentences[: len(self._seen)] != self._seen:
            self._seen, self.kept, self.cited = [], [], Citations()
        for raw in sentences[len(self._seen) :]:
            self._seen.append(raw)
            self._check(raw)
        return bool(self.kept)

    def _check(self, raw: str) -> None:
        sentence, numbers = citation_numbers(normalize_text(raw))
        if not sentence or not all(1 <= n <= len(self._shown) for n in numbers):
            return
        passages = self._subject.bearing(sentence, self._subject.passages(numbers)) if tells_news(sentence) else []
        resting_on = _resting_on(sentence, passages, self._weights)
        if resting_on and self._fits(resting_on):
            marks = dict.fromkeys(self.cited.cite(quoted) for quoted in resting_on)
            self.kept.append((sentence, tuple(marks)))

    def _fits(self, resting_on: Sequence[Sentence]) -> bool:
        """The first sentence must answer the question by itself, the others may add to it."""
        if not self.kept:
            return self._subject.is_answered_by(resting_on)
        return self._subject.is_added_to_by(resting_on, self.cited.items)


class _Listener:
    """Hears a reply in pieces and passes on what is checked of it, when that changes."""

    def __init__(self, checked: CheckedText, on_checked: Callable[[str], None]) -> None:
        self._checked, self._on_checked = checked, on_checked
        self._reply = ""
        self._told = ""

    def __call__(self, text: str, /) -> None:
        self._reply += text
        self._checked.take(self._reply)
        self._tell()

    def start_over(self) -> None:
        self._reply = ""
        self._checked.take("")
        self._tell()

    def _tell(self) -> None:
        if self._checked.text != self._told:
            self._told = self._checked.text
            self._on_checked(self._told)


def written_sentences(text: str) -> list[str]:
    """The sentences of a model's reply, each with the `[n]` marks that follow it."""
    language = language_of(text) or ENGLISH
    pieces: list[str] = []
    for span in sentence_spans(text, language):
        stripped = text[span.start : span.end]
        if language == "de" and pieces and _ORDINAL_END.search(pieces[-1]):
            pieces[-1] += f" {stripped}"
            continue
        if pieces and stripped.startswith("["):
            marks, _, rest = stripped.rpartition("]")
            pieces[-1] += f" {marks}]"
            stripped = rest.strip()
        if stripped:
            pieces.append(stripped)
    return pieces


def _without_open_mark(reply: str) -> str:
    """The reply without a mark at its end that is not closed yet."""
    head, bracket, tail = reply.rpartition("[")
    return head if bracket and "]" not in tail else reply


def _resting_on(sentence: str, passages: Sequence[Evidence], weights: Mapping[str, float]) -> list[Sentence]:
    """Of each passage the sentence nearest to what was written, unless it gives an order, or says yes to a no.

    One that shares no word is not near. In another language the nearest is the one that shares most facts.
    """
    words = {stem(word): weights.get(stem(word), 1.0) for word in content_words(sentence)}
    found: list[Sentence] = []
    for passage in passages:
        if checked_language(sentence) == checked_language(passage.text):
            (nearest,) = best_sentences(sentence, [passage], words, AnswerType.OTHER, 1) or (None,)
            if nearest and set(stems(nearest.text)) & set(words) and not denies_alone(sentence, nearest.text):
                found.append(nearest)
        elif abroad := _nearest_abroad(sentence, passage):
            found.append(abroad)
    return [nearest for nearest in found if not is_order(nearest.text)]


def _nearest_abroad(sentence: str, passage: Evidence) -> Sentence | None:
    """The first sentence of a passage in another language with the most facts of what was written; None without any."""
    every = best_sentences(sentence, [passage], {}, AnswerType.OTHER, len(passage.text))
    shared = [(common_facts(sentence, one.text), -one.start, one) for one in every]
    most, _, nearest = max(shared, key=lambda entry: entry[:2], default=(0, 0, None))
    return nearest if most else None
