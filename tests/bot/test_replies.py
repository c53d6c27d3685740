"""Answers as Telegram messages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies import answer_reply
from bot.richtext import cleaned
from bot.words import Said, languages, words_of
from index.answer_text import DECLINED, QUOTED, RELATED
from index.types import Answer, Citation, Conflict, ConflictKind, Related, Status
from tests.bot.shown_replies import check_messages, shown
from tests.helpers.bot_api.markup import parse_html

EN, AR, DE, RU = map(words_of, ("en", "ar", "de", "ru"))
SUNDAY = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
ONE = Citation(1, "a1", "Rockets hit embassy", "Three rockets hit.", 0, 18, "https://news.example/1", "AFP", SUNDAY)
TWO = Citation(2, "a2", "An update", "Five rockets hit.", 0, 17, None, "Reuters", datetime(2020, 1, 27, tzinfo=UTC))

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]), max_size=80)
LONG_TEXT = st.builds(lambda text, times: text * times, ANY_TEXT, st.integers(1, 200))
DATES = st.none() | st.datetimes(timezones=st.just(UTC))
CITATIONS = st.lists(
    st.builds(
        Citation,
        n=st.integers(1, 9),
        article_id=ANY_TEXT,
        title=LONG_TEXT,
        quote=LONG_TEXT,
        start=st.integers(0, 10**8),
        end=st.integers(0, 10**8),
        url=st.none() | ANY_TEXT | ANY_TEXT.map("https://example.org/{}".format),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
        answer_start=st.none() | st.integers(0, 90),
        answer_end=st.none() | st.integers(0, 90),
    ),
    max_size=7,
).map(tuple)
CONFLICTS = st.lists(
    st.builds(
        Conflict,
        value=ANY_TEXT,
        n=st.integers(1, 9),
        kind=st.sampled_from(ConflictKind),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
        in_title=st.booleans(),
    ),
    max_size=3,
).map(tuple)
RELATED_ARTICLES = st.lists(
    st.builds(
        Related,
        article_id=ANY_TEXT,
        title=LONG_TEXT,
        url=st.none() | ANY_TEXT.map("https://example.org/{}".format),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
    ),
    max_size=3,
).map(tuple)
ANSWERS = st.builds(
    Answer,
    question=ANY_TEXT,
    status=st.sampled_from(Status),
    short_answer=st.none() | LONG_TEXT,
    sentences=st.lists(st.tuples(LONG_TEXT, st.lists(st.integers(1, 9), max_size=2).map(tuple)), max_size=3).map(tuple),
    citations=CITATIONS,
    conflicts=CONFLICTS,
    related=RELATED_ARTICLES,
    notice=st.none() | ANY_TEXT,
)


def letters(text: str) -> str:
    """Without what depends on the words beside it: where a link would arise, and what looks like a mark."""
    return re.sub(r"[\s\u2060\[\]()]", "", cleaned(text))


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.sampled_from(languages()), st.booleans(), st.sampled_from(["normal", "long"]))
def test_any_answer_can_be_sent(answer: Answer, code: str, sources: bool, length: Literal["normal", "long"]) -> None:
    """Whatever articles and models say, in all languages, the messages are accepted and no words of them are lost."""
    reply = answer_reply(answer, words_of(code), sources=sources, length=length)
    check_messages(reply)
    check_messages(answer_reply(answer, words_of(code), sources=sources, length="short"))
    if answer.status is not Status.DECLINED:
        said = letters("".join(part.plain for part in reply.parts))
        for citation in answer.citations:
            assert letters(citation.quote) in said
            assert not sources or letters(citation.title) in said
        assert code != "en" or letters(answer.notice or "") in said


def test_answer_layout() -> None:
    """The short answer is bold on the first line; quotes and numbered sources with date and link follow."""
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO))
    (part,) = answer_reply(answer, EN).parts
    assert part.html == (
        "<b>Three</b> [1]\n\n"
        "“Three rockets hit.” [1]\n“Five rockets hit.” [2]\n\n"
        '1. <a href="https://news.example/1">Rockets hit embassy</a> – AFP, 26 January 2020\n'
        "2. An update – Reuters, 27 January 2020"
    )


def test_longer_answer() -> None:
    """The first sentence is the short answer; the others follow it with their numbers."""
    sentences = (("Rockets hit it.", (1, 2)), ("There were three.", (1,)), ("Or five.", (2,)))
    answer = Answer("q", Status.ANSWERED, "Rockets hit it.", sentences, (ONE, TWO))
    (part,) = answer_reply(answer, EN).parts
    start = "<b>Rockets hit it.</b> [1] [2]\n\nThere were three. [1] Or five. [2]\n\n“Three rockets hit.” [1]"
    assert part.html.startswith(start)


def test_quoted() -> None:
    """Quotes without an answer begin with a line that says so."""
    text = shown(answer_reply(Answer("q", Status.QUOTED, citations=(ONE,)), EN))
    assert text.startswith(f"{QUOTED}\n\n“Three rockets hit.” [1]")


def test_declined() -> None:
    """A declined question gets one plain line and the notice, without sources and buttons."""
    reply = answer_reply(Answer("q", Status.DECLINED, notice="The model cannot be reached."), EN)
    assert shown(reply).startswith(DECLINED)
    assert shown(reply).count("The model") == 1
    assert reply.parts[0].html.endswith("<i>The model cannot be reached.</i>")
    assert reply.buttons is None


def test_quotes_of_one_article_share_a_source() -> None:
    """Several quotes of an article are followed by one line for it, with all their numbers."""
    second = Citation(2, ONE.article_id, ONE.title, "Nobody died.", 20, 32, ONE.url, ONE.source, SUNDAY)
    third = replace(TWO, n=3)
    text = shown(answer_reply(Answer("q", Status.ANSWERED, "three", citations=(ONE, second, third)), EN))
    assert text.startswith("Three [1]\n")
    assert text.endswith(
        "\n\n1, 2. Rockets hit embassy – AFP, 26 January 2020\n3. An update – Reuters, 27 January 2020"
    )


def test_a_contradiction_leads() -> None:
    """Differing reports take the place of the short answer, each with its source and date, newest first."""
    conflicts = (Conflict("Five", 2, ConflictKind.CONTRADICTION, "Reuters", TWO.published_at),)
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO), conflicts=conflicts)
    (part,) = answer_reply(answer, EN).parts
    assert part.html.startswith(
        "<b>Reports differ: Five (Reuters, 27 January) [2], Three (AFP, 26 January) [1].</b>\n\n“Three rockets hit.”"
    )


def test_an_update_is_said_below_the_newest_value() -> None:
    """The short answer is the newest value; the older one has its day."""
    conflicts = (Conflict("Three", 1, ConflictKind.UPDATE, "AFP", SUNDAY),)
    newest = replace(TWO, n=1), replace(ONE, n=2)
    answer = Answer(
        "q", Status.ANSWERED, short_answer="Five", citations=newest, conflicts=(replace(conflicts[0], n=2),)
    )
    assert shown(answer_reply(answer, EN)).split("\n\n")[:2] == [
        "Five [1]",
        "27 January: Five (Reuters) [1] · earlier, 26 January: Three (AFP) [2]",
    ]


def test_a_headline_against_its_text() -> None:
    """Also without a short answer the reader hears of it first."""
    marked = replace(ONE, answer_start=0, answer_end=13)
    conflicts = (Conflict("No rockets", 1, in_title=True),)
    text = shown(answer_reply(Answer("q", Status.QUOTED, citations=(marked,), conflicts=conflicts), EN))
    assert text.startswith("The headline says “No rockets”, the text “Three rockets” [1].\n\n“Three rockets hit.” [1]")


def test_the_answering_words_are_bold_in_the_quote() -> None:
    """And nothing else of it; the entity counts UTF-16 units."""
    quote = "😀 Three rockets\n hit."
    citation = Citation(1, "a1", "T", quote, 0, len(quote), answer_start=2, answer_end=15)
    (part,) = answer_reply(Answer("q", Status.QUOTED, citations=(citation,)), EN).parts
    text, entities = parse_html(part.html)
    assert "“😀 Three rockets hit.” [1]" in text
    (bold,) = entities
    units = text.encode("utf-16-le")
    start = 2 * bold["offset"]
    assert (bold["type"], units[start : start + 2 * bold["length"]].decode("utf-16-le")) == ("bold", "Three rockets")


def test_what_there_is_on_the_subject() -> None:
    """A plain no names and links up to three articles, and still has no buttons."""
    related = (
        Related("a1", "Rockets <hit>", "https://news.example/1", "AFP", SUNDAY),
        Related("a2", "A vote", "javascript:alert(1)"),
    )
    reply = answer_reply(Answer("q", Status.DECLINED, related=related, notice="The model is down."), EN)
    (part,) = reply.parts
    assert part.html == (
        f"{DECLINED}\n\n{RELATED}\n"
        '• <a href="https://news.example/1">Rockets &lt;hit&gt;</a> – AFP, 26 January 2020\n'
        "• A vote – no date\n\n<i>The model is down.</i>"
    )
    assert reply.buttons is None


def test_buttons() -> None:
    """Each citation has a button, five at most."""
    many = tuple(Citation(n, "a1", "T", "q", 0, 1) for n in range(1, 8))
    buttons = answer_reply(Answer("q", Status.QUOTED, citations=many), EN).buttons
    assert buttons is not None
    labels = [button.text for row in buttons.inline_keyboard for button in row]
    assert labels == [f"Passage {n}" for n in range(1, 6)]


def test_markup_in_articles_is_text() -> None:
    """Tags, entities and dangerous links of an article are shown as text and do nothing."""
    nasty = Citation(1, "a1", "<b>T</b> & <a href='x'>", "</i><script>&lt;", 0, 1, "javascript:alert(1)", "<s>")
    part = answer_reply(Answer("q", Status.ANSWERED, short_answer="<u>1</u>", citations=(nasty,)), EN).parts[0]
    text, entities = parse_html(part.html)
    assert [entity["type"] for entity in entities] == ["bold"]
    assert "</i><script>&lt;" in text
    assert "<b>T</b> & <a href='x'> – <s>, no date" in text


def test_no_date_is_said() -> None:
    """An article without a date is cited with words for it, in the list of sources and behind a quote."""
    undated = Answer("q", Status.QUOTED, citations=(replace(ONE, published_at=None),))
    assert shown(answer_reply(undated, EN)).endswith("\n\n1. Rockets hit embassy – AFP, no date")
    assert shown(answer_reply(undated, EN, sources=False)).endswith("“Three rockets hit.” [1] – AFP, no date")
    assert shown(answer_reply(undated, RU)).endswith("\n\n1. Rockets hit embassy – AFP, без даты")


def test_without_sources() -> None:
    """Each quote names its source, or else its title, and its date; there are no list and no buttons."""
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, replace(TWO, source=None)))
    reply = answer_reply(answer, EN, sources=False)
    assert reply.parts[0].html == (
        "<b>Three</b> [1]\n\n"
        "“Three rockets hit.” [1] – AFP, 26 January 2020\n“Five rockets hit.” [2] – An update, 27 January 2020"
    )
    assert reply.buttons is None


def test_a_general_line_for_a_model_that_failed() -> None:
    """The index tells in English what failed; in other languages a general line says it, by how the answer ended."""
    notice = "The language model openai:x cannot be reached."
    quoted = Answer("q", Status.QUOTED, citations=(ONE,), notice=notice)
    assert f"<i>{notice}</i>" in answer_reply(quoted, EN).parts[0].html
    assert "<i>Das Sprachmodell hat nicht geantwortet; hier sind stattdessen Zitate.</i>" in (
        answer_reply(quoted, DE).parts[0].html
    )
    declined = Answer("q", Status.DECLINED, notice=notice)
    assert shown(answer_reply(declined, DE)).endswith("\n\nDas Sprachmodell hat nicht geantwortet.")
    answered = Answer("q", Status.ANSWERED, "Three", citations=(ONE,), notice=notice)
    assert "ein anderes ist eingesprungen" in shown(answer_reply(answered, DE))


def test_the_bots_own_notice_stays() -> None:
    """A notice that is in the bot's words already is not replaced."""
    answer = Answer("q", Status.DECLINED, notice=Said("Das Budget ist verbraucht."))
    assert shown(answer_reply(answer, DE)).endswith("\n\nDas Budget ist verbraucht.")


def test_foreign_text_in_arabic() -> None:
    """Each title, source and quote is set apart from the line that runs from right to left, and its own marks go."""
    nasty = replace(ONE, title="Rockets\u202e \u2069hit", quote="Three \u2067rockets.", answer_start=0, answer_end=5)
    text = shown(answer_reply(Answer("q", Status.ANSWERED, "three", citations=(nasty,)), AR))
    assert text == (
        "\u2068Three\u2069 [1]\n\n"
        "«\u2068Three rockets.\u2069» [1]\n\n"
        "1. \u2068Rockets hit\u2069 – \u2068AFP\u2069، 26 يناير 2020"
    )
    conflict = Conflict("Five", 2, ConflictKind.CONTRADICTION)
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO), conflicts=(conflict,))
    assert shown(answer_reply(answer, AR)).startswith(
        "تختلف التقارير: \u2068Five\u2069 (\u2068Reuters\u2069، 27 يناير) [2]، "
        "\u2068Three\u2069 (\u2068AFP\u2069، 26 يناير) [1].\n"
    )
    for code in languages():
        if code != "ar":
            assert "\u2068" not in shown(answer_reply(answer, words_of(code)))
