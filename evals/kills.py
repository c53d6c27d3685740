"""`python -m evals kills`: the bot is killed again and again while people ask; is each answered once?"""

from __future__ import annotations

import asyncio
import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evals.bot_process import a_bot
from evals.scripted_bot import answer_to

if TYPE_CHECKING:
    from tests.helpers.bot_api.records import Chat, Message, User
    from tests.helpers.bot_api.server import FakeBotApi

_IN_FLIGHT = 8
_ANSWER_S = (0.3, 2.0)
_LIVES_S = (0.3, 2.5)  # how long a process lives after its first request
_EARLY, _EARLY_S = 0.3, (0.6, 2.0)  # of the processes die so long after they were started
_PATIENCE_S = 60.0


@dataclass(slots=True)
class KillResult:
    """What a trial ended with. `lost` and `twice` are questions, `left_over` messages that are no answer.

    `amid` counts the kills while somebody waited for an answer.
    """

    kills: int
    questions: int
    amid: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every question was answered exactly once, and nothing else stays in the chats."""
        return not (self.lost or self.twice or self.left_over)


async def try_kills(kills: int, questions: int, chats: int, seed: int = 1) -> KillResult:
    """Asks `questions` in `chats`, eight at a time, while the bot's process is killed `kills` times at random.

    Raises:
        TimeoutError: when answers stop coming.
    """
    from tests.helpers.bot_api.server import FakeBotApi

    chance = random.Random(seed)  # noqa: S311 - no secret
    async with FakeBotApi() as api, asyncio.timeout(_PATIENCE_S + 15 * kills + questions):
        places = _places(api, chats)
        asked: list[Message] = []
        amid = 0
        with tempfile.TemporaryDirectory() as folder:
            asking = asyncio.create_task(_ask_all(api, places, questions, asked, chance))
            try:
                for _ in range(kills):
                    # Some die while they still look after what the one before left.
                    early = chance.random() < _EARLY
                    async with a_bot(api, Path(folder), answer_s=_ANSWER_S, wait=not early) as process:
                        await asyncio.sleep(chance.uniform(*(_EARLY_S if early else _LIVES_S)))
                        amid += any(not _answers(message) for message in asked)
                        process.kill()
                async with a_bot(api, Path(folder), answer_s=_ANSWER_S):
                    await asking
                    await api.settle(quiet=1.0, timeout=_PATIENCE_S)
            finally:
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
    return _judge(kills, amid, asked, [chat for chat, _ in places])


async def run_kills(kills: int, questions: int, chats: int) -> int:
    """Tries, prints, and returns 0 when nothing was lost, doubled or left over."""
    result = await try_kills(kills, questions, chats)
    print(f"{result.kills} kills, {result.amid} of them amid answers;", end=" ")
    print(f"{result.questions} questions in {chats} chats, {_IN_FLIGHT} at a time:")
    print(f"lost {len(result.lost)}, answered twice {len(result.twice)}, left over {len(result.left_over)}")
    for line in (*result.lost, *result.twice, *result.left_over):
        print(f"  {line}")
    return 0 if result.good else 1


def _places(api: FakeBotApi, count: int) -> list[tuple[Chat, User]]:
    """Private chats, groups, and supergroups in turn, each with somebody who asks there."""
    places = []
    for number in range(count):
        user = api.user(f"Person {number}")
        kind = ("private", "group", "supergroup")[number % 3]
        chat = api.private_chat(user) if kind == "private" else getattr(api, kind)("Newsroom", members=[user])
        places.append((chat, user))
    return places


async def _ask_all(
    api: FakeBotApi, places: list[tuple[Chat, User]], count: int, asked: list[Message], chance: random.Random
) -> None:
    """Asks the questions in random chats; eight at most wait for their answer."""
    room = asyncio.Semaphore(_IN_FLIGHT)

    async def ask(number: int) -> None:
        async with room:
            chat, user = chance.choice(places)
            question = f"What is number {number:03}?"
            message = api.say(chat, user, question if chat.type == "private" else f"/ask {question}")
            asked.append(message)
            await api.wait_until(lambda: bool(_answers(message)), timeout=_PATIENCE_S)

    async with asyncio.TaskGroup() as tasks:
        for number in range(count):
            tasks.create_task(ask(number))


def _answers(question: Message) -> list[Message]:
    said = answer_to(question.text.removeprefix("/ask "))
    return [m for m in question.chat.messages.values() if m.from_bot and not m.deleted and said in m.text]


def _judge(kills: int, amid: int, asked: list[Message], chats: list[Chat]) -> KillResult:
    result = KillResult(kills, len(asked), amid)
    final: set[int] = set()
    for question in asked:
        found = _answers(question)
        final |= {id(message) for message in found}
        if not found:
            result.lost.append(question.text)
        elif len(found) > 1:
            result.twice.append(question.text)
    result.left_over = [
        f"{message.chat.type}: {message.text}"
        for chat in chats
        for message in chat.messages.values()
        if message.from_bot and not message.deleted and id(message) not in final
    ]
    return result
