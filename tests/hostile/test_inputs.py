"""Each input of the table ends as the table says, in time, within bounds, and nothing else is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.hostile.case import Hostile
from tests.hostile.table import RUN, TABLE
from tests.hostile.world import World, a_world, is_clean, resident, words_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST_SECONDS = 30  # each, on a busy machine
MOST_MEMORY = 400_000_000  # bytes above what the first input found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """One index for all inputs, with a good article in it."""
    async with a_world(tmp_path_factory.mktemp("hostile")) as opened:
        await opened.add_good()
        await opened.take_in(Hostile("a good text", "file", lambda: b"A title\n\nA text.", 1))
        yield opened


@pytest.fixture(scope="module")
def memory_at_first(world: World) -> int:
    """The memory of this process with the index open."""
    return resident()


@pytest.mark.parametrize("hostile", TABLE, ids=[row.what for row in TABLE])
async def test_it_ends_as_the_table_says(world: World, memory_at_first: int, hostile: Hostile) -> None:
    """In its error or its outcome; a good article before it and one after it are found."""
    outcome = await world.take_in(hostile)
    if isinstance(hostile.ends, int):
        assert len(outcome.read) == hostile.ends
        assert hostile.way == "lines" or [str(error) for error in outcome.errors] == []
    else:
        assert outcome.read == []
        assert [isinstance(error, hostile.ends) for error in outcome.errors] == [True], outcome.errors
    for error in outcome.errors:
        assert len(str(error).splitlines()) == 1
        assert len(str(error)) < 500
        assert is_clean(str(error))
    for text in words_in(outcome.read):
        assert is_clean(text)
        assert not any(secret in text for secret in ("root:", "haha", "127.0.0.1"))
    if hostile.what.startswith(RUN):
        await world.asks_about(hostile.what.removeprefix(RUN))
    assert outcome.seconds < MOST_SECONDS
    assert resident() - memory_at_first < MOST_MEMORY
    assert world.network.elsewhere == []
    await world.add_good()
    assert await world.finds_good(world.good - 1)
    assert await world.finds_good(world.good)


async def test_all_good_articles_are_there_at_the_end(world: World) -> None:
    """The hostile ones pushed none of them out."""
    for number in range(1, world.good + 1, 10):
        assert await world.finds_good(number)
