"""What the articles say on a point: strict, so that no verdict is a wrong one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.summaries.talk_lookups import with_news
from index.summaries.talk_news import can_be_checked, news_check
from index.summaries.types import TalkKind, TalkPoint, TalkSummary, TalkTopic, Verdict
from index.types import Evidence
from tests.index.builders import make_evidence
from tests.index.summaries.talk_builders import make_message

TITLE = "Harbour bridge in Lindholm closes after crack is found"
FIRST = make_evidence(
    "The harbour bridge was closed on Monday. The repair will take six weeks and cost 2.4 million euros. "
    "About 18,000 cars cross the bridge on a working day. Nobody was hurt.",
    TITLE,
    start=10,
    published_at=datetime(2025, 3, 3, tzinfo=UTC),
)
LATER = make_evidence(
    "The repair will take ten weeks and cost 3.1 million euros, the mayor said.",
    "Harbour bridge stays closed longer",
    article_id="a2",
    published_at=datetime(2025, 3, 12, tzinfo=UTC),
)


def make_point(text: str, kind: TalkKind = TalkKind.SAID) -> TalkPoint:
    """A point of one message."""
    return TalkPoint(kind, text, ("Ann",), (make_message(1, "Ann", text),))


def test_a_sentence_with_the_same_numbers_supports() -> None:
    """Its quote is the article's own sentence, at its place in the article."""
    check = news_check("About 18,000 cars cross that bridge every working day", [FIRST])
    assert check and check.verdict is Verdict.SUPPORTS and check.citation
    assert check.citation.quote == "About 18,000 cars cross the bridge on a working day."
    assert FIRST.text[check.citation.start - 10 : check.citation.end - 10] == check.citation.quote


def test_another_number_for_the_same_contradicts() -> None:
    """The newest article that says otherwise is quoted."""
    check = news_check("The bridge repair will cost 4.5 million euros", [FIRST, LATER])
    assert check and check.verdict is Verdict.CONTRADICTS and check.citation
    assert check.citation.article_id == "a2"


def test_what_a_newer_report_says_is_supported_against_an_older_one() -> None:
    """And what only the older one says gets no verdict."""
    newer = news_check("The bridge repair will take ten weeks", [FIRST, LATER])
    assert newer and newer.verdict is Verdict.SUPPORTS and newer.citation and newer.citation.article_id == "a2"
    assert news_check("The bridge repair will take six weeks", [FIRST, LATER]) is None


@pytest.mark.parametrize(
    "text",
    [
        "The bridge repair does not cost 2.4 million euros",
        "The tunnel repair in Oslo will cost 4.5 million euros",
        "My repair of the garage door took six hours",
        "About 18,000 people cross the river on a ferry",
        "50 minutes by bike over the ring road",
        "The Lindholm school closed after 2.4 million euros were lost",
    ],
    ids=["denial", "another place", "another thing", "other words", "one shared number", "another subject"],
)
def test_no_verdict_rather_than_a_wrong_one(text: str) -> None:
    """A denial, another subject or a few common words are neither support nor contradiction."""
    assert news_check(text, [FIRST, LATER]) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("About 18,000 cars cross the bridge, right? How many trucks?", TalkKind.SAID),
        ("I think the mayor of Lindholm should resign after the repair", TalkKind.SAID),
        ("the bridge is ugly and nobody likes it there", TalkKind.SAID),
        ("Let's meet at 18:00 at the old bridge in Lindholm", TalkKind.DECISION),
    ],
    ids=["question", "opinion", "no fact", "decision"],
)
def test_only_facts_are_looked_up(text: str, kind: TalkKind) -> None:
    """Questions, opinions, plans and talk without a number or name are not."""
    assert not can_be_checked(make_point(text, kind))
    assert can_be_checked(make_point("About 18,000 cars cross the bridge on a working day"))


async def test_the_number_of_lookups_is_bounded() -> None:
    """Later points stay without a check."""
    asked: list[str] = []

    async def search(query: str) -> list[Evidence]:
        asked.append(query)
        return [FIRST]

    points = tuple(make_point(f"About {n},000 cars cross the bridge on a working day") for n in range(10, 40))
    summary = TalkSummary((TalkTopic("bridge", points, 30, ("Ann",)),), 30)
    checked = await with_news(summary, search, most=5)
    assert len(asked) == 5
    verdicts = [point.news.verdict if point.news else None for point in checked.topics[0].points]
    assert verdicts[0] is Verdict.CONTRADICTS and verdicts[5:] == [None] * 25


async def test_not_covered_is_said_only_where_the_talk_touches_an_article() -> None:
    """A point on the subject of an article that the conversation speaks of; else there is nothing to say."""

    async def search(_: str) -> list[Evidence]:
        return [FIRST]

    touching = make_point("About 18,000 cars cross the bridge on a working day")
    beyond = make_point("The council meets about the bridge at 18:00 in the old school with Marta")
    apart = make_point("My soup recipe from Grandma needs 3 carrots")

    async def verdicts(*points: TalkPoint) -> list[Verdict | None]:
        summary = TalkSummary((TalkTopic("t", points, 3, ("Ann",)),), 3)
        found = (await with_news(summary, search)).topics[0].points
        return [point.news.verdict if point.news else None for point in found]

    assert await verdicts(touching, beyond, apart) == [Verdict.SUPPORTS, Verdict.NOT_COVERED, None]
    assert await verdicts(beyond, apart) == [None, None]


async def test_every_topic_has_a_turn_before_lookups_are_spent_on_one() -> None:
    """Of three topics the articles speak of the last; its points get what is left of the lookups."""

    async def search(query: str) -> list[Evidence]:
        return [FIRST] if "bridge" in query else []

    def topic(text: str) -> TalkTopic:
        return TalkTopic("t", tuple(make_point(f"{n},000 {text}") for n in range(11, 19)), 8, ("Ann",))

    apart = topic("carrots go into the soup of Grandma"), topic("tickets were sold for the concert in Torne")
    summary = TalkSummary((*apart, topic("cars cross the bridge on a working day")), 24)
    checked = await with_news(summary, search, most=6)
    told = [[point.news is not None for point in topic.points].count(True) for topic in checked.topics]
    assert told == [0, 0, 4]
