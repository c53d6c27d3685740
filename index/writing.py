"""A capable model writes from all the evidence at once; each of its sentences is checked, and failing ones go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.checking import citation_numbers, unsupported_claims
from index.citing import Citations
from index.evidence_sentences import best_sentences
from index.prompts import NOT_STATED, writer_prompt
from index.providers.base import ChatModel
from index.question_types import AnswerType
from index.sentences import split_sentences
from index.types import Answer, Evidence, Status, Timings
from index.words import content_words, stem, stems

_PASSAGES = 6


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
    checked = CheckedText(shown, weights)
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

    def __init__(self, shown: Sequence[Evidence], weights: Mapping[str, float]) -> None:
        self._shown, self._weights = shown, weights
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
        sentence, numbers = citation_numbers(raw)
        passages = [self._shown[n - 1] for n in numbers if 1 <= n <= len(self._shown)]
        if not sentence or not passages or len(passages) < len(numbers) or unsupported_claims(sentence, passages):
            return
        if marks := _cite(sentence, passages, self._weights, self.cited):
            self.kept.append((sentence, marks))


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
    pieces: list[str] = []
    for piece in split_sentences(text.strip()):
        stripped = piece.strip()
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


def _cite(
    sentence: str, passages: Sequence[Evidence], weights: Mapping[str, float], cited: Citations
) -> tuple[int, ...]:
    """Cites of each passage the sentence nearest to what was written; one that shares no word is not cited."""
    words = {stem(word): weights.get(stem(word), 1.0) for word in content_words(sentence)}
    marks: list[int] = []
    for passage in passages:
        nearest = best_sentences(sentence, [passage], words, AnswerType.OTHER, 1)
        if nearest and set(stems(nearest[0].text)) & set(words):
            marks.append(cited.cite(nearest[0]))
    return tuple(dict.fromkeys(marks))
