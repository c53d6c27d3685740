"""The records of summaries. All are frozen; times are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from index.types import Article, Citation, Conflict


@dataclass(frozen=True, slots=True)
class Point:
    """One statement and the sentences it rests on. An extracted point is such a sentence itself."""

    text: str
    citations: tuple[Citation, ...]

    @property
    def is_quote(self) -> bool:
        """Whether it is an article's own sentence."""
        return bool(self.citations) and self.text == self.citations[0].quote


@dataclass(frozen=True, slots=True)
class Written:
    """How a summary was made: by which model, None when its sentences were chosen and not written.

    `notice` is a line for a person, such as that a model failed half-way and what is missing therefore.
    """

    model: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in one line and three to five points; `article` is without its text."""

    article: Article
    line: Point
    points: tuple[Point, ...]
    written: Written = Written()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on the same event, the best one first and without their texts, told in one sentence if there is one."""

    headline: str
    sentence: Point | None
    articles: tuple[Article, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What came in between two times: a page of its stories, the most covered first, out of `total` stories."""

    stories: tuple[Story, ...]
    total: int
    articles: int
    since: datetime
    until: datetime
    written: Written = Written()


@dataclass(frozen=True, slots=True)
class DatedPoint:
    """What happened on a day, and what other reports say otherwise, by the numbers of the timeline's citations."""

    day: datetime
    point: Point
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A subject's dated points, the earliest first."""

    subject: str
    points: tuple[DatedPoint, ...]
    written: Written = Written()


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message of a group; `topic_id` is None outside of topics. No repr here shows what people wrote."""

    message_id: int
    author_id: int
    author: str
    at: datetime
    text: str
    topic_id: int | None = None
    reply_to: int | None = None
    links: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ChatMessage(message_id={self.message_id})"


class Verdict(StrEnum):
    """How an article stands to what was said in a discussion."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class NewsCheck:
    """What the articles say on a point of a discussion, with the sentence; no citation when they don't say."""

    verdict: Verdict
    citation: Citation | None = None


class TalkKind(StrEnum):
    """What a point of a discussion is."""

    SAID = "said"
    DECISION = "decision"
    QUESTION = "question"  # that nobody has answered
    LINK = "link"


@dataclass(frozen=True, slots=True)
class TalkPoint:
    """Who said what, and the messages it rests on; `text` is in the speaker's own words unless a model wrote it."""

    kind: TalkKind
    text: str
    authors: tuple[str, ...]
    messages: tuple[ChatMessage, ...]
    news: NewsCheck | None = None

    def __repr__(self) -> str:
        return f"TalkPoint(kind={self.kind.value}, messages={self.messages})"


@dataclass(frozen=True, slots=True)
class TalkTopic:
    """A topic of conversation: a title of its most telling words, its points in order of time."""

    title: str
    points: tuple[TalkPoint, ...]
    messages: int
    authors: tuple[str, ...]

    def __repr__(self) -> str:
        return f"TalkTopic(points={len(self.points)}, messages={self.messages})"


@dataclass(frozen=True, slots=True)
class TalkSummary:
    """A discussion by topic of conversation, the liveliest first; `messages` were read, `left_out` were not."""

    topics: tuple[TalkTopic, ...]
    messages: int
    left_out: int = 0
    written: Written = Written()
