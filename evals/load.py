"""`python -m evals load`: many chats ask at once; how long until each has its reply?

The Bot API server is the tests' own, in this process; the bot is a process beside it, and all stays on this machine.
With an index that answers at once, the time of a reply is the bot's own share, and the server's on top of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.bot_process import a_bot
from evals.intervals import percentile

if TYPE_CHECKING:
    from tests.helpers.bot_api.records import Chat, Message, User
    from tests.helpers.bot_api.server import FakeBotApi

_WARM_UP = 20
_PATIENCE_S = 600.0
_LOCAL_QUESTIONS = (
    "How many rockets hit the embassy?",
    "How long will the bridge repair take?",
    "Who opened the bridge?",
    "How cold was it in the orchards?",
)


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """One trial: seconds from a message to its reply, in ms; `lost` are questions without one; memory in MB."""

    name: str
    asked: int
    lost: int
    answers_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    memory_mb: float

    def line(self) -> str:
        """The figures for a person."""
        return (
            f"{self.name}: {self.asked} questions, lost {self.lost}, {self.answers_per_second:.1f} answers/s, "
            f"p50 {self.p50_ms:.0f} ms, p95 {self.p95_ms:.0f} ms, p99 {self.p99_ms:.0f} ms, "
            f"peak {self.memory_mb:.0f} MB"
        )


async def run_load(chats: int, each: int, rate: float, *, local: bool) -> int:
    """Runs the trials and prints them; 0 when no question was lost."""
    steady = round(rate * 20)
    found = [
        await try_load(f"{rate:.0f} questions/s, an instant model", chats, steady, rate=rate),
        await try_load(f"{chats} chats at once, an instant model", chats, chats * each, rate=None),
    ]
    if local:
        found.append(await try_load("20 chats at once, the local models", 20, 20, rate=None, local=True))
    for figures in found:
        print(figures.line())
    return 1 if any(figures.lost for figures in found) else 0


async def try_load(name: str, chats: int, count: int, *, rate: float | None, local: bool = False) -> LoadFigures:
    """Asks `count` questions from `chats` in turn, at `rate` a second or all at once.

    Raises:
        AssertionError: when the bot does not come up.
    """
    from tests.helpers.bot_api.server import FakeBotApi

    async with FakeBotApi() as api:
        people = [api.user(f"Person {number}") for number in range(chats)]
        places = [(api.private_chat(user), user) for user in people]
        with tempfile.TemporaryDirectory() as folder:
            async with a_bot(api, Path(folder), local=local):
                await _ask(api, places[:1], _WARM_UP if not local else 2, None, local=local)
                started = time.monotonic()
                asked = await _ask(api, places, count, rate, local=local)
                took = time.monotonic() - started
    times = [ms for message in asked if (ms := _reply_ms(message)) is not None]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    p50, p95, p99 = (percentile(times, q) or 0.0 for q in (50, 95, 99))
    return LoadFigures(name, count, count - len(times), len(times) / took, p50, p95, p99, memory)


async def _ask(
    api: FakeBotApi, places: list[tuple[Chat, User]], count: int, rate: float | None, *, local: bool
) -> list[Message]:
    """Asks, and waits until every question has its reply, or no more come."""
    asked: list[Message] = []
    begun = time.monotonic()
    for number in range(count):
        if rate is not None:
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        chat, user = places[number % len(places)]
        text = _LOCAL_QUESTIONS[number % len(_LOCAL_QUESTIONS)] if local else f"What is number {number}?"
        asked.append(api.say(chat, user, text))
    with contextlib.suppress(AssertionError):  # what has no reply is counted as lost
        await api.wait_until(lambda: all(_reply_ms(message) is not None for message in reversed(asked)), _PATIENCE_S)
    return asked


def _reply_ms(asked: Message) -> float | None:
    """The time from a message to the bot's reply to it."""
    replies = (m for m in reversed(asked.chat.messages.values()) if m.from_bot and m.reply_to is asked)
    reply = next(replies, None)
    return None if reply is None else (reply.date - asked.date) * 1000
