"""Sources are read beside the work on them: in order, bounded, and stopped with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from bot import reading_ahead
from bot.reading_ahead import ReadingAhead, ReadSource
from bot.reading_ahead import reading_ahead as read_ahead
from index.errors import SourceError, UnreadableError
from index.types import Article


def article(text: str = "text") -> Article:
    return Article(title="title", text=text)


async def collected(ahead: ReadingAhead, wait: float = 0.01) -> list[list[ReadSource]]:
    """All batches, each worked on for a while."""
    batches = []
    async for batch in ahead.batches():
        batches.append(batch)
        await asyncio.sleep(wait)
    return batches


async def test_what_is_read_meanwhile_goes_together() -> None:
    """The first source is handed out at once, what was read while it was worked on comes in one list, in order."""

    async def read(source: str) -> list[Article]:
        return [article(source)]

    async with read_ahead("abcd", read) as ahead:
        batches = await collected(ahead)
    assert [item.source for batch in batches for item in batch] == list("abcd")
    assert len(batches) < 4


async def test_a_faulty_source_is_one_of_the_batch() -> None:
    """The others are read as if it were not there."""

    async def read(source: str) -> list[Article]:
        if source == "b":
            raise UnreadableError("b is empty.")
        return [article()]

    async with read_ahead("abc", read) as ahead:
        items = [item for batch in await collected(ahead) for item in batch]
    assert [(item.source, str(item.problem or "")) for item in items] == [("a", ""), ("b", "b is empty."), ("c", "")]


async def test_a_stream_is_handed_out_alone() -> None:
    """What is not in memory yet is not mixed with what is."""

    async def read(source: str) -> Iterable[Article]:
        return iter([article()]) if source.isupper() else [article()]

    async with read_ahead("abCdE", read) as ahead:
        await asyncio.sleep(0.01)
        batches = await collected(ahead)
    assert [[item.source for item in batch] for batch in batches] == [["a", "b"], ["C"], ["d"], ["E"]]


async def test_little_is_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sources there are, only so much waits in memory."""
    monkeypatch.setattr(reading_ahead, "_ROOM", 1000)
    begun: list[str] = []

    async def read(source: str) -> list[Article]:
        begun.append(source)
        return [article("x" * 400)]

    async with read_ahead([str(n) for n in range(50)], read) as ahead:
        await asyncio.sleep(0.05)
        assert len(begun) == 4
        assert sum(len(batch) for batch in await collected(ahead, 0)) == 50


async def test_the_end_of_the_block_stops_the_reading() -> None:
    """An error of the work is the one that is raised, and nothing is read on behind its back."""
    ended = asyncio.Event()

    async def read(source: str) -> list[Article]:
        if source == "a":
            return [article()]
        try:
            await asyncio.sleep(100)
        finally:
            ended.set()
        return []

    async def work() -> None:
        async with read_ahead("abc", read) as ahead:
            async for _ in ahead.batches():
                await asyncio.sleep(0.01)
                raise KeyError

    with pytest.raises(KeyError):
        await work()
    assert ended.is_set()


async def test_an_unforeseen_error_of_reading_comes_out() -> None:
    """It ends the batches and is not lost."""

    async def read(source: str) -> list[Article]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with read_ahead("a", read) as ahead:
            assert await collected(ahead) == []
    assert not issubclass(ZeroDivisionError, SourceError)
