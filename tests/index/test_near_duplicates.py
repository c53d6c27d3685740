"""What papers do to a report leaves it a copy; what makes it another story does not."""

from __future__ import annotations

import re
import time

import pytest

from index.near_duplicates import bands, is_copy, is_cut, signature
from index.types import Article
from tests.index.wire_reports import OTHERS, PARAGRAPHS, TEXT, TITLE, changed, paragraphs, report

REPORT = report()
STATE = " ".join(
    """
    The forecast gives the people of {0} a fair chance of seeing the northern lights on Thursday night, as a
    cloud of particles from the sun is to reach the earth. Those who want to see them should look for a dark
    place with a free view to the north, far from the lamps of {1}, and wait until midnight. The lights arise
    where the particles meet the gases of the air, which then glow in green and red. They are mostly seen near
    the poles, but strong storms bring them farther south. {0} was one of several states named in the first
    forecast. A camera that stands still shows colours that the eye cannot make out, and warm clothes are never
    a mistake. If clouds cover the sky over {1}, the storm will be seen again on Friday, though it will be
    weaker then.
    """.split()
)
CLAIMS = " ".join(
    """
    The number of people who applied for unemployment benefits {0} last week, the Labor Department said on
    Thursday. Applications came to {1}, after {2} in the week before. The average of four weeks, which evens out
    the swings from week to week, was {3}. Applications are taken as a measure of dismissals, which stay at a
    low level by the standards of past decades. Employers still hold on to their workers although orders have
    weakened and borrowing has become dearer, economists say. The total number of people who receive benefits
    was {4}. The central bank looks closely at the labor market when it decides on interest rates, as it wants
    prices to rise more slowly without many people losing their work. Its next meeting is in three weeks.
    """.split()
)
MAINE = STATE.format("Maine", "Portland")
THIS_WEEK = ("fell", "219,000", "227,000", "224,250", "1.8 million")
ADVERT = " ".join(
    """
    How relevant is this advertisement to you? The video player was slow to load. The video content never
    loaded. The advertisement froze or did not finish loading. The audio was too loud. Other issues.
    """.split()
)
_SIGNS = "Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio Sagittarius Capricorn Aquarius Pisces".split()
_FORTUNE = "The day begins slowly, but {} brings what you have long been waiting for."
NOTICE = "We use cookies and similar technologies to store and read data on your device. " * 12

COPIES = {
    "another headline": report(title="Twelve hurt as Croatian ferry hits sandbank"),
    "a dateline": report(f"SPLIT, Croatia (AP) — {TEXT}"),
    "another agency's dateline": report(f"SPLIT, May 6 (Reuters) - {TEXT}"),
    "a dateline without an agency": report(f"SPLIT – {TEXT}"),
    "a byline and a publisher": report(f"By Jane Roe\n\nThe Associated Press\n\n{TEXT}"),
    "names in lines of their own": report(f"Jane Roe\n\nHarbour News\n\n{TEXT}"),
    "dates of change": report(f"May 6, 2024 Updated May 7, 2024, 10:37 a.m. ET\n\n{TEXT}"),
    "an agency's credit": report(f"{TEXT}\n\n(Reporting by Jane Roe in Zagreb; Editing by John Doe)"),
    "another credit": report(f"{TEXT}\n\nAssociated Press writer Jane Roe in Zagreb contributed to this report."),
    "a copyright line": report(f"{TEXT}\n\n© 2024 The Associated Press. All rights reserved."),
    "promotions": report(f"Sign up for our newsletter\n\n{TEXT}\n\nRead more: Storm of 2023 sank 14 boats off Hvar"),
    "promotions inside": report(
        f"{paragraphs(0, 1)}\n\nNeed a break? Play the Harbour News puzzle.\n\n{paragraphs(2, 3, 4, 5)}",
    ),
    "a reporter's address": report(f"{TEXT}\n\nContact Jane Roe at jroe@harbour.example or on X @jroe."),
    "a note of an update": report(f"{TEXT}\n\n(This story was updated on May 7 to add a photo.)"),
    "without the last paragraph": report(paragraphs(0, 1, 2, 3, 4)),
    "a local line": report(
        f"{TEXT}\n\nReaders told the Harbour News that they heard the noise as far as the market square."
    ),
    "a paragraph moved": report(paragraphs(0, 1, 2, 4, 3, 5)),
    "edited words": changed("within two hours", "in two hours", ("travellers", "travelers"), ("harbour", "harbor")),
    "numbers in words": changed("12 people", "twelve people", ("five of the", "5 of the")),
    "other quotation marks and dashes": report(TEXT.replace('"', "“").replace(", ", " – ", 3)),
    "capitals and accents": changed(
        "Luka Matic", "Luka Matić", ("Brac,", "Brač,"), ("The harbour was closed", "THE HARBOUR WAS CLOSED")
    ),
    "paragraphs run together": report(TEXT.replace("\n\n", " ")),
    "other white space": report(TEXT.replace(" ", "\u00a0 ").replace("\n\n", "\r\n")),
    "much at once": report(
        f"SPLIT (AP) — {paragraphs(0, 1, 2, 3, 4)}\n\nSign up for our newsletter", "Ferry hits bank, hurting 12"
    ),
}
OTHER_STORIES = {
    "another number of hurt": changed("12 people", "17 people"),
    "another number in words": changed("five of the injured", "seven of the injured"),
    "another day": changed("Monday", "Thursday"),
    "another place": changed("Split", "Zadar", ("Brac", "Ugljan")),
    "another ship": changed("The Marta", "The Jelena", ("1998", "2006")),
    "another year": changed("1998", "2008"),
    "another decimal": changed("1998", "1.5", ("214", "2.5")),
    "numbers changed about": changed("214 passengers", "12 passengers", ("injuring 12", "injuring 214")),
    "a new number": report(f"{TEXT}\n\nDivers later found 3 more people in the water, the coast guard said."),
    "a long new passage with names": report(
        f"{TEXT}\n\nThe minister of transport, Petra Kovac, said in Zagreb that a commission would look into the "
        "matter, that all ships of the company had to be examined before they may leave port again, and that those who "
        "put off the overhaul would have to answer for it in court, whatever their office may be."
    ),
    "a long new passage without names": report(
        f"{TEXT}\n\nThose who wait at the pier every morning have got used to delays, and to being told that nothing "
        "could be done about them, so that hardly anybody was angry when the boards said that all trips were put off "
        "once more."
    ),
    "half of it": report(paragraphs(0, 1, 2)),
    "within a round-up": report(f"{MAINE}\n\n{TEXT}\n\n{CLAIMS.format(*THIS_WEEK)}"),
    "nothing but the title": report(MAINE, TITLE),
    "no text": report(""),
}
PAIRS_OF_STORIES = {
    "two states": (STATE.format("Minnesota", "Minneapolis"), STATE.format("Maryland", "Annapolis")),
    "a state and the country": (STATE.format("Minnesota", "Minneapolis"), STATE.format("the country", "the city")),
    "two weeks": (
        CLAIMS.format(*THIS_WEEK),
        CLAIMS.format("rose", "231,000", "219,000", "225,500", "1.9 million"),
    ),
    "the week after, back again": (
        CLAIMS.format(*THIS_WEEK),
        CLAIMS.format("rose", "227,000", "219,000", "224,250", "1.8 million"),
    ),
    "other names told by each": (
        f"{TEXT}\n\nMayor Ante Babic came to the harbour and spoke to those who had waited there.",
        f"{TEXT}\n\nThe singer Mia Dimsic, who was on board, thanked the crew that had looked after her.",
    ),
    "other names told at two places": (
        f"{paragraphs(0)}\n\nMayor Ante Babic came to the harbour at once.\n\n{paragraphs(1, 2, 3, 4, 5)}",
        f"{paragraphs(0, 1, 2, 3)}\n\nThe singer Mia Dimsic was on board.\n\n{paragraphs(4, 5)}",
    ),
    "two briefings": (
        f"Good morning. Here is what you need to know today.\n\n{MAINE}\n\nThat is all. Have a good day.",
        f"Good morning. Here is what you need to know today.\n\n{TEXT}\n\nThat is all. Have a good day.",
    ),
    "two horoscopes": (
        " ".join(f"{sign}: {_FORTUNE.format('a letter')}" for sign in _SIGNS),
        " ".join(f"{sign}: {_FORTUNE.format('an old friend')}" for sign in _SIGNS),
    ),
    "a live page and the same an hour later": (
        f"5 p.m. Lifeboats are on their way.\n\n{TEXT}",
        f"6 p.m. All are ashore.\n\n5 p.m. Lifeboats are on their way.\n\n{TEXT}",
    ),
    "two short texts": (PARAGRAPHS[0], PARAGRAPHS[0].replace("old harbour", "new harbour")),
    "a short text and its cut": (PARAGRAPHS[1] + PARAGRAPHS[2], PARAGRAPHS[1]),
}


# A dateline of each language, a day of the report and another one.
DATELINES = {
    "de": ("Split (dpa) - ", "Montagabend", "Dienstagabend"),
    "es": ("Split, 6 may (EFE).- ", "lunes", "martes"),
    "ru": ("СПЛИТ, 6 мая. /ТАСС/. ", "понедельник", "пятницу"),
    "ar": ("سبليت (رويترز) - ", "الاثنين", "الجمعة"),
    "zh": ("新华社斯普利特5月6日电（记者李明）", "周一", "周五"),
    "ja": ("【スプリト共同】", "月曜日", "金曜日"),
}


@pytest.mark.parametrize("way", COPIES)
def test_a_report_that_papers_carry_is_one(way: str) -> None:
    """It is a copy in both orders, and is found by its bands."""
    copy = COPIES[way]
    assert is_copy(REPORT, copy)
    assert is_copy(copy, REPORT)
    assert set(bands(signature(REPORT.title, REPORT.text))) & set(bands(signature(copy.title, copy.text)))


@pytest.mark.parametrize("story", OTHER_STORIES)
def test_what_tells_something_else_is_no_copy(story: str) -> None:
    """In no order; each differs from the report in what it says, and most in fewer words than copies do."""
    other = OTHER_STORIES[story]
    assert not is_copy(REPORT, other)
    assert not is_copy(other, REPORT)


@pytest.mark.parametrize("pair", PAIRS_OF_STORIES)
def test_stories_of_a_kind_are_no_copies(pair: str) -> None:
    """The same title and nearly the same words, week by week or state by state."""
    one, other = (report(text, "What to know this week") for text in PAIRS_OF_STORIES[pair])
    assert not is_copy(one, other)
    assert not is_copy(other, one)


def test_pages_that_could_not_be_read_are_no_copies() -> None:
    """Short or long, equal words do not make one article of two titles that these words say nothing of."""
    for text in (ADVERT, NOTICE):
        assert not is_copy(report(text, "Pope Francis in pictures"), report(text, "Dry shampoo recalled"))
        assert is_copy(report(text, "Pope Francis in pictures"), report(text, "Pope Francis in Pictures"))


def test_a_short_text_is_a_copy_when_it_is_equal() -> None:
    """White space, case and an agency's dateline are no difference."""
    flash = report(PARAGRAPHS[0], "Ferry with 214 passengers runs aground")
    assert is_copy(flash, report(f"SPLIT (AP) — {PARAGRAPHS[0].upper()}", "Twelve hurt as ferry runs aground"))
    assert not is_copy(flash, report(PARAGRAPHS[0].replace("evening", "night"), flash.title))


def test_titles_with_numbers_of_their_own_are_of_two_stories() -> None:
    """As are the pages of two drawings of a lottery whose texts explain the game."""
    text = f"The numbers of the drawing are out. {NOTICE}"
    assert not is_copy(report(text, "Numbers of the drawing of 4 May"), report(text, "Numbers of the drawing of 7 May"))


def test_texts_without_words_are_copies_only_by_their_titles() -> None:
    """Nothing else is known of them."""
    assert is_copy(report("", "A title"), report(" … ", "A title"))
    assert not is_copy(report("", "A title"), report("", "Another title"))


def test_a_cut_text_tells_nothing_new() -> None:
    """In one order only: the longer one does tell something new."""
    cut, whole = report(paragraphs(0, 1, 2, 3)), REPORT
    assert is_cut(cut, whole)
    assert is_cut(whole, whole)
    assert not is_cut(whole, cut)
    assert not is_copy(whole, cut)
    assert is_cut(whole, OTHER_STORIES["a long new passage without names"])


def test_a_cut_text_with_something_of_its_own_is_none() -> None:
    """A number, a name, another number in the place of one; or so short that it may be a note in a round-up."""
    cut = paragraphs(0, 1, 2, 3)
    assert not is_cut(report(f"{cut}\n\nNobody on board was older than 70."), REPORT)
    named = f"{paragraphs(0)}\n\nThe mayor thanked the crew, as did Mia Dimsic.\n\n{paragraphs(1, 2, 3)}"
    assert not is_cut(report(named), REPORT)
    assert not is_cut(OTHER_STORIES["a long new passage without names"], REPORT)
    assert not is_cut(report(cut.replace("five of the injured", "two of the injured")), REPORT)
    assert not is_cut(REPORT, OTHER_STORIES["within a round-up"])


def test_a_local_line_is_short() -> None:
    """In a long text too, a passage of over 40 words that names somebody makes it another one."""
    text = f"{TEXT}\n\n{MAINE}\n\n{CLAIMS.format(*THIS_WEEK)}"
    line = (
        "The minister Petra Kovac said that she knew of the matter and would wait for what those found who look into it"
    )
    assert is_copy(report(text), report(f"{text}\n\n{line}."))
    assert not is_copy(
        report(text), report(f"{text}\n\n{line}, and that until then {'hardly anybody should ' * 8}speak.")
    )


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages(language: str) -> None:
    """A dateline or a cut is a copy there too; another number, day or place is none."""
    title, text = OTHERS[language]
    dateline, day, other_day = DATELINES[language]
    original = report(text, title)
    assert is_copy(original, report(dateline + text, title))
    assert not is_copy(original, report(text.replace("214", "341"), title))
    assert day in text
    assert not is_copy(original, report(text.replace(day, other_day), title))
    more = report(text + " " + re.split(r"(?<=[.。])", text)[0].replace("214", "87"), title)
    assert is_cut(original, more)
    assert not is_copy(original, more)
    assert not is_cut(more, original)
    assert set(bands(signature(title, text))) & set(bands(signature("", dateline + text)))


def test_languages_are_not_copies_of_each_other() -> None:
    """Nor is one taken for a cut of another."""
    stories = [REPORT, *(report(text, title) for title, text in OTHERS.values())]
    for one in stories:
        assert [other for other in stories if is_copy(one, other) or is_cut(one, other)] == [one]


def test_long_texts_take_bounded_time() -> None:
    """Five megabytes with one more word at the end, or with other white space, in words or in single characters."""
    for piece in (f"{TEXT}\n", OTHERS["zh"][1], "a ", "1,", "A. "):
        text = (piece * (5_000_000 // len(piece.encode())))[:5_000_000]
        one, other = Article(title=TITLE, text=text), Article(title=TITLE, text=f"{text} end")
        started = time.process_time()
        assert not is_copy(one, other)
        assert is_copy(one, report(text.replace(" ", "  ")))
        assert time.process_time() - started < 10
