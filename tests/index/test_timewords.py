"""The time that a question names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.timewords import TimeRange, publication_window, time_range

THURSDAY = datetime(2025, 3, 13, 15, tzinfo=UTC)


def named(question: str, asked_at: datetime | None = THURSDAY) -> tuple[str, str, str] | None:
    """The first day, the last day and the words."""
    found = time_range(question, asked_at)
    if found is None:
        return None
    assert question[slice(*found.span)] == found.words
    return str(found.start.date()), str(found.end.date() - timedelta(days=1)), found.words


@pytest.mark.parametrize(
    ("question", "start", "last", "words"),
    [
        ("What happened in January 2020?", "2020-01-01", "2020-01-31", "in January 2020"),
        ("Who died in Feb. 2024?", "2024-02-01", "2024-02-29", "in Feb. 2024"),
        ("What fell on 26 January 2020?", "2020-01-26", "2020-01-26", "on 26 January 2020"),
        ("Who was held on the 3rd of March, 2025?", "2025-03-03", "2025-03-03", "on the 3rd of March, 2025"),
        ("What burned on January 5, 2025, and why?", "2025-01-05", "2025-01-05", "on January 5, 2025"),
        ("What burned on 2024-02-29?", "2024-02-29", "2024-02-29", "on 2024-02-29"),
        ("Who spoke between 3 and 7 March 2025?", "2025-03-03", "2025-03-07", "between 3 and 7 March 2025"),
        ("Who spoke on 3-7 March 2025?", "2025-03-03", "2025-03-07", "on 3-7 March 2025"),
        ("Who spoke March 3–7, 2025?", "2025-03-03", "2025-03-07", "March 3–7, 2025"),
        ("Who met from 28 February to 3 March 2025?", "2025-02-28", "2025-03-03", "from 28 February to 3 March 2025"),
        ("What fell between November and March 2025?", "2024-11-01", "2025-03-31", "between November and March 2025"),
        ("Who won in 2023?", "2023-01-01", "2023-12-31", "in 2023"),
        ("How many were killed in early 2024 in Haiti?", "2024-01-01", "2024-12-31", "in early 2024"),
        ("Which attack shook Baghdad in the January 2020 siege?", "2020-01-01", "2020-01-31", "in the January 2020"),
    ],
)
def test_a_date_with_its_year_needs_no_clock(question: str, start: str, last: str, words: str) -> None:
    """What is written in full is the same whenever it is asked, and also when nobody knows when."""
    assert named(question) == named(question, None) == (start, last, words)


@pytest.mark.parametrize(
    ("question", "start", "last", "words"),
    [
        ("What burned on 5 February?", "2025-02-05", "2025-02-05", "on 5 February"),
        ("what burned on march 5", "2025-03-05", "2025-03-05", "on march 5"),
        ("Which storm hit in May?", "2024-05-01", "2024-05-31", "in May"),
        ("Which storm hit in November?", "2024-11-01", "2024-11-30", "in November"),
        ("Who fell in late February?", "2025-02-01", "2025-02-28", "in late February"),
        ("What is December’s supermoon called?", "2024-12-01", "2024-12-31", "December"),
        ("What changed since Monday?", "2025-03-10", "2025-03-13", "since Monday"),
        ("What changed since 5 March?", "2025-03-05", "2025-03-13", "since 5 March"),
        ("How many have died since October 2023?", "2023-10-01", "2025-03-13", "since October 2023"),
        ("Who resigned after Tuesday's vote?", "2025-03-11", "2025-03-13", "after Tuesday"),
        ("Who spoke on Wednesday?", "2025-03-12", "2025-03-12", "on Wednesday"),
        ("A bill passed on Thursday. Which?", "2025-03-13", "2025-03-13", "on Thursday"),
        ("Biden was sworn in Monday as what?", "2025-03-10", "2025-03-10", "Monday"),
        ("Who won at last Sunday’s awards?", "2025-03-09", "2025-03-09", "last Sunday"),
        ("What happened on Thursday, 6 March?", "2025-03-06", "2025-03-06", "6 March"),
        ("Who met from Monday to Wednesday?", "2025-03-10", "2025-03-12", "from Monday to Wednesday"),
        ("What fell last week?", "2025-03-03", "2025-03-09", "last week"),
        ("What fell last month?", "2025-02-01", "2025-02-28", "last month"),
        ("What fell last year?", "2024-01-01", "2024-12-31", "last year"),
        ("What fell this month?", "2025-03-01", "2025-03-31", "this month"),
        ("What fell this year?", "2025-01-01", "2025-12-31", "this year"),
        ("What fell over the weekend?", "2025-03-08", "2025-03-09", "over the weekend"),
        ("This weekend saw which march?", "2025-03-08", "2025-03-09", "This weekend"),
        ("Who won last weekend?", "2025-03-08", "2025-03-09", "last weekend"),
        ("What happened yesterday?", "2025-03-12", "2025-03-12", "yesterday"),
        ("What happened the day before yesterday?", "2025-03-11", "2025-03-11", "the day before yesterday"),
        ("What happened last night?", "2025-03-12", "2025-03-13", "last night"),
        ("What happened today?", "2025-03-13", "2025-03-13", "today"),
        ("What happened this morning?", "2025-03-13", "2025-03-13", "this morning"),
        ("What happened three days ago?", "2025-03-10", "2025-03-10", "three days ago"),
        ("What happened two weeks ago?", "2025-02-24", "2025-03-02", "two weeks ago"),
        ("What happened a month ago?", "2025-02-01", "2025-02-28", "a month ago"),
        ("What happened four months ago?", "2024-11-01", "2024-11-30", "four months ago"),
        ("What happened two years ago?", "2023-01-01", "2023-12-31", "two years ago"),
        ("How many quakes in the past two weeks?", "2025-02-27", "2025-03-13", "in the past two weeks"),
        ("How many quakes over the last 10 days?", "2025-03-03", "2025-03-13", "over the last 10 days"),
        ("What happened in the last 24 hours?", "2025-03-12", "2025-03-13", "in the last 24 hours"),
        ("Who will lead it after winning Tuesday's election?", "2025-03-11", "2025-03-11", "Tuesday"),
    ],
)
def test_other_times_count_from_the_day_of_asking(question: str, start: str, last: str, words: str) -> None:
    """They are stated all the same; without that day they say nothing."""
    found = time_range(question, THURSDAY)
    assert named(question) == (start, last, words)
    assert found is not None and found.firm
    assert named(question, None) is None


@pytest.mark.parametrize(
    ("question", "start", "words"),
    [
        ("What is the latest on the ferry?", "2025-02-11", "the latest"),
        ("Who currently leads the party?", "2025-02-11", "currently"),
        ("Who is the current mayor?", "2025-02-11", "current"),
        ("How big is the iceberg now?", "2025-02-11", "now"),
        ("Which singer recently won?", "2025-02-11", "recently"),
        ("What did a recent poll find?", "2025-02-11", "recent"),
        ("What shook the island in recent days?", "2025-03-06", "recent days"),
        ("Which storm hit the South this week?", "2025-03-06", "this week"),
        ("Uber files from 2013 to 2017 came out this week. Which?", "2025-03-06", "this week"),
    ],
)
def test_words_for_the_newest_only_prefer(question: str, start: str, words: str) -> None:
    """They reach from some weeks before to the end of the day, and also go before a year that is stated."""
    found = time_range(question, THURSDAY)
    assert named(question) == (start, "2025-03-13", words)
    assert found is not None and not found.firm
    assert named(question.replace("from 2013 to 2017 ", ""), None) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who will host the 2026 World Cup?",
        "What is Agenda 2030?",
        "Who wrote Project 2025?",
        "What did Theresa May say?",
        "What may happen, and who may 5 people be?",
        "Who led the march on Washington?",
        "Which 5 may win?",
        "Who writes for the Sunday Times?",
        "What is sold on Black Friday?",
        "What sank on Good Friday?",
        "Who plays on Monday Night Football?",
        "Who hosts the Today show?",
        "Who owns USA Today?",
        "Where was Apocalypse Now filmed?",
        "What did Ruby Tuesday close?",
        "How much carbon by 2030?",
        "How long until May 2026?",
        "What will open in April 2028?",
        "Who is expected to win on Sunday?",
        "Who leads ahead of the election on Sunday?",
        "Which game could be paused in November?",
        "What comes out later this month?",
        "What is due next week, or tomorrow?",
        "Who won 2-1, or 3:0?",
        "Is it the first time since 2010?",
        "Is it its first plant since January 1989?",
        "What failed in the 2008 crisis?",
        "What is it in 2008 prices?",
        "How much aid since the war began in 2022?",
        "Who was born in 1990?",
        "Where is the murderer who disappeared in 1994?",
        "What happened before the election?",
        "What happened over the last decade?",
        "Who sang in the 1980s?",
        "Whose ship sank 300 years ago?",
        "What is on the third Monday of February every year?",
        "What was signed on July 4, 1776?",
        "Who said “it ends this week”?",
        'Who sings "Last Friday Night"?',
        "What falls on 30 February 2025?",
        "How old is the 70-year-old man?",
        "What is the electric current in it?",
        "",
    ],
)
def test_what_is_no_time_of_an_article_is_left(question: str) -> None:
    """Names, verbs, comparisons, quotations and what lies ahead restrict nothing."""
    assert time_range(question, THURSDAY) is None


@pytest.mark.parametrize(
    ("question", "start", "last", "words"),
    [
        ("¿Qué pasó el 5 de mayo de 2024?", "2024-05-05", "2024-05-05", "5 de mayo de 2024"),
        ("Wer kam im Januar 2020?", "2020-01-01", "2020-01-31", "Januar 2020"),
        ("Qui est mort le 26 janvier 2020 ?", "2020-01-26", "2020-01-26", "26 janvier 2020"),
        ("Что случилось 26 января 2020 года?", "2020-01-26", "2020-01-26", "26 января 2020"),
        ("Apa yang terjadi pada 5 Mei 2024?", "2024-05-05", "2024-05-05", "5 Mei 2024"),
        ("ماذا حدث في 5 يناير 2020؟", "2020-01-05", "2020-01-05", "5 يناير 2020"),
        ("2020年1月5日发生了什么？", "2020-01-05", "2020-01-05", "2020年1月5日"),
        ("2020년 1월에 무슨 일이 있었나?", "2020-01-01", "2020-01-31", "2020년 1월"),
    ],
)
def test_full_dates_are_read_in_other_languages(question: str, start: str, last: str, words: str) -> None:
    """A question in another language may say its date with the year."""
    assert named(question) == named(question, None) == (start, last, words)


@pytest.mark.parametrize("question", ["¿Qué es la Agenda 2030?", "What did the Mars 2020 rover find?", "Expo 2020 zu?"])
def test_a_name_with_a_year_is_no_date_in_other_languages(question: str) -> None:
    """March is "mars" in French, but not in English."""
    assert time_range(question, THURSDAY) is None


def test_days_are_those_of_the_time_zone() -> None:
    """Late in the evening in Jakarta it is still the day before in London; half an hour later it is not."""
    asked = datetime(2025, 3, 13, 17, 30, tzinfo=UTC)
    found = time_range("What happened today?", asked, "Asia/Jakarta")
    assert found == TimeRange(
        datetime(2025, 3, 13, 17, tzinfo=UTC), datetime(2025, 3, 14, 17, tzinfo=UTC), "today", (14, 19), firm=True
    )
    naive = time_range("What happened today?", asked.replace(tzinfo=None), "Asia/Jakarta")
    assert naive == found


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 6, 1), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    """When clocks change, the day ends at midnight all the same."""
    found = time_range(f"What happened on {day}?", None, "Europe/Berlin")
    assert found is not None
    assert found.end - found.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("asked", "question", "start", "last"),
    [
        (date(2025, 1, 1), "last month", "2024-12-01", "2024-12-31"),
        (date(2025, 1, 1), "last week", "2024-12-23", "2024-12-29"),
        (date(2025, 3, 10), "last week", "2025-03-03", "2025-03-09"),
        (date(2025, 3, 9), "last week", "2025-02-24", "2025-03-02"),
        (date(2025, 3, 9), "over the weekend", "2025-03-08", "2025-03-09"),
        (date(2025, 3, 9), "last weekend", "2025-03-01", "2025-03-02"),
        (date(2025, 3, 8), "last weekend", "2025-03-01", "2025-03-02"),
        (date(2025, 3, 31), "a month ago", "2025-02-01", "2025-02-28"),
        (date(2025, 1, 5), "in December", "2024-12-01", "2024-12-31"),
        (date(2024, 3, 1), "on 29 February", "2024-02-29", "2024-02-29"),
    ],
)
def test_weeks_begin_on_monday_and_years_are_crossed(asked: date, question: str, start: str, last: str) -> None:
    """The edges of weeks, months and years."""
    found = named(f"What happened {question}?", datetime(asked.year, asked.month, asked.day, 12, tzinfo=UTC))
    assert found == (start, last, question)


def test_the_words_can_be_taken_out() -> None:
    """What is left is the question to search by."""
    question = "Who fell in January 2020 in Baghdad?"
    found = time_range(question, None)
    assert found is not None
    assert found.without_words(question) == "Who fell in Baghdad?"


def test_articles_come_out_until_some_days_after() -> None:
    """As long again as the time itself, two weeks at least, or as many days as asked for; and the day before."""
    before = timedelta(days=1)
    day, year = time_range("on 5 March 2025", None), time_range("in 2023", None)
    assert day is not None and year is not None
    assert publication_window(day) == (day.start - before, day.end + timedelta(days=14))
    assert publication_window(year) == (year.start - before, year.end + timedelta(days=365))
    assert publication_window(day, days_before=2, days_after=3) == (
        day.start - timedelta(days=2),
        day.end + timedelta(days=3),
    )


@pytest.mark.parametrize(
    "asked", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("Asia/Tokyo"))]
)
def test_a_broken_clock_is_no_clock(asked: datetime) -> None:
    """What lies beyond the calendar is as if nobody had said when."""
    assert time_range("What happened yesterday?", asked) is None
    assert named("What happened in 2023?", asked) is not None


ASKED = st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC))
PIECES = st.lists(
    st.sampled_from(
        "on in since between and from to until last this May March 5 31 30th 2025 2019 2024-13-45 Monday yesterday "
        "days ago two weeks 12 months year , - – . ? ' the 29 February Feb. 0 today now 年 月 de mayo".split()
    ),
    max_size=9,
).map(" ".join)


@given(st.one_of(PIECES, st.text()), ASKED)
@example("on 29 February", datetime(2023, 3, 1, tzinfo=UTC))
def test_any_question_has_one_time_or_none(question: str, asked_at: datetime) -> None:
    """No text makes it fail; a time has a length, begins before it is asked for, and stands in the question."""
    found = time_range(question, asked_at, "America/New_York")
    if found:
        assert found.start < found.end
        assert found.start <= asked_at
        assert question[slice(*found.span)] == found.words != ""
