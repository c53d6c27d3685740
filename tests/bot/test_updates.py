"""The order of updates."""

from __future__ import annotations

import asyncio
import gc

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.updates import ChatOrderProcessor
from tests.helpers.updates import message


def update_in(chat_id: int) -> Update:
    """A message in a chat of this id."""
    made = message("hi")
    return Update(1, message=Message(1, made.date, Chat(chat_id, "private"), text="hi"))


async def test_one_chat_in_order_others_beside_it() -> None:
    """A chat's updates are handled one after the other as they came, while another chat does not wait."""
    processor = ChatOrderProcessor()
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


async def test_one_busy_chat_does_not_use_up_the_room() -> None:
    """Hundreds of waiting updates of one chat leave other chats free to go on."""
    processor = ChatOrderProcessor()
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


async def test_buttons_do_not_wait() -> None:
    """The press of a button is handled while a question of its chat is worked on."""
    processor = ChatOrderProcessor()
    gate = asyncio.Event()
    question = update_in(1)
    press = Update(2, callback_query=CallbackQuery("1", User(1, "A", False), "x", message=question.message))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(question, _wait_for(gate)))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await processor.process_update(press, asyncio.sleep(0))
        gate.set()


async def test_no_lock_stays_behind() -> None:
    """After its updates a chat leaves nothing in memory, also when one of them failed."""
    processor = ChatOrderProcessor()
    for chat_id in range(50):
        await processor.process_update(update_in(chat_id), asyncio.sleep(0))
    with pytest.raises(RuntimeError, match="boom"):
        await processor.process_update(update_in(1), _fail())
    gc.collect()
    assert len(processor._locks) == 0
    assert not processor._tasks


async def test_cancel_all() -> None:
    """What is running or still waiting is cancelled, without warnings about what never ran."""
    processor = ChatOrderProcessor()
    gate = asyncio.Event()
    tasks = [asyncio.create_task(processor.process_update(update_in(1), _wait_for(gate))) for _ in range(3)]
    await asyncio.sleep(0)
    assert await processor.cancel_all() == 3
    assert all(task.cancelled() for task in tasks)
    gc.collect()


async def _wait_for(event: asyncio.Event) -> None:
    await event.wait()


async def _fail() -> None:
    raise RuntimeError("boom")
