"""Replies made of any text: what articles, messages and models may say."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle, islice

from bot.replies import answer_reply
from bot.summary_replies import article_summary_reply, digest_page
from bot.words import languages, words_of
from index.summaries.types import ArticleSummary, Digest, Point, Story, Written
from index.types import Answer, Article, Citation, Status
from tests.bot.shown_replies import check_messages

_MOST = 50_000  # bytes: longer ones only make the stand-in for Telegram's parser slow
_DATE = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)


def check_replies(data: bytes) -> None:
    """An answer, a summary and a digest of the texts between NUL bytes are messages that Telegram takes.

    Raises:
        AssertionError: one is not well formed, empty, or too long.
    """
    texts = data[:_MOST].decode("utf-8", "surrogateescape").split("\x00")
    title, quote, url, source, short, said = islice(cycle(texts), 6)
    words = words_of(sorted(languages())[len(data) % len(languages())])
    citation = Citation(1, "id", title, quote, 0, len(quote), url, source, _DATE, 0, min(len(quote), len(texts[0])))
    answer = Answer(
        said, Status.ANSWERED, short_answer=short, sentences=((said, (1,)),), citations=(citation,), notice=said
    )
    check_messages(answer_reply(answer, words))
    check_messages(answer_reply(answer, words, sources=False, length="long"))
    article = Article(title or "-", "", id="id", url=url, source=source, published_at=_DATE)
    point = Point(quote or "-", (citation,))
    check_messages(article_summary_reply(ArticleSummary(article, point, (point,), Written(short, said)), words))
    story = Story(title or "-", point, (article,), tuple(texts[:40]))
    check_messages(digest_page(Digest((story,) * 8, 20, 40, _DATE, _DATE), words, 8))
