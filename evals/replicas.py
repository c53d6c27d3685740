"""`python -m evals replicas`: two bots on one PostgreSQL database, one is killed; is each question answered once?"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evals.newsset import DataError
from evals.scripted_bot import answer_to

if TYPE_CHECKING:
    from sqlalchemy import URL

    from tests.helpers.bot_api.records import Chat, Message
    from tests.helpers.bot_api.server import FakeBotApi

_ANSWER_S = 0.3
_AT_ONCE = 3  # questions that a chat asks before the first of them is answered
_START_S = 120.0


@dataclass(slots=True)
class ReplicaResult:
    """What a trial ended with. `lost` and `twice` are questions, `disordered` chats; the time from first to last."""

    questions: int
    chats: int
    answered_before_kill: int
    seconds: float
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    disordered: list[int] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every question was answered exactly once, and each chat's in their order."""
        return not (self.lost or self.twice or self.disordered)


async def try_replicas(questions: int, chats: int, database: URL) -> ReplicaResult:
    """Asks `questions` in `chats`, a few at once in each, while one of two bots is killed when half are answered.

    Raises:
        TimeoutError: when answers stop coming.
    """
    from tests.helpers.bot_api.server import FakeBotApi

    async with FakeBotApi() as api, asyncio.timeout(2 * _START_S + questions):
        people = [api.user(f"Person {number}") for number in range(chats)]
        places = [api.private_chat(user) for user in people]
        asked: list[list[Message]] = [[] for _ in places]
        async with _a_replica(api, database) as dies, _a_replica(api, database):
            started = time.perf_counter()

            async def ask(number: int) -> None:
                for turn in range(number, questions, chats):
                    asked[number].append(api.say(places[number], people[number], f"What is number {turn:04}?"))
                    if len(asked[number]) >= _AT_ONCE:
                        await api.wait_until(lambda: bool(_answers(asked[number][1 - _AT_ONCE])), questions)

            asking = asyncio.gather(*map(ask, range(chats)))

            def every() -> list[Message]:
                return [message for messages in asked for message in messages]

            await api.wait_until(lambda: sum(bool(_answers(m)) for m in every()) * 2 >= questions, questions)
            before = sum(bool(_answers(message)) for message in every())
            dies.kill()
            await asking
            await api.wait_until(lambda: all(map(_answers, every())), questions)
            seconds = time.perf_counter() - started
            await api.settle(quiet=2.0, timeout=60.0)
    return _judge(ReplicaResult(len(every()), chats, before, seconds), asked, places)


async def run_replicas(questions: int, chats: int) -> int:
    """Tries on a throwaway database, prints, and returns 0 when all is well.

    Raises:
        DataError: when PostgreSQL's server is not installed.
    """
    from evals import postgres_server as postgres

    if reason := postgres.missing():
        raise DataError(f"{reason}.")
    with postgres.server() as url:
        result = await try_replicas(questions, chats, url)
    print(f"{result.questions} questions in {result.chats} chats, two bots on one PostgreSQL database,", end=" ")
    print(f"one killed after {result.answered_before_kill} answers; {result.seconds:.0f} s:")
    print(f"lost {len(result.lost)}, answered twice {len(result.twice)}, chats out of order {len(result.disordered)}")
    for line in (*result.lost, *result.twice):
        print(f"  {line}")
    return 0 if result.good else 1


@contextlib.asynccontextmanager
async def _a_replica(api: FakeBotApi, database: URL) -> AsyncIterator[asyncio.subprocess.Process]:
    from index.database import place_text

    before = api.polls
    command = ("-m", "tests.bot.replica", place_text(database), api.url, api.token, str(_ANSWER_S))
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=asyncio.subprocess.DEVNULL)
    try:
        await api.wait_until(lambda: api.polls > before or process.returncode is not None, _START_S)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _answers(question: Message) -> list[Message]:
    said = answer_to(question.text)
    return [m for m in question.chat.messages.values() if m.from_bot and not m.deleted and said in m.text]


def _judge(result: ReplicaResult, asked: list[list[Message]], places: list[Chat]) -> ReplicaResult:
    for chat, messages in zip(places, asked, strict=True):
        order: list[int] = []
        for question in messages:
            found = _answers(question)
            if not found:
                result.lost.append(question.text)
            elif len(found) > 1:
                result.twice.append(question.text)
            order += [message.id for message in found[:1]]
        if order != sorted(order):
            result.disordered.append(chat.id)
    return result
