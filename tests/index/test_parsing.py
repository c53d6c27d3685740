"""Parsing in a process of its own: what comes back, and what a bad input costs."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import FetchError, TooLargeError, UnreadableError, UnsupportedError
from index.parsing import Parsers
from index.parsing_limits import ParsingLimits
from index.parsing_wire import ERROR, REPLY, RESULT
from index.types import Article
from tests.index.faulty_parsers import TOO_LONG
from tests.index.parsing_trials import FAULTY, QUICK, echo, gone


@pytest.fixture(params=[True, False], ids=["a process each", "one process"])
async def parsers(request: pytest.FixtureRequest) -> AsyncIterator[Parsers]:
    """Faulty parsers with small limits, with a process for each input and, as on Windows, without."""
    limits = ParsingLimits(seconds=QUICK.seconds, memory=QUICK.memory, result=QUICK.result, fork=request.param)
    opened = Parsers(limits, module=FAULTY)
    yield opened
    await opened.close()


async def test_an_article_comes_back_with_all_its_fields() -> None:
    """Nothing is lost or changed between the processes."""
    parsers = Parsers()
    page = (
        "<html lang=en><head><title>Brücke</title><meta name=author content='Ann Lee'>"
        "<meta property='article:published_time' content='2020-01-26T10:00:00+01:00'></head><body><article><p>"
        + "Der Zug fährt wieder über die Brücke, sagte der Bürgermeister am Sonntag. Niemand wurde verletzt. " * 4
        + "</p></article></body></html>"
    ).encode()
    try:
        (article,) = await parsers.parse("file", page, list[Article], shown="a.html", name="a.html")
    finally:
        await parsers.close()
    from index.sources.files import read_file

    assert [article] == read_file(page, "a.html")
    assert article.published_at == datetime(2020, 1, 26, 9, 0, tzinfo=UTC)
    assert isinstance(article.also, tuple)


async def test_errors_keep_their_kind_and_words(parsers: Parsers) -> None:
    """An error of ours is the same here, on one line; the process lives on."""
    with pytest.raises(UnsupportedError) as refusal:
        await parsers.parse("raise_ours", b"", str, shown="a.txt")
    assert str(refusal.value) == "This is a flute. Play it instead."
    with pytest.raises(FetchError, match=r"No site\."):
        await parsers.parse("raise_fetch", b"", str, shown="a.txt")
    await echo(parsers)


@pytest.mark.parametrize("way", ["sleep", "spin", "match"])
async def test_a_slow_input_is_given_up_and_its_process_killed(parsers: Parsers, way: str) -> None:
    """One that waits, computes or sits in one call of a library: an error that says so, and the next works."""
    first, second = await parsers.parse("pids", b"", list[int], shown="a.txt")
    begun = time.monotonic()
    with pytest.raises(TooLargeError, match=r"^slow\.pdf takes over 1 seconds to read\. Split it"):
        await parsers.parse(way, b"", str, shown="/a/folder/slow.pdf")
    assert time.monotonic() - begun < 4
    await echo(parsers)
    assert await gone(*({first, second} - {os.getpid()}))


@pytest.mark.parametrize("way", ["segfault", "killed", "leave", "system_exit"])
async def test_an_input_that_breaks_its_parser_down_is_one_clear_error(parsers: Parsers, way: str) -> None:
    """However the process ends, the input is named on one line, and the next works, also when it was idle before."""
    for _ in range(2):
        with pytest.raises(UnreadableError, match=r"^bad\.pdf is broken") as refusal:
            await parsers.parse(way, b"", str, shown="bad.pdf")
        assert "\n" not in str(refusal.value)
        await echo(parsers)


@pytest.mark.parametrize("way", ["raise_odd", "recurse", "surrogate", "odd_shape"])
async def test_whatever_a_library_raises_is_an_error_of_ours(parsers: Parsers, way: str) -> None:
    """An unforeseen exception or result says nothing of the article and does not end the process."""
    with pytest.raises(UnreadableError, match=r"^bad\.pdf is broken") as refusal:
        await parsers.parse(way, b"", Article, shown="bad.pdf")
    assert "SECRET" not in str(refusal.value)
    await echo(parsers)


async def test_memory_is_bounded(parsers: Parsers) -> None:
    """A parser that asks for 10 GB gets an error that says what to do, and the next works."""
    with pytest.raises(TooLargeError, match=r"^big\.pdf takes too much memory"):
        await parsers.parse("eat", b"", int, shown="big.pdf")
    await echo(parsers)


async def test_the_result_is_bounded(parsers: Parsers) -> None:
    """A result just under the limit comes through, one over it is refused by the process itself."""
    assert len(await parsers.parse("long_result", b"999000", str, shown="a.txt")) == 999_000
    with pytest.raises(TooLargeError, match=r"^a\.txt holds too much text"):
        await parsers.parse("long_result", b"1000001", str, shown="a.txt")
    await echo(parsers)


@pytest.mark.parametrize(
    "said",
    [
        TOO_LONG,
        REPLY.pack(RESULT, 4) + b"nope",
        REPLY.pack(RESULT, 2) + b"[]",
        REPLY.pack(RESULT, 60_000) + b"[" * 60_000,
        REPLY.pack(ERROR, 2) + b"[]",
        REPLY.pack(ERROR, 1_000_000),
        REPLY.pack(ERROR, 5_000) + b"[" * 5_000,
        REPLY.pack(ERROR, 14) + b'["open","/etc"]',
        REPLY.pack(b"X", 0),
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
async def test_a_process_that_lies_is_not_believed(said: bytes) -> None:
    """Whatever a taken-over parser writes is checked as data, and can only be an error about its own input."""
    forking = Parsers(QUICK, module=FAULTY)
    with pytest.raises(UnreadableError) as refusal:
        await forking.parse("lie", said, Article, shown="a.pdf")
    assert "\n" not in str(refusal.value)
    await forking.close()


async def test_what_a_library_prints_is_not_part_of_the_reply(
    parsers: Parsers, capfd: pytest.CaptureFixture[str]
) -> None:
    """Standard output and error of a parser go nowhere: neither to the parent nor to its log."""
    assert await parsers.parse("chatter", b"", str, shown="a.txt") == "well"
    await echo(parsers)
    assert capfd.readouterr() == ("", "")


async def test_a_parser_has_no_secret(parsers: Parsers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process gets what an interpreter needs to start, and none of this one's variables."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:SECRET")
    seen = await parsers.parse("environment", b"", dict[str, str], shown="a.txt")
    assert {"PATH", "LANG", "PYTHONUTF8", "PYTHONPATH"} >= set(seen) - {"LC_CTYPE"}
    assert "SECRET" not in str(seen)


async def test_a_parser_reaches_nothing_outside(parsers: Parsers, tmp_path: Path) -> None:
    """No connection, no name looked up, no program, no file written, moved or deleted."""
    kept = tmp_path / "kept.txt"
    kept.write_text("as it was")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        data = f"{server.getsockname()[1]} {kept}".encode()
        assert await parsers.parse("outside", data, list[str], shown="a.txt") == []
        with pytest.raises(BlockingIOError):
            server.accept()
    assert kept.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [kept]


async def test_an_unknown_or_missing_parser_breaks_only_itself(parsers: Parsers) -> None:
    """A name outside the table, or a module that is not installed, is an error; the others work."""
    for name in ("os.system", "missing"):
        with pytest.raises(UnsupportedError, match="Install it anew"):
            await parsers.parse(name, b"", str, shown="a.txt")
    await echo(parsers)
