"""The log of groups, without Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.message_log import EVERYWHERE, MIGRATED, MessageLog
from index.summaries.types import ChatMessage
from tests.bot.harness import a_state
from tests.bot.talk import NOON, message

GROUP, OTHER, SUPERGROUP = -5, -6, -1007


@pytest.fixture
async def log() -> AsyncIterator[MessageLog]:
    async with a_state() as state:
        yield state.messages


def numbers(messages: list[ChatMessage]) -> list[int]:
    return [one.message_id for one in messages]


async def test_a_message_comes_back_as_it_was(log: MessageLog) -> None:
    """All fields of a message are kept, whatever its script."""
    said = message(3, "مرحبا 🌊\nاثنان", topic_id=2, reply_to=1, links=("https://a.example/?a=1",))
    assert await log.store(GROUP, [said]) == 1
    assert await log.read(GROUP, 2) == [said]


async def test_an_edit_takes_the_place_of_what_was_said(log: MessageLog) -> None:
    """There is one message to a number, in each chat."""
    await log.store(GROUP, [message(1, "Two o'clock")])
    await log.store(OTHER, [message(1, "Elsewhere")])
    await log.store(GROUP, [message(1, "Three o'clock")])
    assert [one.text for one in await log.read(GROUP)] == ["Three o'clock"]
    assert [one.text for one in await log.read(OTHER)] == ["Elsewhere"]
    assert await log.knows(GROUP, 1)
    assert not await log.knows(GROUP, 2)
    await log.remove(GROUP, 1)
    assert (await log.count(GROUP), await log.count(OTHER)) == (0, 1)


async def test_stretches(log: MessageLog) -> None:
    """A stretch is behind a message, since a time (from that moment on), or the last ones; of too many, the newest."""
    await log.store(GROUP, [message(n, at=NOON + timedelta(hours=n)) for n in (4, 1, 3, 2, 5)])
    assert numbers(await log.read(GROUP)) == [1, 2, 3, 4, 5]
    assert numbers(await log.read(GROUP, after=3)) == [4, 5]
    assert numbers(await log.read(GROUP, since=NOON + timedelta(hours=2))) == [2, 3, 4, 5]
    assert numbers(await log.read(GROUP, last=2)) == [4, 5]
    assert numbers(await log.read(GROUP, last=9, limit=3)) == [3, 4, 5]


async def test_topics(log: MessageLog) -> None:
    """A topic is read by itself, and so is what is outside of topics; all of a chat is read page by page."""
    await log.store(GROUP, [message(1), message(2, topic_id=9), message(3, topic_id=8), message(4)])
    assert numbers(await log.read(GROUP, 9)) == [2]
    assert numbers(await log.read(GROUP)) == [1, 4]
    assert numbers(await log.read_all(GROUP)) == [1, 2, 3, 4]
    assert numbers(await log.read_all(GROUP, limit=2)) == [1, 2]
    assert numbers(await log.read_all(GROUP, 2)) == [3, 4]


async def test_many_at_once(log: MessageLog) -> None:
    """More messages than a statement takes are kept, and kept again."""
    many = [message(n, str(n)) for n in range(1, 1001)]
    assert await log.store(GROUP, many) == 1000
    assert await log.store(GROUP, many) == 1000
    assert await log.read(GROUP) == many


@pytest.mark.parametrize("where", [GROUP, EVERYWHERE])
async def test_who_opted_out_is_not_kept(log: MessageLog, where: int) -> None:
    """In one group, or everywhere; until it is undone. Others are kept."""
    await log.set_opt_out(7, where, out=True)
    assert await log.is_out(7, GROUP)
    assert await log.is_out(7, OTHER) == (where == EVERYWHERE)
    assert not await log.is_out(8, GROUP)
    assert await log.store(GROUP, [message(1), message(2, author=8)]) == 1
    assert await log.store(OTHER, [message(1)]) == (where != EVERYWHERE)
    await log.set_opt_out(7, where, out=False)
    assert await log.store(GROUP, [message(3)]) == 1
    assert numbers(await log.read(GROUP)) == [2, 3]


async def test_forgetting_a_person(log: MessageLog) -> None:
    """What a person wrote goes, in one chat or in all, and nothing of anybody else."""
    for chat in (GROUP, OTHER):
        await log.store(chat, [message(1), message(2, author=8), message(3)])
    assert await log.forget_person(7, GROUP) == 2
    assert (numbers(await log.read(GROUP)), numbers(await log.read(OTHER))) == ([2], [1, 2, 3])
    assert await log.forget_person(7) == 2
    assert numbers(await log.read(OTHER)) == [2]
    assert await log.forget_person(7) == 0


async def test_older_messages_change_nothing_that_is_there(log: MessageLog) -> None:
    """What is taken in later fills gaps; what is there already stays as it is, and twice is once."""
    await log.store(GROUP, [message(5, "heard")])
    older = [message(4, "older"), message(5, "as exported"), message(6, "missed")]
    assert await log.store_older(GROUP, [*older, older[0]]) == 2
    assert await log.store_older(GROUP, older) == 0
    assert [one.text for one in await log.read(GROUP)] == ["older", "heard", "missed"]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_older_messages_bring_back_nothing_that_was_forgotten(log: MessageLog, everywhere: bool) -> None:
    """Who forgot what they wrote, or opted out, is not in what is taken in later; in other groups it may be."""
    await log.forget_person(7, None if everywhere else GROUP)
    await log.set_opt_out(8, EVERYWHERE if everywhere else GROUP, out=True)
    older = [message(1), message(2, author=8), message(3, author=9)]
    assert await log.store_older(GROUP, older) == 1
    assert await log.store_older(OTHER, older) == (1 if everywhere else 3)
    assert await log.store(GROUP, [message(4)]) == 1


async def test_older_messages_of_another_numbering(log: MessageLog) -> None:
    """With numbers below 0 only what is older than all that is kept is taken: the rest may be there already."""
    await log.store(GROUP, [message(5)])
    hour = timedelta(hours=1)
    assert await log.store_older(GROUP, [message(-9, at=NOON - hour), message(-8), message(-7, at=NOON + hour)]) == 1
    assert numbers(await log.read(GROUP)) == [-9, 5]


async def test_how_far_a_reader_is(log: MessageLog) -> None:
    """It is kept by reader, chat and topic."""
    assert await log.caught_up(GROUP, None, 7) is None
    await log.note_caught_up(GROUP, None, 7, 10)
    await log.note_caught_up(GROUP, None, 7, 12)
    await log.note_caught_up(GROUP, 3, 7, 5)
    assert await log.caught_up(GROUP, None, 7) == 12
    assert await log.caught_up(GROUP, 3, 7) == 5
    assert [await log.caught_up(GROUP, None, 8), await log.caught_up(OTHER, None, 7)] == [None, None]


async def test_purging_and_wiping(log: MessageLog) -> None:
    """Old messages go by their time; a wiped chat has none, forgets how far readers are, and keeps who opted out."""
    for chat in (GROUP, OTHER):
        await log.store(chat, [message(n, at=NOON + timedelta(days=n)) for n in (1, 2, 3)])
    assert await log.purge(GROUP, NOON + timedelta(days=2)) == 1
    assert numbers(await log.read(GROUP)) == [2, 3]
    await log.note_caught_up(GROUP, None, 7, 3)
    await log.set_opt_out(8, GROUP, out=True)
    assert await log.wipe(GROUP) == 2
    assert (await log.caught_up(GROUP, None, 7), await log.is_out(8, GROUP)) == (None, True)
    assert (list(await log.chats()), await log.count(OTHER)) == ([OTHER], 3)
    await log.forget_chat(GROUP)
    assert not await log.is_out(8, GROUP)


async def test_a_group_becomes_a_supergroup(log: MessageLog) -> None:
    """All moves along once; the group's messages stand before the supergroup's, which are counted anew."""
    await log.store(GROUP, [message(1, "a"), message(900, "b", reply_to=1)])
    await log.store_older(GROUP, [message(2 * MIGRATED + 5, "exported", at=NOON - timedelta(days=1))])
    await log.note_caught_up(GROUP, None, 7, 900)
    await log.note_caught_up(GROUP, None, 8, 900)
    await log.set_opt_out(9, GROUP, out=True)
    await log.set_opt_out(10, GROUP, out=True)
    await log.set_opt_out(10, SUPERGROUP, out=True)
    await log.forget_person(11, GROUP)
    await log.store(SUPERGROUP, [message(1, "c")])
    await log.note_caught_up(SUPERGROUP, None, 8, 1)
    for _ in range(2):
        await log.migrate(GROUP, SUPERGROUP)
    moved = await log.read(SUPERGROUP)
    assert [one.text for one in moved] == ["exported", "a", "b", "c"]
    assert moved[2].reply_to == moved[1].message_id
    assert [one.text for one in await log.read(SUPERGROUP, after=await log.caught_up(SUPERGROUP, None, 7))] == ["c"]
    assert await log.caught_up(SUPERGROUP, None, 8) == 1
    assert [await log.is_out(one, SUPERGROUP) for one in (9, 10)] == [True, True]
    assert await log.store_older(SUPERGROUP, [message(7, author=11)]) == 0
    assert (await log.count(GROUP), await log.is_out(9, GROUP)) == (0, False)
