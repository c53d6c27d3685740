"""Several bots on one database: each question has one answer, whoever of them dies, sleeps or stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import recovery, run, updates
from bot.app import build_application
from bot.context import BotApplication
from bot.inbox import Kind, Stage
from bot.leases import LEASE
from bot.recovery import recover, recover_regularly
from bot.run import serve
from bot.settings import Settings
from bot.state import open_state
from index.database import DatabasePlace, place_text
from index.sources.reader import open_reader
from index.types import Answer, Status
from tests.bot.harness import Scripted
from tests.bot.test_leases import Clock
from tests.bot.test_leases import clock as clock  # noqa: PLC0414 - a fixture
from tests.helpers.bot_api.records import Chat, User
from tests.helpers.bot_api.server import FakeBotApi

PAST_LEASE = LEASE.total_seconds() + 1


class Replica:
    """A bot without its own connection to receive updates; `news` answers when `go_on` is set."""

    def __init__(self, application: BotApplication, go_on: asyncio.Event) -> None:
        self.application, self.go_on = application, go_on
        self.state = application.bot_data.state

    async def receives(self, api: FakeBotApi) -> None:
        """Takes the updates that wait at Telegram, in place of polling."""
        for update in await self.application.bot.get_updates(timeout=0):
            await self.application.update_queue.put(update)
        api.state.updates.pending.clear()

    async def begun(self, count: int = 1) -> None:
        """Waits until so many updates of any process are being handled."""
        async with asyncio.timeout(10):
            while [e.stage for e in await self.state.inbox.unfinished()].count(Stage.STARTED) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def replica(api: FakeBotApi, place: DatabasePlace, *, answering: bool = True) -> AsyncIterator[Replica]:
    """A replica that works until the block ends, and then dies with all that it has begun."""
    go_on = asyncio.Event()
    if answering:
        go_on.set()

    async def act(question: str) -> Answer:
        await go_on.wait()
        return Answer(question, Status.ANSWERED, short_answer=f"Three, to: {question}")

    settings = Settings.model_validate({"telegram_bot_token": api.token, "telegram_api_url": api.url})
    async with open_reader() as reader, open_state(place) as state:
        application = build_application(settings, Scripted(act), reader, state)  # type: ignore[arg-type]  # only `ask`
        async with application:
            state.leases.shared = True
            await state.leases.renew()
            await application.start()
            yield Replica(application, go_on)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.1):
                    await application.stop()


@pytest.fixture
def alice(api: FakeBotApi) -> User:
    return api.user("Alice")


@pytest.fixture
def chat(api: FakeBotApi, alice: User) -> Chat:
    return api.private_chat(alice)


def texts(api: FakeBotApi, chat: Chat) -> list[str]:
    return [reply.text for reply in api.replies(chat)]


async def test_a_living_ones_questions_stay_its_own(
    api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat, clock: Clock
) -> None:
    """Another that starts beside it, and looks again later, answers nothing of what the first is working on."""
    async with replica(api, place, answering=False) as one:
        api.say(chat, alice, "How many?")
        await one.receives(api)
        await one.begun()
        async with replica(api, place) as other:
            for _ in range(2):
                await recover(other.application, alone=False)
                clock.pass_seconds(PAST_LEASE - 2)
                await one.state.leases.renew()
            await api.settle()
            assert texts(api, chat) == []
            one.go_on.set()
            await api.settle()
    assert texts(api, chat) == ["Three, to: How many?"]


async def test_a_dead_ones_questions_are_answered(
    api: FakeBotApi, place: DatabasePlace, alice: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once its lease ran out, the others answer all that it had received, each once, and what it left goes."""
    monkeypatch.setattr(recovery, "_EVERY", 0.05)
    groups = [api.supergroup("News room", members=[alice]) for _ in range(6)]
    async with replica(api, place) as one, replica(api, place) as other:
        looking = [asyncio.create_task(recover_regularly(each.application)) for each in (one, other)]
        async with replica(api, place, answering=False) as dead:
            for group in groups:
                api.say(group, alice, "/ask How many?")
            await dead.receives(api)
            await dead.begun(6)
            passing = await dead.application.bot.send_message(groups[0].id, "Looking …")
            numbers = [entry.update_id for entry in await dead.state.inbox.unfinished()]
            await dead.state.inbox.note_sent(groups[0].id, passing.message_id, numbers[0], Kind.PASSING)
            await dead.application.bot.send_message(groups[1].id, "Three, half noted")
        await asyncio.sleep(0.3)
        assert [texts(api, group) for group in groups[2:]] == [[]] * 4
        clock.pass_seconds(PAST_LEASE)
        for each in (one, other):
            await each.state.leases.renew()
        await api.wait_until(lambda: all("Three, to: How many?" in texts(api, group) for group in groups))
        await api.settle()
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)
    assert [texts(api, group) for group in groups] == [["Three, to: How many?"]] * 6


async def test_who_slept_says_nothing_to_what_another_answered(
    api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat, clock: Clock
) -> None:
    """A process that was away for longer than its lease sends no second answer, and handles nothing that waited."""
    async with replica(api, place, answering=False) as slept, replica(api, place) as other:
        api.say(chat, alice, "First?")
        api.say(chat, alice, "Second?")
        await slept.receives(api)
        await slept.begun()
        clock.pass_seconds(PAST_LEASE)
        await other.state.leases.renew()
        await recover(other.application, alone=False)
        await api.wait_until(lambda: len(api.replies(chat)) == 2)
        await api.settle()
        slept.go_on.set()
        await slept.state.leases.renew()
        third = api.say(chat, alice, "Third?")
        await slept.receives(api)
        await api.wait_for_message(chat, after=third)
        await api.settle()
        async with asyncio.timeout(10):
            while await other.state.inbox.unfinished():  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
    assert texts(api, chat) == [f"Three, to: {which}?" for which in ("First", "Second", "Third")]


async def test_a_chat_is_answered_in_order_by_two(
    api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat
) -> None:
    """A question that came to another process waits for the one before it, and holds up no other chat."""
    async with replica(api, place, answering=False) as one, replica(api, place) as other:
        api.say(chat, alice, "First?")
        await one.receives(api)
        await one.begun()
        api.say(chat, alice, "Second?")
        bobs = api.private_chat(bob := api.user("Bob"))
        asked = api.say(bobs, bob, "Mine?")
        await other.receives(api)
        await api.wait_for_message(bobs, after=asked)
        await asyncio.sleep(2 * updates._LOOK_AGAIN)
        assert texts(api, chat) == []
        one.go_on.set()
        await api.wait_until(lambda: len(api.replies(chat)) == 2)
    assert texts(api, chat) == [f"Three, to: {which}?" for which in ("First", "Second")]


async def test_a_dead_ones_question_comes_before_the_next(
    api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat, clock: Clock
) -> None:
    """Who waits for a process that has died takes its question over first."""
    async with replica(api, place) as other:
        async with replica(api, place, answering=False) as dead:
            api.say(chat, alice, "First?")
            await dead.receives(api)
            await dead.begun()
        api.say(chat, alice, "Second?")
        await other.receives(api)
        clock.pass_seconds(PAST_LEASE)
        await other.state.leases.renew()
        await asyncio.sleep(2 * updates._LOOK_AGAIN)
        assert texts(api, chat) == []
        await recover(other.application, alone=False)
        await api.wait_until(lambda: len(api.replies(chat)) == 2)
    assert texts(api, chat) == [f"Three, to: {which}?" for which in ("First", "Second")]


async def test_a_message_on_its_way_is_no_trace(
    api: FakeBotApi, place: DatabasePlace, alice: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a living one has sent and not noted yet is not taken for what the dead one left behind."""
    monkeypatch.setattr(recovery, "_NOTED_WITHIN", 0.3)
    group = api.supergroup("News room", members=[alice])
    async with replica(api, place) as other:
        async with replica(api, place, answering=False) as dead:
            api.say(group, alice, "/ask How many?")
            await dead.receives(api)
            await dead.begun()
        sent = await other.application.bot.send_message(group.id, "Answer to somebody else")
        clock.pass_seconds(PAST_LEASE)
        recovering = asyncio.create_task(recover(other.application, alone=False))
        await api.wait_until(lambda: bool(api.calls("editMessageReplyMarkup")))
        await other.state.inbox.note_sent(group.id, sent.message_id, None, Kind.FINAL)
        await recovering
        await api.settle()
    assert texts(api, group) == ["Answer to somebody else", "Three, to: How many?"]


async def test_an_orderly_stop_hands_over_at_once(
    api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process that is stopped has not answered in time, another answers without waiting for a lease to end."""
    monkeypatch.setattr(run, "_STOP_WITHIN", 0.1)
    settings = Settings.model_validate({"telegram_bot_token": api.token, "telegram_api_url": api.url})
    begun = asyncio.Event()

    async def never(_: str) -> Answer:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with open_reader() as reader, open_state(place) as state:
        stopped = build_application(settings, Scripted(never), reader, state)  # type: ignore[arg-type]  # only `ask`
        serving = asyncio.create_task(serve(stopped, settings, alone=False))
        api.say(chat, alice, "How many?")
        await begun.wait()
        async with replica(api, place) as other:
            await recover(other.application, alone=False)
            assert texts(api, chat) == []
            os.kill(os.getpid(), signal.SIGTERM)
            await serving
            await recover(other.application, alone=False)
            await api.wait_until(lambda: bool(api.replies(chat)))
    assert texts(api, chat) == ["Three, to: How many?"]


@contextlib.asynccontextmanager
async def a_process(
    api: FakeBotApi, place: DatabasePlace, answer_s: float
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A replica as a process, ended behind the block."""
    command = ("-m", "tests.bot.replica", place_text(place), api.url, api.token, str(answer_s))
    process = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=Path(__file__).parents[2])
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        await process.wait()


@pytest.mark.timeout(90)
async def test_one_of_two_processes_is_killed(api: FakeBotApi, place: DatabasePlace, alice: User, chat: Chat) -> None:
    """After kill -9 amid answers the other process gives them, each once, and none before the lease has ended."""
    groups = [api.supergroup("News room", members=[alice]) for _ in range(4)]
    async with a_process(api, place, answer_s=600) as dies:
        for number, group in enumerate(groups):
            api.say(chat, alice, f"What is number {number}?")
            api.say(group, alice, f"/ask What is number {number}?")
        await api.wait_until(lambda: not api.state.updates.pending, 60)
        polls = api.polls
        async with a_process(api, place, answer_s=0):
            await api.wait_until(lambda: api.polls > polls, 60)
            assert not any("The answer" in text for place in (chat, *groups) for text in texts(api, place))
            dies.kill()
            await dies.wait()
            answers = [f"The answer to “What is number {number}?”" for number in range(4)]
            await api.wait_until(lambda: set(texts(api, chat)) >= set(answers), 30)
            await api.wait_until(
                lambda: all(a in texts(api, group) for a, group in zip(answers, groups, strict=True)), 30
            )
            await api.settle(quiet=0.5)
    assert texts(api, chat) == answers
    assert [texts(api, group) for group in groups] == [[answer] for answer in answers]
