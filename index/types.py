"""The records that flow through askwire: Article → Chunk → Evidence → Answer.

All are frozen. Offsets (`start`, `end`) count characters (code points) in the article's text, end exclusive.
Times are aware and in UTC. Scores are comparable only within one result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

PUBLIC_SCOPE = "public"


@dataclass(frozen=True, slots=True)
class Appearance:
    """Another place where an article was found: a second address of it, or a publisher that carries the same text."""

    url: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a source hands it over or as the catalog keeps it.

    `id` is empty until ingest gives one, unless the source names its own. `updated_at` is the publisher's own time of
    a later change, `language` an ISO 639-1 code, `also` the other places where the catalog knows it from.
    """

    title: str
    text: str
    id: str = ""
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    version: int = 1
    author: str | None = None
    updated_at: datetime | None = None
    language: str | None = None
    also: tuple[Appearance, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of one version of an article: `article.text[start:end] == text`."""

    id: str
    article_id: str
    version: int
    position: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Scopes:
    """The collections that one asking chat may see; never empty, so nothing is open by accident.

    Raises:
        ValueError: when no scope is named.
    """

    names: frozenset[str]

    def __post_init__(self) -> None:
        if not self.names or not all(self.names):
            raise ValueError("a retrieval needs at least one scope")

    @classmethod
    def of(cls, *names: str) -> Scopes:
        """Scopes by name, for example `Scopes.of("public", "chat:-100123")`."""
        return cls(frozenset(names))


PUBLIC = Scopes.of(PUBLIC_SCOPE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A retrieved chunk with its article's header, which an answer may cite."""

    article_id: str
    chunk_id: str
    version: int
    title: str
    text: str
    start: int
    end: int
    score: float
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The sentence an answer rests on: `article.text[start:end] == quote` in that version. `n` counts from 1.

    `answer_start` and `answer_end` are the answering words within the quote, in characters; None when there are none.
    `updated_at` is set when the quote came in with a later version of the article: the time of that version.
    `also` are the other publishers that carry the article.
    """

    n: int
    article_id: str
    title: str
    quote: str
    start: int
    end: int
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    answer_start: int | None = None
    answer_end: int | None = None
    version: int = 1
    updated_at: datetime | None = None
    also: tuple[str, ...] = ()

    @property
    def answer_span(self) -> tuple[int, int] | None:
        """The place of the answering words within the quote, `[start, end)`."""
        return None if self.answer_start is None or self.answer_end is None else (self.answer_start, self.answer_end)

    @property
    def answer_words(self) -> str | None:
        """The answering words as the quote has them."""
        return None if self.answer_span is None else self.quote[self.answer_start : self.answer_end]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of a conversation: its question as one that stands alone, and the short answer it got, if any."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is. `text` is what is written and has passed checking so far, with its `[n]` marks.

    Each text takes the place of the one before, and may be shorter: a reply that breaks off is begun anew.
    """

    stage: Literal["searching", "reading", "writing"]
    text: str = ""


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    QUOTED = "quoted"
    DECLINED = "declined"


class ConflictKind(StrEnum):
    """How another value stands to the answer: one of the two is newer, or they cannot both be right."""

    UPDATE = "update"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another value for what was asked, and the citation of the article that gives it.

    The value stands in that citation's quote, or when `in_title` in the article's title.
    """

    value: str
    n: int
    kind: ConflictKind = ConflictKind.CONTRADICTION
    source: str | None = None
    published_at: datetime | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """An article on the subject of a question that it does not answer."""

    article_id: str
    title: str
    url: str | None = None
    source: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """The tokens that one model was sent and wrote for a question."""

    model: str
    prompt_tokens: int = 0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Timings:
    """How long a question took, in ms, and the tokens that models wrote (`tokens`) and were sent (`prompt_tokens`).

    `sentences_ms` is the choice of the sentences that may answer; `first_token_ms` is None when no model wrote. Tokens
    are of all calls for the question, failed ones included as far as known; where no server tells, they are
    estimated, rather too high. `usage` has them by model, as models differ in price.
    """

    retrieval_ms: float = 0.0
    first_token_ms: float | None = None
    total_ms: float = 0.0
    sentences_ms: float = 0.0
    tokens: int = 0
    prompt_tokens: int = 0
    usage: tuple[ModelUsage, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader gets.

    `short_answer` is the one line that answers (None when declined or only quoted); `sentences` are checked
    sentences of a longer answer with their citation numbers (the first is then the short answer); `related` are the
    articles on the subject when it is declined; `notice` is a line about how the answer was made, such as a model
    that could not be reached. `question` is the asker's own; `understood_as` is the one that was answered, when that
    is another one: a follow-up question as one that stands alone.
    """

    question: str
    status: Status
    short_answer: str | None = None
    sentences: tuple[tuple[str, tuple[int, ...]], ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    related: tuple[Related, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notice: str | None = None
    model: str | None = None
    timings: Timings = field(default_factory=Timings)
    understood_as: str | None = None


class AddOutcome(StrEnum):
    """What became of an article that was handed in."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Added:
    """One article's outcome; `article` is as stored, for a duplicate the one already there."""

    outcome: AddOutcome
    article: Article
    chunks: int
