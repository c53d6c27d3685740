"""A throwaway Chroma server, `chroma run` from the chromadb package, on loopback."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import httpx

from index.config import ChromaServer

_STARTS_WITHIN_S = 60.0


class RunningChroma:
    """A server process on one port and folder, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int:
        """Of the running server."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        program = Path(sys.executable).with_name("chroma")
        where = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(  # noqa: S603 – its own program
            [str(program), "run", *where], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + _STARTS_WITHIN_S
        while True:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"{self.url}/api/v2/heartbeat", timeout=5).raise_for_status()
                return
            assert self._process.poll() is None, "chroma run has ended"
            assert time.monotonic() < until, "chroma run does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """Ends it at once, as kill -9 does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def empty_database(self) -> ChromaServer:
        """A database of its own on the server."""
        name = f"t{token_hex(6)}"
        made = httpx.post(f"{self.url}/api/v2/tenants/default_tenant/databases", json={"name": name}, timeout=30)
        made.raise_for_status()
        return ChromaServer(self.url, database=name)


@contextlib.contextmanager
def server() -> Iterator[RunningChroma]:
    """A running server, gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="chroma-"))
    running = RunningChroma(folder)
    try:
        running.start()
        yield running
    finally:
        running.kill()
        shutil.rmtree(folder, ignore_errors=True)
