"""Parsing of what others wrote, in processes that can be killed: a bad input costs its own error and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from index import errors
from index.errors import SourceError, TooLargeError, UnreadableError
from index.parsing_limits import ParsingLimits
from index.parsing_process import ParsingEndedError, ParsingProcess
from index.parsing_wire import ERROR
from index.sources.metadata import shown_name
from index.sources.textclean import normalize_line, shorten

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

_USUAL = ParsingLimits()
_LONGEST_MESSAGE = 500


class Parsers:
    """Runs parsers by name in up to `processes` processes, started when they are needed.

    Args:
        limits: what one input may cost.
        processes: how many inputs are parsed at the same time.
        idle: seconds without a request after which the processes end.
        module: what a process runs.
    """

    def __init__(
        self,
        limits: ParsingLimits = _USUAL,
        *,
        processes: int = 2,
        idle: float = 60.0,
        module: str = "index.parsing_worker",
    ) -> None:
        self._limits = limits
        self._module = module
        self._free = asyncio.Semaphore(processes)
        self._idle_seconds = idle
        self._timer: asyncio.TimerHandle | None = None
        self._idle: list[ParsingProcess] = []
        self._living: set[ParsingProcess] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def parse(self, parser: str, data: bytes, result: type[T], *, shown: str, **arguments: Any) -> T:
        """What a parser of `index.parsing_table` makes of `data`.

        Args:
            parser: its name.
            data: the input.
            result: the type of what it returns, such as `list[Article]`.
            shown: what messages call the input: the name of a file or a site.
            arguments: the parser's other arguments, as JSON can hold them.

        Raises:
            SourceError: the parser's own, or no parsing process can be started, or this is closed.
            TooLargeError: it takes more time or memory than one input may, or gives too much.
            UnreadableError: the parser breaks down over it.
        """
        header: dict[str, object] = {"parser": parser, "arguments": arguments, "shown": shown_name(shown)}
        async with self._free:
            try:
                kind, reply = await self._answer(header, data)
            except ParsingEndedError as error:
                raise self._failure(error, shown_name(shown)) from error
        if kind == ERROR:
            raise _told(reply)
        return await asyncio.to_thread(_read, reply, result, shown_name(shown))

    async def close(self) -> None:
        """Ends all processes; what they are parsing is given up."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        for process in list(self._living):
            self._end(process)
        await asyncio.gather(*self._ending)

    async def _answer(self, header: dict[str, object], data: bytes) -> tuple[bytes, bytes]:
        while self._idle and not self._closed:
            process = self._idle.pop()
            if not process.is_alive:
                self._end(process)
                continue
            try:
                return await self._ask(process, header, data)
            except ParsingEndedError as error:
                if error.slow:
                    raise
                break  # it may have been about to end before it was asked: a new one decides
        if self._closed:
            raise ParsingEndedError(slow=False)
        return await self._ask(await ParsingProcess.spawn(self._module, self._limits), header, data)

    async def _ask(self, process: ParsingProcess, header: dict[str, object], data: bytes) -> tuple[bytes, bytes]:
        self._living.add(process)
        try:
            reply = await process.ask(header, data)
        except BaseException:
            self._end(process)  # what it still says must answer nobody else
            raise
        self._idle.append(process)
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle_seconds, self._end_idle)
        return reply

    def _end_idle(self) -> None:
        while self._idle:
            self._end(self._idle.pop())

    def _end(self, process: ParsingProcess) -> None:
        self._living.discard(process)
        process.kill()
        task = asyncio.get_running_loop().create_task(process.gone())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _failure(self, error: ParsingEndedError, shown: str) -> SourceError:
        if self._closed:
            return SourceError(f"{shown} was not read: askwire is stopping. Try again later.")
        if error.slow:
            return TooLargeError(
                f"{shown} takes over {self._limits.seconds:g} seconds to read. "
                "Split it, or save it as plain text, and try again."
            )
        return _broken(shown)


def _broken(shown: str) -> UnreadableError:
    return UnreadableError(f"{shown} is broken, or takes too much memory to read. Save it as plain text and try again.")


def _told(reply: bytes) -> SourceError:
    """The error that a parsing process tells of; the process is not trusted to name one of ours on one line."""
    try:
        name, message = json.loads(reply)
        kind = vars(errors).get(str(name))
        text = shorten(normalize_line(str(message)), _LONGEST_MESSAGE)
    except (ValueError, TypeError, RecursionError):
        return _broken("the file")
    return kind(text) if isinstance(kind, type) and issubclass(kind, SourceError) else UnreadableError(text)


def _read(reply: bytes, result: type[T], shown: str) -> T:
    from pydantic import ValidationError

    try:
        value: T = _adapter(cast("Hashable", result)).validate_json(reply, strict=True)
    except ValidationError as error:
        raise _broken(shown) from error
    return value


@cache
def _adapter(result: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(result)
