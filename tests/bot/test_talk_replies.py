"""How a discussion is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from telegram import Chat

from bot.replies import Reply
from bot.talk_replies import MessageLinks, talk_reply
from bot.words import languages, words_of
from index.summaries.types import ChatMessage, NewsCheck, TalkKind, TalkPoint, TalkSummary, TalkTopic, Verdict, Written
from tests.bot.shown_replies import check_messages, shown
from tests.bot.talk import message
from tests.helpers.bot_api.entities import detect_entities
from tests.helpers.bot_api.markup import parse_html
from tests.index.builders import make_citation

PLAIN = MessageLinks(None)
LINKED = MessageLinks("https://t.me/c/5")
ROCKETS = "Three rockets hit the embassy in Baghdad."


def point(text: str, *, kind: TalkKind = TalkKind.SAID, news: NewsCheck | None = None, number: int = 3) -> TalkPoint:
    return TalkPoint(kind, text, ("Ann",), (message(number, text),), news)


def summary(*points: TalkPoint, title: str = "Rain", **fields: object) -> TalkSummary:
    return replace(TalkSummary((TalkTopic(title, points, 5, ("Ann",)),), 5), **fields)  # type: ignore[arg-type]  # as given


def told(summed: TalkSummary, links: MessageLinks = PLAIN, code: str = "en", zone: str = "UTC") -> Reply:
    return talk_reply(summed, words_of(code), links, timezone=zone, sees_all=True)


def links_of(reply: Reply) -> list[str]:
    return [
        entity["url"] for part in reply.parts for entity in parse_html(part.html)[1] if entity["type"] == "text_link"
    ]


@pytest.mark.parametrize(
    ("chat", "one", "link"),
    [
        (Chat(-1001234, Chat.SUPERGROUP), message(7), "https://t.me/c/1234/7"),
        (Chat(-1001234, Chat.SUPERGROUP), message(7, topic_id=5), "https://t.me/c/1234/5/7"),
        (Chat(-1001234, Chat.SUPERGROUP, username="newsroom"), message(7), "https://t.me/newsroom/7"),
        (Chat(-1001234, Chat.SUPERGROUP, username="newsroom"), message(7, topic_id=5), "https://t.me/newsroom/5/7"),
        (Chat(-1001001001, Chat.SUPERGROUP), message(7), "https://t.me/c/1001001/7"),
        (Chat(-1001234, Chat.SUPERGROUP), message(-999_999_993), None),
        (Chat(-1234, Chat.GROUP), message(7), None),
    ],
)
def test_links_to_messages(chat: Chat, one: ChatMessage, link: str | None) -> None:
    """A supergroup's messages have links, with their topic; a plain group's, and those from its time, have none."""
    assert MessageLinks.of(chat).to(one) == link


def test_the_whole_reply() -> None:
    """Topics with their points, who said each, and where it stands."""
    points = [
        point("Let us meet at two", kind=TalkKind.DECISION),
        point("Who brings the map?", kind=TalkKind.QUESTION),
        point("https://a.example/map", kind=TalkKind.LINK),
        point("It rains"),
    ]
    reply = told(summary(*points), LINKED)
    check_messages(reply)
    assert shown(reply).replace("\u2060", "") == (
        "5 messages\n\nRain\n"
        "• Decided – Ann: Let us meet at two message\n"
        "• Open question – Ann: Who brings the map? message\n"
        "• Link – Ann: https://a.example/map message\n"
        "• Ann: It rains message\n\n"
        "In people's own words."
    )
    assert links_of(reply) == ["https://t.me/c/5/3"] * 4


def test_time_in_place_of_a_link() -> None:
    """Where messages have no links the day and the time are told, by the deployment's clock."""
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    one = replace(point("It rains"), messages=(message(3, at=at),))
    assert "• Ann: It rains (29 March, 03:30)" in shown(told(summary(one), zone="Europe/Berlin"))


def test_what_the_articles_say() -> None:
    """A point shows the article's sentence and where it stands, or that articles don't say."""
    cited = make_citation(ROCKETS)
    supports, contradicts = NewsCheck(Verdict.SUPPORTS, cited), NewsCheck(Verdict.CONTRADICTS, cited)
    text = shown(
        told(
            summary(
                *(point("Rockets", news=check) for check in (supports, contradicts, NewsCheck(Verdict.NOT_COVERED)))
            )
        )
    )
    assert f"The articles say so too: “{ROCKETS}” {cited.title}" in text
    assert f"The articles say otherwise: “{ROCKETS}”" in text
    assert "The articles don't say." in text


def test_what_is_missing_is_said() -> None:
    """How it was written, how much was not read, that it is not whole, and that privacy mode hides the rest."""
    made = summary(point("It rains"), left_out=3, written=Written("gpt-x", "It failed half-way."))
    reply = talk_reply(made, words_of("en"), PLAIN, timezone="UTC", sees_all=False)
    text = shown(reply)
    assert text.startswith("8 messages")
    for key, values in (
        ("talk-written", {"model": "gpt-x"}),
        ("talk-left-out", {"count": 3}),
        ("summary-not-whole", {}),
        ("talk-sees-part", {}),
    ):
        assert words_of("en")(key, **values) in text
    assert words_of("en")("talk-sees-part") not in shown(told(made))


@pytest.mark.parametrize("code", languages())
def test_what_people_wrote_stays_text(code: str) -> None:
    """Links, names, commands, markup and controls in what was said or in a name do nothing; long ones are cut."""
    nasty = "<b>@admin</b> /stop \u202eevil https://evil.example [1] &amp;"
    one = replace(point(nasty), authors=(nasty, "ابن", "Ann", "Bob", "Cem"))
    made = summary(one, point("🌊" * 4096), point("y\n\nz"), title=nasty, written=Written(nasty))
    for links in (PLAIN, LINKED):
        reply = told(made, links, code)
        check_messages(reply)
        entities = [entity for part in reply.parts for entity in parse_html(part.html)[1]]
        assert {entity["type"] for entity in entities} <= {"bold", "italic", "text_link"}
        assert all(link.startswith("https://t.me/c/5/") for link in links_of(reply))
        assert "\u202e" not in shown(reply)
        assert [detect_entities(part.plain) for part in reply.parts] == [[]] * len(reply.parts)
        assert "Bob" not in shown(reply)


def test_many_points_become_several_messages() -> None:
    """A long discussion is split, each message within Telegram's limit."""
    reply = told(summary(*(point(f"Point {n}. {'word ' * 60}", number=n) for n in range(1, 60))), LINKED)
    assert len(reply.parts) > 1
    check_messages(reply)
    assert len(links_of(reply)) == 59


def test_a_topic_without_a_title() -> None:
    """Its points stand alone, without an empty line."""
    assert "5 messages\n\n• Ann: It rains" in shown(told(summary(point("It rains"), title=" ")))
