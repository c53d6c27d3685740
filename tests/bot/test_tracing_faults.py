"""Traces when the collector refuses, hangs or is away, when the extra is missing, and when nobody wants any."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import otel_export, otel_tracing
from bot.settings import Settings, SettingsError
from bot.tracing import Tracing, open_tracing
from tests.bot.collector import Collector
from tests.bot.harness import Scripted, running_bot
from tests.bot.traced import answered, ask, settings_for
from tests.helpers.bot_api.server import FakeBotApi


async def warned(log: io.StringIO, what: str) -> None:
    async with asyncio.timeout(20):
        while what not in log.getvalue():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


async def test_a_collector_that_refuses_is_told_once(collector: Collector, log: io.StringIO) -> None:
    """One warning with the status, however many batches; one more line when it takes them again."""
    collector.status = 401
    async with open_tracing(settings_for(collector)) as tracing:
        for calls in range(1, 4):
            with tracing.work("question", calls):
                pass
            while collector.calls < calls:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.02)
        await warned(log, "traces cannot be sent")
        collector.status = 200
        with tracing.work("question", 9):
            pass
        await warned(log, "takes traces again")
    lines = [line for line in log.getvalue().splitlines() if "aiohttp.access" not in line]
    assert len(lines) == 2
    assert "look at OTEL_EXPORTER_OTLP_ENDPOINT" in lines[0] and "HTTP 401" in lines[0]


async def test_a_collector_that_hangs_delays_nothing(
    api: FakeBotApi, collector: Collector, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions are answered as ever, what is kept for it is bounded, and the bot stops soon."""
    monkeypatch.setattr(otel_export, "_WITHIN_S", 30.0)
    monkeypatch.setattr(otel_tracing, "_FLUSH_WITHIN_S", 0.3)
    monkeypatch.setattr(otel_tracing, "_QUEUE", 20)
    monkeypatch.setattr(otel_tracing, "_BATCH", 10)
    collector.go_on.clear()
    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, Scripted(answered), tracing=tracing):
        await ask(api, "One?")
        while not collector.calls:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)
        began = time.monotonic()
        await ask(api, *("Again?" for _ in range(5)))
        for number in range(1000):
            with tracing.work("question", number):
                pass
        assert time.monotonic() - began < 10
        began = time.monotonic()
    assert time.monotonic() - began < 5
    collector.go_on.set()
    await asyncio.sleep(0.2)
    assert len(collector.spans) <= 30
    assert "Queue full" not in log.getvalue()


async def test_a_collector_that_is_away_delays_nothing(
    api: FakeBotApi, log: io.StringIO, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions are answered, and one warning says where to look."""
    monkeypatch.setattr(otel_export, "_WITHIN_S", 0.5)
    settings = Settings.model_validate({"otel_exporter_otlp_endpoint": f"http://127.0.0.1:{unused_tcp_port}"})
    async with open_tracing(settings) as tracing, running_bot(api, Scripted(answered), tracing=tracing):
        await ask(api, "One?", "Two?")
        await warned(log, "traces cannot be sent")
        await ask(api, "Three?")
    assert log.getvalue().count("traces cannot be sent") == 1
    assert "no answer" in log.getvalue()
    assert "Transient" not in log.getvalue()


async def test_what_to_install_is_one_line(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting and without the extra, the bot says so and does not start."""
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.delitem(sys.modules, "bot.otel_export")
    monkeypatch.delitem(sys.modules, "bot.otel_tracing")
    with pytest.raises(SettingsError, match=r"^OTEL_EXPORTER_OTLP_ENDPOINT is set, .*pip install '\.\[otel\]'"):
        async with open_tracing(settings_for(collector)):
            pass


def test_without_the_setting_nothing_of_it_is_loaded() -> None:
    """A bot that traces nothing imports nothing of OpenTelemetry, and its tracing does nothing."""
    code = """
import asyncio, sys, bot.app, bot.run
from bot.settings import Settings
from bot.tracing import open_tracing
async def main():
    async with open_tracing(Settings()) as tracing:
        with tracing.work("question", 1), tracing.part("answer"):
            tracing.ended("late")
asyncio.run(main())
print([name for name in sys.modules if name.startswith(("opentelemetry", "bot.otel", "llama_index"))])
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, cwd=root, env={}
    )
    assert done.stdout.strip() == "[]"


async def test_without_the_setting_there_are_no_spans() -> None:
    """What the bot calls is there, and it is the form that makes none."""
    async with open_tracing(Settings()) as tracing:
        assert type(tracing) is Tracing
