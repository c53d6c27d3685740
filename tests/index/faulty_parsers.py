"""A parsing process whose parsers fail in every way: `python -m tests.index.faulty_parsers LIMITS`."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from index import parsing_table
from index.errors import FetchError, UnsupportedError
from index.parsing_wire import REPLY, RESULT
from index.parsing_worker import main
from index.types import Article

_marks: list[str] = []


def echo(data: bytes) -> list[str]:
    return [data.decode()]


def pids(data: bytes) -> list[int]:
    return [os.getpid(), os.getppid()]


def sleep(data: bytes) -> None:
    if data:
        Path(f"/proc/self/fd/{data.decode()}").exists()
    time.sleep(100)


def spin(data: bytes) -> None:
    while True:
        pass


def match(data: bytes) -> object:
    """One call of the regular expression engine, which lets no other thread of Python run."""
    return re.fullmatch(r"(a+)+b", "a" * 50)


def segfault(data: bytes) -> str:
    return str(ctypes.string_at(0))


def killed(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(data: bytes) -> None:
    os._exit(0)


def system_exit(data: bytes) -> None:
    raise SystemExit("done")


def raise_odd(data: bytes) -> None:
    raise KeyError("the word SECRET of an article")


def raise_ours(data: bytes) -> None:
    raise UnsupportedError("This is a flute.\nPlay it\x07 instead.")


def raise_fetch(data: bytes) -> None:
    raise FetchError("No site.")


def recurse(data: bytes) -> object:
    return recurse(data)


def eat(data: bytes) -> int:
    return len([bytes(50_000_000) for _ in range(200)])


def long_result(data: bytes) -> str:
    return "a" * int(data)


def surrogate(data: bytes) -> str:
    return "a \ud800 b"


def odd_shape(data: bytes) -> dict[str, int]:
    return {"title": 7}


def chatter(data: bytes) -> str:
    sys.stdout.write("I speak where I must not")
    sys.stdout.flush()
    os.write(1, b"x" * 1000)
    os.write(2, b"SECRET of an article")
    return "well"


def mark(data: bytes) -> list[str]:
    _marks.append(data.decode())
    return _marks


def environment(data: bytes) -> dict[str, str]:
    return dict(os.environ)


def article(data: bytes) -> list[Article]:
    return [Article(title=data.decode(), text="text")]


def outside(data: bytes) -> list[str]:
    """What can be done to the world outside: nothing should be in the list."""
    port, _, path = data.decode().partition(" ")
    ways: list[tuple[str, Callable[[], object]]] = [
        ("connect", lambda: socket.create_connection(("127.0.0.1", int(port)), 1)),
        ("resolve", lambda: socket.getaddrinfo("localhost", 80)),
        ("program", lambda: subprocess.run(["true"], check=True)),
        ("shell", lambda: os.system("true")),  # noqa: S605 - it must not start
        ("write", lambda: Path(path).write_text("x")),
        ("append", lambda: Path(path).open("a").close()),
        ("delete", lambda: Path(path).unlink()),
        ("rename", lambda: Path(path).rename(path + "2")),
        ("folder", lambda: Path(path + "3").mkdir()),
        ("fork", os.fork),
    ]
    done = []
    for name, way in ways:
        with contextlib.suppress(OSError):
            way()
            done.append(name)
    return done


def lie(data: bytes) -> None:
    """A taken-over parser that speaks to the parent itself."""
    for number in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(number, data)
    time.sleep(100)


FAULTY = (
    echo, pids, sleep, spin, match, segfault, killed, leave, system_exit, raise_odd, raise_ours, raise_fetch, recurse,
    eat, long_result, surrogate, odd_shape, chatter, mark, environment, article, outside, lie,
)  # fmt: skip

TOO_LONG = REPLY.pack(RESULT, 10**12)

if __name__ == "__main__":
    parsing_table.PARSERS.clear()
    parsing_table.LIBRARIES = ()
    parsing_table.PARSERS.update({parser.__name__: (__spec__.name, parser.__name__) for parser in FAULTY})
    parsing_table.PARSERS["missing"] = ("index.sources.no_such_module", "parse")
    sys.modules[__spec__.name] = sys.modules["__main__"]
    main()
