"""What is stored of updates and sent messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Chat, Message, Update, User

from bot.inbox import Inbox, Kind, Stage
from bot.state import open_state
from index.database import DatabasePlace

NOW = datetime.now(UTC)


@pytest.fixture
async def inbox(place: DatabasePlace) -> AsyncIterator[Inbox]:
    async with open_state(place) as state:
        yield state.inbox


def asked(number: int, text: str = "How many?") -> Update:
    chat, user = Chat(7, Chat.PRIVATE), User(7, "Alice", is_bot=False)
    return Update(number, message=Message(number, NOW, chat, from_user=user, text=text))


async def test_an_update_is_stored_once(inbox: Inbox) -> None:
    """A second delivery of an update is known as such."""
    assert await inbox.store(asked(1))
    assert not await inbox.store(asked(1))


async def test_an_update_is_known_to_another_process(place: DatabasePlace) -> None:
    """Two processes on one database take an update once between them."""
    async with open_state(place) as one, open_state(place) as other:
        assert [await one.inbox.store(asked(1)), await other.inbox.store(asked(1))] == [True, False]


async def test_unfinished_updates_outlive_the_process(place: DatabasePlace) -> None:
    """After a restart the waiting and the started updates are there, oldest first, with their words and messages."""
    async with open_state(place) as state:
        for number in (3, 1, 2):
            await state.inbox.store(asked(number, f"Question {number}?"))
        await state.inbox.begin(2)
        await state.inbox.note_sent(7, 50, 2, Kind.PASSING)
        await state.inbox.begin(1)
        await state.inbox.finish(1)
    async with open_state(place) as state:
        second, third = await state.inbox.unfinished()
    assert (second.update_id, second.stage, second.sent) == (2, Stage.STARTED, ((7, 50, Kind.PASSING),))
    assert (third.update_id, third.stage, third.sent) == (3, Stage.WAITING, ())
    assert Update.de_json(third.body, None).message == asked(3, "Question 3?").message


async def test_a_finished_update_leaves_no_words(inbox: Inbox, place: DatabasePlace) -> None:
    """What a message said is gone from the inbox once it is handled, and its repr never showed it."""
    await inbox.store(asked(1, "my secret question"))
    (waiting,) = await inbox.unfinished()
    assert "secret" not in repr(waiting)
    await inbox.finish(1)
    assert await inbox.unfinished() == []
    assert not await inbox.store(asked(1))


async def test_notes_tell_what_a_message_is_now(inbox: Inbox) -> None:
    """A message that was changed is noted once, as what it became."""
    await inbox.store(asked(1))
    await inbox.note_sent(7, 50, 1, Kind.PASSING)
    await inbox.note_sent(7, 50, 1, Kind.FINAL)
    await inbox.note_sent(7, 60, None, Kind.FINAL)
    (entry,) = await inbox.unfinished()
    assert entry.sent == ((7, 50, Kind.FINAL),)
    assert await inbox.noted(7, 50) == {60}
    await inbox.forget_sent(7, [60])
    assert await inbox.noted(7, 0) == {50}


async def test_apologies_are_remembered_for_a_time(inbox: Inbox) -> None:
    """An apology counts for its chat alone, and only since it was sent."""
    await inbox.note_sent(7, 50, 1, Kind.APOLOGY)
    now = datetime.now(UTC)
    assert await inbox.apologised_since(7, now - timedelta(minutes=15))
    assert not await inbox.apologised_since(8, now - timedelta(minutes=15))
    assert not await inbox.apologised_since(7, now + timedelta(seconds=1))


async def test_old_entries_are_purged(inbox: Inbox) -> None:
    """Handled updates and notes go after two days; what is not handled stays, however old."""
    await inbox.store(asked(1))
    await inbox.finish(1)
    await inbox.store(asked(2))
    await inbox.note_sent(7, 50, 1, Kind.FINAL)
    await inbox.purge(datetime.now(UTC) + timedelta(days=1))
    assert await inbox.noted(7, 0) == {50}
    await inbox.purge(datetime.now(UTC) + timedelta(days=3))
    assert await inbox.noted(7, 0) == set()
    assert await inbox.store(asked(1))
    assert [entry.update_id for entry in await inbox.unfinished()] == [1, 2]
