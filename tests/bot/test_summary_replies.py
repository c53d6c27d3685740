"""How summaries look in a chat, and how it is told who wrote them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.summary_replies import digest_page, timeline_reply
from bot.words import languages, words_of
from index.summaries.types import DatedPoint, Digest, Point, Story, Timeline, Written
from tests.index.builders import FERRY, ROCKETS, make_citation

DAY = datetime(2020, 1, 26, tzinfo=UTC)
QUOTE = make_citation("Three rockets hit the American embassy in Baghdad on Sunday evening.")
OWN, WRITTEN = Point(QUOTE.quote, (QUOTE,)), Point("Three rockets hit the embassy.", (QUOTE,))
STORIES = tuple(Story(article.title, OWN, (article,), ("A",)) for article in (ROCKETS, FERRY))
DIGEST = Digest(STORIES, 2, 2, DAY, DAY)
BY_MODEL = Written("openai:gpt-5")


def page(*points: Point, written: Written, code: str = "en") -> str:
    """The text of a digest with these sentences."""
    stories = tuple(replace(story, sentence=point) for story, point in zip(STORIES, points, strict=True))
    return digest_page(replace(DIGEST, stories=stories, written=written), words_of(code), 0).parts[0].plain


def days(*points: Point, written: Written, code: str = "en") -> str:
    """The text of a timeline with these points."""
    timeline = Timeline("embassy", tuple(DatedPoint(DAY, point) for point in points), written)
    return timeline_reply(timeline, words_of(code)).parts[0].plain


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("shown", [page, days])
def test_who_wrote_is_told_in_every_language(code, shown) -> None:  # type: ignore[no-untyped-def]
    """The model's name where it wrote; where some sentences are the articles' own, what marks them; else neither."""
    words = words_of(code)
    quoted = words("summary-quoted-own")
    by_model = words("summary-written-from-articles", model="openai:gpt-5")
    chosen = words("summary-chosen-from-articles") if shown is page else words("timeline-how")
    whole, mixed = (shown(WRITTEN, point, written=BY_MODEL, code=code) for point in (WRITTEN, OWN))
    own = shown(OWN, OWN, written=Written(), code=code)
    assert [(by_model in text, quoted in text, chosen in text) for text in (whole, mixed, own)] == [
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]


@pytest.mark.parametrize("shown", [page, days])
def test_only_an_articles_own_sentence_stands_in_quotation_marks(shown) -> None:  # type: ignore[no-untyped-def]
    """What a model wrote is nobody's words."""
    text = shown(WRITTEN, OWN, written=BY_MODEL)
    assert f"“{OWN.text}”" in text
    assert WRITTEN.text in text and f"“{WRITTEN.text}”" not in text


@pytest.mark.parametrize("shown", [page, days])
def test_what_is_missing_is_told(shown) -> None:  # type: ignore[no-untyped-def]
    """The fault itself in English, elsewhere that there was one; also when nothing was written."""
    fault = "It is down. 1 of 2 sentences are the articles' own for this reason."
    for model in ("openai:gpt-5", None):
        written = Written(model, fault)
        assert fault in shown(WRITTEN if model else OWN, OWN, written=written)
        for code in set(languages()) - {"en"}:
            told = shown(WRITTEN if model else OWN, OWN, written=written, code=code)
            assert words_of(code)("summary-not-whole") in told and fault not in told


def test_it_is_told_on_every_page() -> None:
    """Above the buttons, also where more stories follow."""
    first = digest_page(replace(DIGEST, total=9, written=BY_MODEL), words_of("en"), 0)
    assert words_of("en")("summary-written-from-articles", model="openai:gpt-5") in first.parts[0].plain
    assert first.buttons is not None
