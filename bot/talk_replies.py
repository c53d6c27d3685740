"""What the bot says of a group's discussion: by topic, who said what, and in which message. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from telegram import Chat
from telegram.constants import ChatType

from bot.article_lines import article_line, shortened
from bot.replies import Reply, joined
from bot.richtext import Span, one_line
from bot.words import Said, Words
from index.summaries.types import ChatMessage, NewsCheck, TalkKind, TalkPoint, TalkSummary, TalkTopic, Verdict

_MAX_AUTHORS = 3
_MAX_TEXT = 300
_KEYS = {TalkKind.DECISION: "talk-decision", TalkKind.QUESTION: "talk-question", TalkKind.LINK: "talk-link"}
_VERDICTS = {Verdict.SUPPORTS: "talk-news-supports", Verdict.CONTRADICTS: "talk-news-contradicts"}


@dataclass(frozen=True, slots=True)
class MessageLinks:
    """Links to the messages of a chat: public ones by its name, of supergroups by its number, of plain groups none."""

    root: str | None

    @classmethod
    def of(cls, chat: Chat) -> MessageLinks:
        """The links of a chat's messages (core.telegram.org/api/links#message-links)."""
        if chat.type != ChatType.SUPERGROUP:
            return cls(None)
        if chat.username:
            return cls(f"https://t.me/{chat.username}")
        return cls(f"https://t.me/c/{str(chat.id).removeprefix('-100')}")

    def to(self, message: ChatMessage) -> str | None:
        """The link of a message; in a topic it names the topic too.

        There is none to what was said before a group became a supergroup.
        """
        if self.root is None or message.message_id <= 0:
            return None
        topic = f"/{message.topic_id}" if message.topic_id else ""
        return f"{self.root}{topic}/{message.message_id}"


def talk_reply(summary: TalkSummary, words: Words, links: MessageLinks, *, timezone: str, sees_all: bool) -> Reply:
    """The discussion by topic of conversation; every point links to its message, or tells author and time."""
    teller = _Teller(words, links, ZoneInfo(timezone))
    blocks = [teller.topic(topic) for topic in summary.topics]
    heading = [Span(words("talk-messages", count=summary.messages + summary.left_out), "i")]
    notes = [
        Span(words("talk-written", model=summary.written.model) if summary.written.model else words("talk-chosen"), "i")
    ]
    if summary.left_out:
        notes.append(Span(f" {words('talk-left-out', count=summary.left_out)}", "i"))
    if summary.written.notice:
        notes.append(Span(f" {words('summary-not-whole')}", "i"))
    if not sees_all:
        notes.append(Span(f" {words('talk-sees-part')}", "i"))
    return Reply.of(joined([heading, *blocks, notes]))


@dataclass(frozen=True, slots=True)
class _Teller:
    words: Words
    links: MessageLinks
    zone: ZoneInfo

    def topic(self, topic: TalkTopic) -> list[Span]:
        title = [Span(self.words.foreign(shortened(topic.title, 80)), "b")]
        points = [[Span("• "), *self.point(point)] for point in topic.points]
        return joined([title, *points], "\n")

    def point(self, point: TalkPoint) -> list[Span]:
        kind = f"{self.words(_KEYS[point.kind])} " if point.kind in _KEYS else ""
        names = [self.words.foreign(shortened(name, 40)) for name in point.authors[:_MAX_AUTHORS]]
        first = point.messages[0]
        link = self.links.to(first)
        behind: list[Span] = []
        if link:
            behind = [Span(" "), Span(self.words("talk-message"), "", link)]
        else:
            at = first.at.astimezone(self.zone)
            behind = [Span(f" ({self.words.date(at, year=False)}, {self.words.time(at)})")]
        begin, end = self.words.isolates
        text = Span(shortened(one_line(point.text), _MAX_TEXT))
        spans = [Span(f"{kind}{self.words.listed(names)}: {begin}"), text, Span(end), *behind]
        return [*spans, *self.news(point.news)] if point.news else spans

    def news(self, check: NewsCheck) -> list[Span]:
        """What the articles say on it, with the sentence."""
        if check.citation is None or check.verdict not in _VERDICTS:
            return [Span(f"\n   {self.words('talk-news-silent')}", "i")]
        begin, end = self.words.isolates
        opens, closes = self.words("replies-quote-opens"), self.words("replies-quote-closes")
        return [
            Span(f"\n   {self.words(_VERDICTS[check.verdict])} {opens}{begin}"),
            Span(one_line(check.citation.quote)),
            Span(Said(f"{end}{closes} ")),
            *article_line(check.citation, self.words, short=True),
        ]
