"""One parsing process as its parent sees it: started, asked one thing at a time, killed with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from index.errors import SourceError
from index.parsing_limits import ParsingLimits
from index.parsing_wire import ERROR, READY, REPLY, REQUEST, RESULT, SIGNALLED

_STARTED_WITHIN = 60.0  # seconds
_GONE_WITHIN = 2.0  # seconds after its kill
_LONGEST_ERROR = 10_000  # bytes
_BUFFER = 1_000_000  # bytes read ahead
_TIMES_UP = {SIGNALLED + getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)}


class ParsingEndedError(Exception):
    """The process ended without an answer; `slow` when it was for its time."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__()
        self.slow = slow


class ParsingProcess:
    """A process that parses; once an `ask` has failed or was cancelled it is of no more use and must be killed."""

    def __init__(self, process: asyncio.subprocess.Process, limits: ParsingLimits) -> None:
        self._process = process
        self._limits = limits
        self._is_ready = False

    @classmethod
    async def spawn(cls, module: str, limits: ParsingLimits) -> ParsingProcess:
        """Starts `module` as a process with nothing of this one's environment; the first `ask` waits until it is ready.

        Raises:
            SourceError: it cannot be started.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", module, json.dumps(asdict(limits))),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,  # a traceback could show what an article says
                env=_environment(),
                cwd=Path(sys.executable).anchor,
                start_new_session=True,
                limit=_BUFFER,
            )
        except OSError as error:
            raise _not_started() from error
        return cls(process, limits)

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return self._process.returncode is None

    async def ask(self, header: dict[str, object], data: bytes) -> tuple[bytes, bytes]:
        """The kind of the reply (`RESULT` or `ERROR`) and the reply, in JSON.

        Raises:
            ParsingEndedError: the process ended, or did not answer in time or as agreed.
            SourceError: the process did not become ready.
        """
        if not self._is_ready:
            await self._ready()
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._exchange(header, data)
        except TimeoutError as error:
            raise ParsingEndedError(slow=True) from error

    def kill(self) -> None:
        """Ends the process and its copies at once."""
        if not self.is_alive:
            return
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Waits until a killed process is gone and its pipes are closed."""
        stdin, stdout = self._pipes()
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(_GONE_WITHIN):
                await self._process.wait()
                while await stdout.read(_BUFFER):
                    pass
                stdin.close()
                await stdin.wait_closed()

    async def _ready(self) -> None:
        try:
            async with asyncio.timeout(_STARTED_WITHIN):
                await self._reply(READY)
        except (TimeoutError, ParsingEndedError) as error:
            raise _not_started() from error
        self._is_ready = True

    async def _exchange(self, header: dict[str, object], data: bytes) -> tuple[bytes, bytes]:
        described = json.dumps(header).encode()
        stdin, _ = self._pipes()
        stdin.writelines([REQUEST.pack(len(described), len(data)), described, data])
        try:
            await stdin.drain()
        except ConnectionError as error:
            raise await self._ended() from error
        return await self._reply(RESULT, ERROR)

    async def _reply(self, *kinds: bytes) -> tuple[bytes, bytes]:
        _, stdout = self._pipes()
        try:
            kind, size = REPLY.unpack(await stdout.readexactly(REPLY.size))
            if kind not in kinds or size > (self._limits.result if kind == RESULT else _LONGEST_ERROR):
                raise ParsingEndedError(slow=False)
            return kind, await stdout.readexactly(size)
        except asyncio.IncompleteReadError as error:
            raise await self._ended() from error

    async def _ended(self) -> ParsingEndedError:
        return ParsingEndedError(slow=await self._process.wait() in _TIMES_UP)

    def _pipes(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        assert self._process.stdin  # noqa: S101 - both are pipes, as asked for
        assert self._process.stdout  # noqa: S101 - as above
        return self._process.stdin, self._process.stdout


def _environment() -> dict[str, str]:
    """What an interpreter needs to start and to find the same modules: no setting and no secret."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
    }
    if sys.platform == "win32":
        import ctypes

        folder = ctypes.create_unicode_buffer(260)
        ctypes.windll.kernel32.GetSystemWindowsDirectoryW(folder, len(folder))
        environment["SYSTEMROOT"] = folder.value
    return environment


def _not_started() -> SourceError:
    return SourceError("Files and pages cannot be read now: no process for it can be started. Try again later.")
