"""Lists of articles, reports of what was added, and passages as Telegram messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article_replies import added_reply, passage_reply, sources_reply
from bot.passages import PassageRef
from bot.words import languages, words_of
from index.types import Added, AddOutcome, Article, Citation
from tests.bot.shown_replies import check_messages, shown

EN = words_of("en")
SUNDAY = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=[]), min_size=1), st.data())
def test_any_passage_can_be_sent(text: str, data: st.DataObject) -> None:
    """Whatever the article, its passage is accepted."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ref = PassageRef.of(Citation(1, "a1", "T", text[start:end], start, end))
    reply = passage_reply(Article("T", text, id="a1"), ref, EN)
    assert reply is not None
    check_messages(reply)


def test_a_passage_without_a_date() -> None:
    """Its header says so, in the reader's language."""
    ref = PassageRef.of(Citation(1, "a1", "T", "Three fell.", 0, 11))
    reply = passage_reply(Article("T", "Three fell.", id="a1"), ref, words_of("es"))
    assert reply is not None
    assert shown(reply) == "T – sin fecha\n\nThree fell."


def test_sources_pages() -> None:
    """A page numbers its articles, says which it shows, and leads to the pages beside it."""
    articles = [Article(f"Story {n}", "", id=f"a{n}", url=f"https://e.example/{n}") for n in range(10)]
    reply = sources_reply(articles, EN, offset=10, total=25)
    assert shown(reply).startswith("25 articles, 11–20\n11. Story 0")
    assert reply.buttons is not None
    assert [button.callback_data for button in reply.buttons.inline_keyboard[0]] == ["s:0", "s:20"]
    assert sources_reply(articles[:1], EN, offset=0, total=1).buttons is None
    assert shown(sources_reply(articles[:1], EN, offset=0, total=1)).startswith("1 article\n1. Story 0")
    assert "no articles here yet" in shown(sources_reply([], EN, offset=0, total=0))


@pytest.mark.parametrize("code", languages())
def test_a_page_of_sources_is_one_message(code: str) -> None:
    """However long titles and sources are, a page fits into one message, which its buttons can edit."""
    article = Article("😀" * 5000, "", source="😀" * 5000, published_at=SUNDAY)
    reply = sources_reply([article] * 10, words_of(code), offset=999_990, total=2_000_000)
    assert len(reply.parts) == 1
    check_messages(reply)


def test_added() -> None:
    """A report says what came of each article, and counts when there are many."""
    article = Article("Story", "text", source="AFP", published_at=SUNDAY)
    one = [Added(AddOutcome.ADDED, article, 1), Added(AddOutcome.DUPLICATE, article, 1)]
    text = shown(added_reply(one, EN, ["x.example did not answer."]))
    assert text.splitlines() == [
        "Added: Story – AFP, 26 January 2020",
        "Already here: Story – AFP, 26 January 2020",
        "x.example did not answer.",
        "Ask me about it.",
    ]
    many = [Added(AddOutcome.ADDED, article, 1)] * 30 + [Added(AddOutcome.DUPLICATE, article, 1)]
    assert shown(added_reply(many, EN)).splitlines() == [
        "Added: 30 articles.",
        "Already here: 1 article.",
        "Ask me about it.",
    ]
    assert shown(added_reply([one[1]], EN)) == "Already here: Story – AFP, 26 January 2020"
    assert shown(added_reply([], EN)) == "There was no article in it."


@pytest.mark.parametrize("code", languages())
def test_added_in_all_languages(code: str) -> None:
    """One article and many, of each outcome, can be reported in every language."""
    article = Article("Story", "text")
    for outcome in AddOutcome:
        for count in (1, 11, 25):
            reply = added_reply([Added(outcome, article, 1)] * count, words_of(code))
            check_messages(reply)
            assert (str(count) in shown(reply)) == (count > 10)
