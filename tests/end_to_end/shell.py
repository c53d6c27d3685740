"""Shell lines of a document, run as a reader runs them, in a folder of their own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot.command import ROOT, Askwire

WAIT_S = 90  # for a server or a bot to start on a busy machine


def block_of(document: str, beginning: str) -> str:
    """The block of shell lines with these first words."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = [block for block in blocks if block.startswith(beginning)]
    return str(found)


class Shell:
    """Runs shell lines in a folder of their own, `askwire` being this one."""

    def __init__(self, folder: Path, path: str = "", **env: str) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        self.program("askwire", f'exec "{sys.executable}" -m bot "$@"')
        found = f"{folder / 'bin'}:{Path(sys.executable).parent}:{path}:/usr/bin:/bin:/usr/sbin:/sbin"
        self._env = Askwire(folder, **env).environment({"PATH": found})

    def program(self, name: str, script: str) -> None:
        """Puts a program of a line of shell before all others of its name."""
        file = self.folder / "bin" / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    async def __call__(self, lines: str) -> str:
        """What they say; each must end with 0."""
        process = await self._started(lines, subprocess.STDOUT)
        said, _ = await process.communicate()
        assert process.returncode == 0, f"{lines}\n{said.decode()}"
        return said.decode()

    @asynccontextmanager
    async def beside(self, line: str, until: str = "") -> AsyncIterator[None]:
        """Runs a line for as long as the block lasts; `until` is awaited on its standard error first.

        What it starts is told to end with it, and killed when it does not.
        """
        process = await self._started(line, subprocess.PIPE)
        assert process.stderr is not None
        rest = None
        try:
            if until:
                await _heard(process.stderr, until)
            rest = asyncio.create_task(process.stderr.read())
            yield
        finally:
            _signal(process, signal.SIGTERM)
            try:
                async with asyncio.timeout(WAIT_S):
                    await (rest or process.stderr.read())  # until the last one that writes there has ended
            finally:
                _signal(process, signal.SIGKILL)
                await process.wait()

    async def _started(self, lines: str, errors: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *("bash", "-euo", "pipefail", "-c", lines),
            cwd=self.folder,
            env=self._env,
            stdout=subprocess.DEVNULL if errors != subprocess.STDOUT else subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )


async def _heard(said: asyncio.StreamReader, until: str) -> None:
    """Reads lines until one has these words."""
    lines: list[str] = []
    async with asyncio.timeout(WAIT_S):
        while not (lines and until in lines[-1]):
            lines.append((await said.readline()).decode())
            assert lines[-1], f"It has ended: {''.join(lines)}"


def _signal(process: asyncio.subprocess.Process, number: int) -> None:
    """To a process and all that it has started, as far as any is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
