"""The process that parses what others wrote: `python -m index.parsing_worker LIMITS`.

Requests come by standard input, replies go to standard output, as `index.parsing_wire` has it. A request's header is
`{"parser": its name, "arguments": its further ones, "shown": what messages call the input}`.
It ends with its parent, whose end closes standard input.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import sys
import threading
from typing import Any, BinaryIO

from index import parsing_table
from index.errors import SourceError, TooLargeError, UnreadableError
from index.parsing_limits import ParsingLimits, confine, time_limited
from index.parsing_table import parser_of
from index.parsing_wire import ERROR, READY, REPLY, REQUEST, RESULT, SIGNALLED

_ANSWERED = 77  # a copy's exit code when its reply is sent: no other way of ending has it by chance


def main() -> None:
    """Answers requests until standard input ends."""
    limits = ParsingLimits(**json.loads(sys.argv[1]))
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # sent to all processes of a service or a terminal at once
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    requests, replies = _pipes()
    _preload()
    _reply(replies, READY, b"")
    if not limits.forks:
        confine(limits)
    while request := _next(requests):
        if limits.forks:
            _answer_in_a_copy(*request, limits, requests, replies)
        else:
            _answer(*request, limits, replies)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for this module alone: a library that prints must not speak to the parent."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)
    return requests, replies


def _preload() -> None:
    for module in (*parsing_table.LIBRARIES, *(module for module, _ in parsing_table.PARSERS.values())):
        with contextlib.suppress(ImportError):  # told when it is asked for
            importlib.import_module(module)
    with contextlib.suppress(Exception):  # the same
        parser_of("page")(parsing_table.SAMPLE, **parsing_table.SAMPLE_ARGUMENTS)
    gc.collect()
    gc.freeze()  # or each copy would write to all of the memory that it shares


def _next(requests: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    sizes = requests.read(REQUEST.size)
    if len(sizes) < REQUEST.size:
        return None
    header, data = REQUEST.unpack(sizes)
    return json.loads(requests.read(header)), requests.read(data)


def _answer_in_a_copy(
    header: dict[str, Any], data: bytes, limits: ParsingLimits, requests: BinaryIO, replies: BinaryIO
) -> None:
    """Parses in a copy of this process, so that nothing of one input is left for the next."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            threading.Thread(target=_end_with_parent, args=[requests], daemon=True).start()
            confine(limits)
            _answer(header, data, limits, replies)
            code = _ANSWERED
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != _ANSWERED:  # it may have ended amid its reply, so no other can follow
        os._exit(SIGNALLED - code if code < 0 else code)


def _end_with_parent(requests: BinaryIO) -> None:
    poll = select.poll()
    poll.register(requests.fileno(), 0)  # without an event asked for, only the end is told
    poll.poll()
    os._exit(1)


def _answer(header: dict[str, Any], data: bytes, limits: ParsingLimits, replies: BinaryIO) -> None:
    try:
        with time_limited(limits):
            kind, payload = RESULT, _parsed(header, data, limits)
    except SourceError as error:
        kind, payload = ERROR, json.dumps([type(error).__name__, str(error)]).encode()
    _reply(replies, kind, payload)


def _parsed(header: dict[str, Any], data: bytes, limits: ParsingLimits) -> bytes:
    """What the named parser makes of the data, as JSON.

    Raises:
        SourceError: the parser's own, or what stands for its unforeseen end.
    """
    name = header["shown"]
    try:
        payload = _json(parser_of(header["parser"])(data, **header["arguments"]))
    except SourceError:
        raise
    except MemoryError as error:
        raise TooLargeError(
            f"{name} takes too much memory to read. Split it, or save it as plain text, and try again."
        ) from error
    except Exception as error:  # whatever a library raises, it is about this one input
        raise UnreadableError(f"{name} is broken in a way that cannot be read. Save it anew and try again.") from error
    if len(payload) > limits.result:
        raise TooLargeError(f"{name} holds too much text to be taken in at once. Split it and try again.")
    return payload


def _json(result: object) -> bytes:
    from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

    try:
        return to_json(result)
    except PydanticSerializationError:  # one half of a character must not cost all that was read
        return json.dumps(to_jsonable_python(result), ensure_ascii=False).encode("utf-8", "replace")


def _reply(replies: BinaryIO, kind: bytes, payload: bytes) -> None:
    replies.write(REPLY.pack(kind, len(payload)))
    replies.write(payload)
    replies.flush()


if __name__ == "__main__":
    main()
