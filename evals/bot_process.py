"""The bot as a process beside this one, for trials with the tests' Bot API server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.helpers.bot_api.server import FakeBotApi

_START_S = 120.0


@contextlib.asynccontextmanager
async def a_bot(
    api: FakeBotApi,
    folder: Path,
    *,
    answer_s: tuple[float, float] = (0.0, 0.0),
    wait: bool = True,
    local: bool = False,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot's process, ended behind the block: with a scripted index that takes `answer_s`, or the local models.

    With `wait` the block begins when the bot asks for updates.

    Raises:
        AssertionError: when it does not come up.
    """
    before = api.polls
    command = ["-m", "evals.scripted_bot", str(folder), api.url, api.token, *map(str, answer_s)]
    if local:
        command.append("local")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env={**os.environ})
    try:
        if wait:
            await api.wait_until(lambda: api.polls > before or process.returncode is not None, _START_S)
        yield process
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        await process.wait()
