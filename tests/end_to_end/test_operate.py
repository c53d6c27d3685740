"""The commands of docs/operate.md, run as they stand there, beside a running bot."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.metrics import Metrics
from tests.bot.command import ROOT, Askwire
from tests.helpers.bot_api.server import FakeBotApi

TEXT = (ROOT / "docs/operate.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
PORT = "9100"


@pytest.fixture
async def operated(weights_dir: Path, tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[tuple[Askwire, int]]:
    """A bot that runs with the sample stories, its metrics at a free port."""
    command = Askwire(tmp_path)
    assert (await asyncio.to_thread(command, "chat", stdin="/quit\n")).code == 0
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "askwire").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n')
    (tmp_path / "bin" / "askwire").chmod(0o755)
    async with FakeBotApi() as api:
        env = {
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "METRICS_LISTEN": f"127.0.0.1:{unused_tcp_port}",
        }
        process = await asyncio.create_subprocess_exec(
            *command.words("run"), cwd=tmp_path, env=command.environment(env), stderr=asyncio.subprocess.PIPE
        )
        try:
            assert process.stderr is not None
            async with asyncio.timeout(90):
                while b"the bot is running" not in await process.stderr.readline():
                    pass
                drained = asyncio.create_task(process.stderr.read())
                while not api.calls("getUpdates"):  # noqa: ASYNC110 - over HTTP
                    await asyncio.sleep(0.05)
            yield Askwire(tmp_path, PATH=f"{tmp_path / 'bin'}:/usr/bin:/bin", **env), unused_tcp_port
        finally:
            process.terminate()
            assert await process.wait() == 0
            await drained


async def test_every_command_works(operated: tuple[Askwire, int]) -> None:
    """Each block of shell lines ends with 0, and the restored collection is the one that was backed up."""
    command, port = operated
    blocks = [text.replace(PORT, str(port)) for kind, text in BLOCKS if kind == "sh"]
    assert len(blocks) == 6
    said = []
    for block in blocks:
        process = await asyncio.create_subprocess_exec(
            *("bash", "-euo", "pipefail", "-c", block),
            cwd=command.folder,
            env=command.environment({"PATH": command._env["PATH"]}),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await process.communicate()
        assert process.returncode == 0, f"{block}\n{out.decode()}"
        said.append(out.decode())
    status, metrics, backup, restored, reindexed, forgotten = said
    assert "in use by a running askwire" in status
    assert "It knows the bot @" in status
    assert metrics.startswith("ok\naskwire_")
    told = Metrics().exposition(0, 0).decode()
    assert [name for name in re.findall(r"`(askwire_\w+)[{`]", TEXT) if f"# TYPE {name} " not in told] == []
    articles = re.search(r"Backed up (\d+) articles", backup)
    assert articles
    assert f"Restored {articles[1]} articles" in restored
    assert re.search(rf"^Articles +{articles[1]}$", restored, re.MULTILINE)
    assert "Problems         none" in restored
    chunks = re.search(r"in (\d+) chunks", backup)
    assert chunks
    assert f"local:multilingual-e5-small has embedded {chunks[1]} chunks, and its vector index is" in reindexed
    assert f"Deleted {chunks[1]} vectors" in forgotten


def test_other_blocks_are_for_engines_that_a_test_lacks() -> None:
    """What is not run here begins with a root's or a user's prompt, and is about systemd, or containers."""
    others = [line for kind, text in BLOCKS if kind != "sh" for line in text.splitlines()]
    assert {kind for kind, _ in BLOCKS} == {"sh", "console"}
    known = r"[#$] (useradd|install|systemctl|journalctl|docker compose|ASKWIRE_HOME=\S+ scripts/image-steps) "
    assert [line for line in others if not re.match(known, line)] == []
    for path in re.findall(r"(?:scripts|deploy)/[\w.-]+|\.env\.example", " ".join(others)):
        assert (ROOT / path).exists()
