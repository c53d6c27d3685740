"""Questions and money of a day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from telegram.constants import ChatID

from bot.settings import Settings
from bot.state import open_state
from bot.usage import Limits, Refusal, Usage
from bot.words import languages, words_of
from index.database import DatabasePlace

ALICE, BOB, OWNER, GROUP, SUPERGROUP = 7_000_000_001, 7_000_000_002, 7_000_000_003, -4_000_000_001, -1_002_000_000_001
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.fixture
async def usage(place: DatabasePlace) -> AsyncIterator[Usage]:
    async with open_state(place) as state:
        yield state.usage


async def ask(usage: Usage, user: int | None, chat: int, limits: Limits, now: datetime = NOON) -> str | None:
    """Whose limit refuses a question, None when it is taken."""
    refusal = await usage.take_question(user, chat, limits, now, BERLIN)
    return refusal.whose if refusal else None


async def test_no_limit(usage: Usage) -> None:
    """Without limits everyone may ask on."""
    assert {await ask(usage, ALICE, ALICE, Limits()) for _ in range(30)} == {None}


async def test_each_user_has_a_limit(usage: Usage) -> None:
    """A user's questions count in all chats together, and nobody else's do."""
    limits = Limits(per_user=2)
    assert [await ask(usage, ALICE, chat, limits) for chat in (ALICE, GROUP, GROUP)] == [None, None, "user"]
    assert await ask(usage, BOB, GROUP, limits) is None


async def test_each_chat_has_a_limit(usage: Usage) -> None:
    """A chat's questions count whoever asks them, and no other chat's do."""
    limits = Limits(per_chat=2)
    assert [await ask(usage, user, GROUP, limits) for user in (ALICE, BOB, BOB)] == [None, None, "chat"]
    assert await ask(usage, BOB, BOB, limits) is None


async def test_a_refused_question_counts_for_nobody(usage: Usage) -> None:
    """What the chat's limit refuses is not taken from the user, who still has it elsewhere."""
    limits = Limits(per_user=2, per_chat=1)
    assert [await ask(usage, ALICE, GROUP, limits) for _ in range(4)] == [None, "chat", "chat", "chat"]
    assert [await ask(usage, ALICE, ALICE, limits), await ask(usage, ALICE, SUPERGROUP, limits)] == [None, "user"]


async def test_questions_at_once(usage: Usage) -> None:
    """Of twenty questions at the same moment exactly as many are taken as may be."""
    taken = await asyncio.gather(*(ask(usage, ALICE, GROUP, Limits(per_user=7, per_chat=5)) for _ in range(20)))
    assert taken.count(None) == 5


async def test_two_processes_on_one_database(usage: Usage, place: DatabasePlace) -> None:
    """Processes that share a database share the counts."""
    async with open_state(place) as other:
        both = [usage, other.usage]
        taken = await asyncio.gather(*(ask(both[n % 2], ALICE, GROUP, Limits(per_user=5)) for n in range(20)))
    assert taken.count(None) == 5


async def test_nothing_is_none_not_unlimited(usage: Usage) -> None:
    """A limit of 0 refuses the first question."""
    assert await ask(usage, ALICE, ALICE, Limits(per_user=0)) == "user"
    assert await ask(usage, ALICE, GROUP, Limits(per_chat=0)) == "chat"


async def test_owners_are_not_limited(usage: Usage) -> None:
    """An owner's questions neither count nor are refused, nor can one be given back."""
    limits = Limits(per_user=0, per_chat=1, unlimited=frozenset({OWNER}))
    assert {await ask(usage, OWNER, GROUP, limits) for _ in range(3)} == {None}
    await usage.give_back(OWNER, GROUP, limits, NOON, BERLIN)
    chat_only = Limits(per_chat=1)
    assert [await ask(usage, ALICE, GROUP, chat_only) for _ in range(2)] == [None, "chat"]


@pytest.mark.parametrize("user", [None, ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL])
async def test_who_shows_as_a_chat_is_limited_in_each_chat(usage: Usage, user: int | None) -> None:
    """Senders whom Telegram hides behind one id do not use up the questions of those in other groups."""
    limits = Limits(per_user=1)
    assert [await ask(usage, user, chat, limits) for chat in (GROUP, GROUP, SUPERGROUP)] == [None, "user", None]


async def test_a_question_is_given_back(usage: Usage) -> None:
    """What failed on our side can be asked once more, and giving back never leads below none."""
    limits = Limits(per_user=1, per_chat=1)
    await usage.give_back(ALICE, GROUP, limits, NOON, BERLIN)
    assert [await ask(usage, ALICE, GROUP, limits) for _ in range(2)] == [None, "user"]
    for _ in range(3):
        await usage.give_back(ALICE, GROUP, limits, NOON, BERLIN)
    assert [await ask(usage, ALICE, GROUP, limits) for _ in range(2)] == [None, "user"]


async def test_given_back_on_its_own_day(usage: Usage) -> None:
    """A question of yesterday that fails after midnight gives nothing back today."""
    limits = Limits(per_user=1)
    late = datetime(2026, 11, 26, 22, 59, tzinfo=UTC)
    early = late + timedelta(minutes=2)
    assert [await ask(usage, ALICE, GROUP, limits, moment) for moment in (late, early)] == [None, None]
    await usage.give_back(ALICE, GROUP, limits, late, BERLIN)
    assert await ask(usage, ALICE, GROUP, limits, early) == "user"
    assert await ask(usage, ALICE, GROUP, limits, late) is None


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("2026-11-26T22:59:59+00:00", "2026-11-26T23:00+00:00"),
        ("2026-03-29T21:59:59+00:00", "2026-03-29T22:00+00:00"),  # the day that begins in winter time
        ("2026-10-25T22:59:59+00:00", "2026-10-25T23:00+00:00"),  # and the one that begins in summer time
    ],
)
async def test_a_new_day_begins_in_the_deployment_s_zone(usage: Usage, last: str, first: str) -> None:
    """In Berlin the limit holds until midnight there, also on the days on which clocks change."""
    before, after = datetime.fromisoformat(last), datetime.fromisoformat(first)
    limits = Limits(per_user=1)
    assert await ask(usage, ALICE, GROUP, limits, before - timedelta(hours=22)) is None
    refusal = await usage.take_question(ALICE, GROUP, limits, before, BERLIN)
    assert refusal is not None
    assert refusal.resets_at == after
    assert refusal.resets_at.strftime("%H:%M") == "00:00"
    assert await ask(usage, ALICE, GROUP, limits, after) is None


def test_the_refusal_names_the_time_of_reset() -> None:
    """The asker reads how many they had, and when they can ask again, in the deployment's zone."""
    resets_at = datetime.fromisoformat("2026-11-27T00:00+01:00").astimezone(ZoneInfo(BERLIN))
    line = Refusal("user", 20, resets_at).line(words_of("en"))
    assert line == "You have asked 20 questions today. You can ask again at 00:00 (Europe/Berlin)."
    none = Refusal("user", 0, resets_at).line(words_of("en"))
    assert "0 a day" in none
    assert "again" not in none


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("whose", ["user", "chat"])
@pytest.mark.parametrize("limit", [0, 1, 2, 3, 5, 11, 21, 100])
def test_the_refusal_in_every_language(code: str, whose: str, limit: int) -> None:
    """Every language has its own line for each number, with the time unless nothing is allowed."""
    resets_at = datetime(2026, 11, 27, tzinfo=UTC)
    refusal = Refusal(whose, limit, resets_at)  # type: ignore[arg-type]  # one of the two
    line = refusal.line(words_of(code))
    assert ("00:00" in line and "UTC" in line) is (limit > 0)
    assert code == "en" or line != refusal.line(words_of("en"))


def test_limits_of_a_deployment() -> None:
    """They are those of the settings, and the owners have none; an unset one is None, a 0 stays 0."""
    assert Limits.of(Settings()) == Limits(None, None, frozenset())
    values = {"daily_questions_per_user": "0", "daily_questions_per_chat": "5", "admin_user_ids": "1,2"}
    assert Limits.of(Settings.model_validate(values)) == Limits(0, 5, frozenset({1, 2}))


async def test_once_a_day(usage: Usage) -> None:
    """A subject is told of once a day, each on its own."""
    tomorrow = NOON + timedelta(days=1)
    assert [await usage.first_today("stranger:1", now, BERLIN) for now in (NOON, NOON, tomorrow)] == [True, False, True]
    assert await usage.first_today("stranger:2", NOON, BERLIN)


async def test_migration(usage: Usage) -> None:
    """A group that becomes a supergroup has asked what it has asked, and a second time changes nothing."""
    limits = Limits(per_chat=3)
    for chat in (GROUP, GROUP, SUPERGROUP):
        assert await ask(usage, ALICE, chat, limits) is None
    for _ in range(2):
        await usage.migrate(GROUP, SUPERGROUP)
        assert await ask(usage, ALICE, SUPERGROUP, limits) == "chat"
    assert await ask(usage, ALICE, GROUP, limits) is None


async def test_spending_adds_up(usage: Usage) -> None:
    """What is spent on a day is the sum of its parts, and another day has its own."""
    day = date(2026, 11, 26)
    await asyncio.gather(*(usage.spend(day, 0.25) for _ in range(8)))
    await usage.spend(day + timedelta(days=1), 0.5)
    assert await usage.spent(day) == pytest.approx(2.0)
    assert await usage.spent(day + timedelta(days=1)) == pytest.approx(0.5)
    assert await usage.spent(day + timedelta(days=2)) == 0


async def test_a_budget_is_used_up_and_comes_back(usage: Usage) -> None:
    """Money may be spent until the sum reaches the budget, and again from the next midnight of the zone on."""
    late = datetime(2026, 11, 26, 22, 59, tzinfo=UTC)
    assert await usage.may_spend(1.0, late, BERLIN)
    await usage.spend(date(2026, 11, 26), 0.99)
    assert await usage.may_spend(1.0, late, BERLIN)
    await usage.spend(date(2026, 11, 26), 0.01)
    assert not await usage.may_spend(1.0, late, BERLIN)
    assert await usage.may_spend(1.0, late + timedelta(minutes=1), BERLIN)


async def test_a_budget_of_nothing(usage: Usage) -> None:
    """0 allows nothing from the start, and no budget allows everything."""
    assert not await usage.may_spend(0.0, NOON, BERLIN)
    await usage.spend(date(2026, 11, 26), 1_000.0)
    assert await usage.may_spend(None, NOON, BERLIN)


async def test_old_days_are_forgotten(usage: Usage) -> None:
    """A purge deletes what is over everywhere and keeps what a question of this day or the last still needs."""
    limits = Limits(per_user=1)
    old = NOON - timedelta(days=9)
    await ask(usage, ALICE, GROUP, limits, old)
    await ask(usage, ALICE, GROUP, limits, NOON)
    await usage.spend(old.date(), 1.0)
    await usage.spend(NOON.date(), 1.0)
    await usage.purge(NOON + timedelta(days=1))
    assert await ask(usage, ALICE, GROUP, limits, old) is None
    assert await ask(usage, ALICE, GROUP, limits, NOON) == "user"
    assert (await usage.spent(old.date()), await usage.spent(NOON.date())) == (0, 1.0)
