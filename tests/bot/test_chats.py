"""What the bot knows of each chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.chats import Chats, ChatSettings
from bot.state import open_state
from index.database import DatabasePlace

GROUP, SUPERGROUP, OTHER = -4_000_000_001, -1_002_000_000_001, -1_002_000_000_002
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
GERMAN = ChatSettings("de", "long", sources=False, who_adds="admins", retention_days=7, article_days=30)

SETTINGS: SearchStrategy[ChatSettings] = st.builds(
    ChatSettings,
    language=st.none() | st.sampled_from(["en", "ar"]),
    length=st.sampled_from(["short", "normal", "long"]),
    sources=st.booleans(),
    who_adds=st.sampled_from(["everyone", "admins"]),
    retention_days=st.none() | st.integers(0, 90),
    article_days=st.none() | st.integers(0, 365),
)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def chats(place: DatabasePlace, clock: Clock) -> AsyncIterator[Chats]:
    async with open_state(place) as state:
        yield Chats(state.database, clock)


async def test_settings_of_a_chat_that_set_none(chats: Chats) -> None:
    """A chat begins with each person's language, normal answers with sources, and articles from everyone."""
    assert await chats.settings(GROUP) == ChatSettings(None, "normal", True, "everyone", None, None)


async def test_settings_are_kept_for_one_chat(chats: Chats, place: DatabasePlace) -> None:
    """What a chat set is there after a restart, and in no other chat."""
    await chats.save(GROUP, GERMAN)
    async with open_state(place) as again:
        assert await again.chats.settings(GROUP) == GERMAN
        assert await again.chats.settings(OTHER) == ChatSettings()


@settings(max_examples=20, deadline=None)  # each writes to the disk
@given(SETTINGS, SETTINGS)
def test_any_settings_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, a: ChatSettings, b: ChatSettings
) -> None:
    """Whatever is saved last is read, field by field."""

    async def saved() -> ChatSettings:
        async with open_state(tmp_path_factory.mktemp("state") / "askwire.db") as state:
            await state.chats.save(GROUP, a)
            await state.chats.save(GROUP, b)
            return await state.chats.settings(GROUP)

    assert asyncio.run(saved()) == b


async def test_changes_at_once_lose_nothing(chats: Chats) -> None:
    """Two admins who change different settings at the same moment both get theirs."""
    await asyncio.gather(
        chats.change(GROUP, lambda now: replace(now, language="ru")),
        chats.change(GROUP, lambda now: replace(now, sources=False)),
    )
    assert await chats.settings(GROUP) == ChatSettings("ru", sources=False)


async def test_a_hint_is_given_once(chats: Chats) -> None:
    """Of many at once, one is the first; another chat and another subject have a first time of their own."""
    firsts = await asyncio.gather(*(chats.first_time(GROUP, "hint") for _ in range(5)))
    assert sorted(firsts) == [False, False, False, False, True]
    assert await chats.first_time(OTHER, "hint")
    assert await chats.first_time(GROUP, "another")


async def test_joined_says_what_is_new(chats: Chats) -> None:
    """A chat is joined once, and once more only when it was left in between."""
    assert await chats.joined(GROUP, "group")
    assert not await chats.joined(GROUP, "group")
    await chats.left(GROUP)
    assert await chats.joined(GROUP, "group")


async def test_a_left_chat_is_found_by_when_it_was_left(chats: Chats, clock: Clock) -> None:
    """The first time of leaving counts, also for a chat that was never seen before; who came back is not among them."""
    await chats.joined(GROUP, "group")
    for chat in (GROUP, OTHER, 7):
        await chats.left(chat)
        clock.now += timedelta(days=1)
    await chats.left(GROUP)
    assert await chats.left_before(NOON) == []
    assert await chats.left_before(NOON + timedelta(seconds=1)) == [GROUP]
    assert await chats.left_before(NOON + timedelta(days=9)) == [GROUP, OTHER, 7]
    await chats.came_back(OTHER)
    await chats.joined(7, "private")
    assert await chats.left_before(NOON + timedelta(days=9)) == [GROUP]


async def test_who_speaks_is_not_gone(chats: Chats) -> None:
    """A message from after the bot was removed shows that it is back; one from before, handled late, does not."""
    await chats.left(GROUP)
    await chats.settings(GROUP, heard_at=NOON - timedelta(minutes=1))
    assert await chats.left_before(NOON + timedelta(days=1)) == [GROUP]
    await chats.settings(GROUP, heard_at=NOON + timedelta(minutes=1))
    assert await chats.left_before(NOON + timedelta(days=1)) == []


async def test_migration_moves_everything(chats: Chats) -> None:
    """A supergroup has the settings and the hints of the group it was, and the group has none any more."""
    await chats.joined(GROUP, "group")
    await chats.save(GROUP, GERMAN)
    await chats.first_time(GROUP, "hint")
    for _ in range(2):
        await chats.migrate(GROUP, SUPERGROUP)
        assert await chats.settings(SUPERGROUP) == GERMAN
        assert await chats.settings(GROUP) == ChatSettings()
        assert not await chats.first_time(SUPERGROUP, "hint")
        assert not await chats.joined(SUPERGROUP, "supergroup")
        assert await chats.former_id(SUPERGROUP) == GROUP
    assert await chats.former_id(GROUP) is None


async def test_migration_keeps_what_the_supergroup_has(chats: Chats) -> None:
    """What was set after the change of id is newer, and a hint that both had is no obstacle."""
    await chats.save(GROUP, GERMAN)
    await chats.save(SUPERGROUP, ChatSettings("ru"))
    await chats.joined(SUPERGROUP, "supergroup")
    for chat in (GROUP, SUPERGROUP):
        await chats.first_time(chat, "hint")
    await chats.first_time(GROUP, "another")
    await chats.migrate(GROUP, SUPERGROUP)
    assert await chats.settings(SUPERGROUP) == ChatSettings("ru")
    assert await chats.former_id(SUPERGROUP) == GROUP
    assert not await chats.first_time(SUPERGROUP, "another")
    assert await chats.first_time(GROUP, "hint")


@pytest.mark.parametrize("left_first", [True, False])
async def test_migration_is_no_leaving(chats: Chats, left_first: bool) -> None:
    """That the bot is out of the old group, told before or after, does not make the supergroup a left one."""
    await chats.joined(GROUP, "group")
    if left_first:
        await chats.left(GROUP)
    await chats.migrate(GROUP, SUPERGROUP)
    if not left_first:
        await chats.left(GROUP)
    assert SUPERGROUP not in await chats.left_before(NOON + timedelta(days=1))


async def test_a_migration_told_again_brings_nobody_back(chats: Chats) -> None:
    """A supergroup that removed the bot stays left when the news of its making is handled once more."""
    await chats.migrate(GROUP, SUPERGROUP)
    await chats.left(SUPERGROUP)
    await chats.migrate(GROUP, SUPERGROUP)
    assert await chats.left_before(NOON + timedelta(days=1)) == [SUPERGROUP]


async def test_migration_to_itself(chats: Chats) -> None:
    """A chat that is moved onto itself keeps what it has."""
    await chats.save(GROUP, GERMAN)
    await chats.migrate(GROUP, GROUP)
    assert await chats.settings(GROUP) == GERMAN


async def test_forget(chats: Chats) -> None:
    """Nothing of a forgotten chat stays, and all of another one does."""
    for chat in (GROUP, OTHER):
        await chats.save(chat, GERMAN)
        await chats.first_time(chat, "hint")
        await chats.left(chat)
    await chats.forget(GROUP)
    assert await chats.settings(GROUP) == ChatSettings()
    assert await chats.first_time(GROUP, "hint")
    assert await chats.left_before(NOON + timedelta(days=1)) == [OTHER]
    assert await chats.settings(OTHER) == GERMAN
