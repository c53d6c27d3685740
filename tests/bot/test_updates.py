"""The order of updates."""

from __future__ import annotations

import asyncio
import gc
import itertools
from collections.abc import AsyncIterator

import pytest
from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User

from bot.inbox import Inbox, Stage
from bot.updates import ChatOrderProcessor, DurableQueue
from index.errors import StoreError
from tests.bot.harness import a_state
from tests.helpers.updates import message

numbers = itertools.count(1)


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    async with a_state() as state:
        yield state.inbox


@pytest.fixture
def processor(inbox: Inbox) -> ChatOrderProcessor:
    return ChatOrderProcessor(inbox)


def update_in(chat_id: int, text: str = "hi") -> Update:
    """A message in a chat of this id."""
    made = message("hi")
    return Update(next(numbers), message=Message(1, made.date, Chat(chat_id, "private"), text=text))


async def test_one_chat_in_order_others_beside_it(processor: ChatOrderProcessor) -> None:
    """A chat's updates are handled one after the other as they came, while another chat does not wait."""
    gate = asyncio.Event()
    done: list[str] = []

    async def handle(name: str, *, wait: bool = False) -> None:
        if wait:
            await gate.wait()
        done.append(name)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(update_in(1), handle("first of 1", wait=True)))
        await asyncio.sleep(0)
        tasks.create_task(processor.process_update(update_in(1), handle("second of 1")))
        tasks.create_task(processor.process_update(update_in(1), handle("third of 1")))
        await processor.process_update(update_in(2), handle("first of 2"))
        assert done == ["first of 2"]
        gate.set()
    assert done == ["first of 2", "first of 1", "second of 1", "third of 1"]


async def test_one_busy_chat_does_not_use_up_the_room(processor: ChatOrderProcessor) -> None:
    """Hundreds of waiting updates of one chat leave other chats free to go on."""
    gate = asyncio.Event()

    async def wait() -> None:
        await gate.wait()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(300):
            tasks.create_task(processor.process_update(update_in(1), wait()))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await processor.process_update(update_in(2), asyncio.sleep(0))
        gate.set()


async def test_buttons_do_not_wait(processor: ChatOrderProcessor) -> None:
    """The press of a button is handled while a question of its chat is worked on."""
    gate = asyncio.Event()
    question = update_in(1)
    press = Update(2, callback_query=CallbackQuery("1", User(1, "A", False), "x", message=question.message))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(question, _wait_for(gate)))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await processor.process_update(press, asyncio.sleep(0))
        gate.set()


async def test_no_lock_stays_behind(processor: ChatOrderProcessor) -> None:
    """After its updates a chat leaves nothing in memory, also when one of them failed."""
    for chat_id in range(50):
        await processor.process_update(update_in(chat_id), asyncio.sleep(0))
    with pytest.raises(RuntimeError, match="boom"):
        await processor.process_update(update_in(1), _fail())
    gc.collect()
    assert len(processor._locks) == 0
    assert not processor._tasks


async def test_cancel_all(processor: ChatOrderProcessor) -> None:
    """What is running or still waiting is cancelled, without warnings about what never ran."""
    gate = asyncio.Event()
    tasks = [asyncio.create_task(processor.process_update(update_in(1), _wait_for(gate))) for _ in range(3)]
    await asyncio.sleep(0)
    assert await processor.cancel_all() == 3
    assert all(task.cancelled() for task in tasks)
    gc.collect()


async def test_cancel_does_not_wait(processor: ChatOrderProcessor) -> None:
    """/cancel is handled while the question that it is for is worked on."""
    gate = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(update_in(1), _wait_for(gate)))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await processor.process_update(update_in(1, "/cancel"), asyncio.sleep(0))
        gate.set()


async def test_handled_updates_are_ticked_off(processor: ChatOrderProcessor, inbox: Inbox) -> None:
    """A handled update is no longer in the inbox; one that was cut off is, as started, and one in the queue waits."""
    handled, cut_off, queued = (update_in(chat) for chat in (1, 2, 3))
    queue = DurableQueue(inbox)
    for update in (handled, cut_off, queued):
        await queue.put(update)
    await processor.process_update(handled, asyncio.sleep(0))
    task = asyncio.create_task(processor.process_update(cut_off, _wait_for(asyncio.Event())))
    await _until_started(inbox, cut_off.update_id)
    await processor.cancel_all()
    assert task.cancelled()
    found = {entry.update_id: entry.stage for entry in await inbox.unfinished()}
    assert found == {cut_off.update_id: Stage.STARTED, queued.update_id: Stage.WAITING}


async def test_an_update_that_cannot_be_stored_is_not_taken(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk refuses, an update is handled, and Telegram is not told that it arrived until it is stored."""
    faults = 2
    store = inbox.store

    async def failing(update: Update) -> bool:
        nonlocal faults
        faults -= 1
        if faults >= 0:
            raise StoreError("no space")
        return await store(update)

    monkeypatch.setattr(inbox, "store", failing)
    monkeypatch.setattr("bot.updates._FIRST_WAIT", 0.01)
    queue = DurableQueue(inbox)
    putting = asyncio.create_task(queue.put(update_in(1)))
    await asyncio.sleep(0)
    assert (queue.qsize(), putting.done(), await inbox.depth()) == (1, False, (0, 0))
    await asyncio.wait_for(putting, 5)
    assert (queue.qsize(), await inbox.depth()) == (1, (1, 0))


async def test_an_update_that_is_handled_need_not_be_stored(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram may hear that it arrived; when it is stored in the same moment, it is ticked off there."""
    store = inbox.store

    async def failing(_: Update) -> bool:
        raise StoreError("no space")

    async def late(update: Update) -> bool:
        inbox.unstored.handled(update.update_id)
        return await store(update)

    monkeypatch.setattr("bot.updates._FIRST_WAIT", 0.01)
    monkeypatch.setattr(inbox, "store", failing)
    queue = DurableQueue(inbox)
    putting = asyncio.create_task(queue.put(update_in(1)))
    await asyncio.sleep(0.05)
    assert not putting.done()
    monkeypatch.setattr(inbox, "store", late)
    await asyncio.wait_for(putting, 5)
    assert await inbox.depth() == (0, 0)
    monkeypatch.setattr(inbox, "store", failing)
    other = update_in(1)
    putting = asyncio.create_task(queue.put(other))
    await asyncio.sleep(0)
    inbox.unstored.handled(other.update_id)
    await asyncio.wait_for(putting, 5)


async def test_what_came_to_nothing_unstored_is_handled_anew(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is stored, and once however often Telegram delivers it meanwhile; not when another process has it."""
    store, known = inbox.store, asyncio.Event()

    async def failing(_: Update) -> bool:
        raise StoreError("away")

    async def elsewhere(_: Update) -> bool:
        known.set()
        return False

    monkeypatch.setattr("bot.updates._FIRST_WAIT", 0.01)
    queue = DurableQueue(inbox)
    for back, times in ((store, 2), (elsewhere, 1)):
        monkeypatch.setattr(inbox, "store", failing)
        update = update_in(1)
        putting = [asyncio.create_task(queue.put(update)) for _ in range(3)]
        await asyncio.sleep(0.05)
        assert inbox.unstored.leave(update.update_id)
        inbox.unstored.handled(update.update_id)
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in putting)
        monkeypatch.setattr(inbox, "store", back)
        await asyncio.wait_for(asyncio.gather(*putting), 5)
        assert [queue.get_nowait() for _ in range(queue.qsize())] == [update] * times
        assert update.update_id not in inbox.unstored
    assert known.is_set()


async def test_a_second_delivery_is_dropped(inbox: Inbox) -> None:
    """An update that Telegram delivers twice is queued once."""
    queue, update = DurableQueue(inbox), update_in(1)
    await queue.put(update)
    await queue.put(update)
    assert queue.qsize() == 1


async def test_inline_queries_are_not_kept(processor: ChatOrderProcessor, inbox: Inbox) -> None:
    """What is typed letter by letter is handled without a record."""
    queue = DurableQueue(inbox)
    typed = Update(next(numbers), inline_query=InlineQuery("1", User(1, "A", False), "how many", ""))
    await queue.put(typed)
    assert queue.qsize() == 1
    await processor.process_update(typed, asyncio.sleep(0))
    assert await inbox.unfinished() == []


async def test_a_failing_inbox_keeps_nobody_from_an_answer(
    processor: ChatOrderProcessor, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When notes cannot be made, the update is handled all the same."""

    async def failing(_: int) -> None:
        raise StoreError("no space")

    monkeypatch.setattr(inbox, "begin", failing)
    monkeypatch.setattr(inbox, "finish", failing)
    done = asyncio.Event()

    async def handle() -> None:
        done.set()

    await processor.process_update(update_in(1), handle())
    assert done.is_set()


async def test_what_another_process_has_is_not_handled(
    processor: ChatOrderProcessor, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update that another process took over while it waited here runs no handler, and is not ticked off."""
    queue, update = DurableQueue(inbox), update_in(1)
    await queue.put(update)
    monkeypatch.setattr(inbox, "_owner", "another")
    await processor.process_update(update, _fail())
    assert [entry.update_id for entry in await inbox.unfinished()] == [update.update_id]


async def _until_started(inbox: Inbox, update_id: int) -> None:
    for _ in range(500):
        if any(e.update_id == update_id and e.stage is Stage.STARTED for e in await inbox.unfinished()):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the update was not started")


async def _wait_for(event: asyncio.Event) -> None:
    await event.wait()


async def _fail() -> None:
    raise RuntimeError("boom")
