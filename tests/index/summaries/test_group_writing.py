"""Several stories in one request: told apart, kept each by itself, and bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.errors import ModelUnavailableError
from index.providers.base import Completion, ModelKind, OnText, Prompt
from index.providers.fakes import FakeChatModel
from index.summaries.cache import MemoryCache
from index.summaries.group_writing import write_groups
from index.summaries.writers import Writers
from tests.index.builders import make_evidence

FERRY = [make_evidence("The ferry hit a sandbank.", "Ferry", article_id="f")]
MUSEUM = [
    make_evidence("The museum opens again.", "Museum", article_id="m"),
    make_evidence("The museum was closed for a year.", "Closed", article_id="n"),
]
RULES = "Tell each."


class BreakingModel:
    """Says a part of its reply, then breaks off."""

    name = "fake:breaking"
    kind = ModelKind.WRITER

    def __init__(self, said: str) -> None:
        self._said = said

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Breaks off."""
        if on_text:
            on_text(self._said)
        raise ModelUnavailableError("It is down.")

    async def close(self) -> None:
        """Nothing."""


async def test_one_request_tells_all_of_them() -> None:
    """Passages are numbered through; each group gets its sentences with marks of its own, one of both gets none."""
    model = FakeChatModel(["1. The ferry hit a sandbank [1]. The museum opens [2][3]\n- Both [1][2]\nNone\nFar [4]"])
    found = await write_groups([FERRY, MUSEUM], RULES, Writers([model]), MemoryCache())
    assert found.texts == ("The ferry hit a sandbank . [1]", "The museum opens [1][2]")
    assert found.fault is None
    (prompt,) = model.prompts
    assert prompt.system == RULES
    assert [prompt.text.count(f"[{n}] ") for n in (1, 2, 3, 4)] == [1, 1, 1, 0]


async def test_what_is_known_is_not_asked_again() -> None:
    """A second page costs nothing; a changed passage, another model or other rules cost one request for that group."""
    cache, model = MemoryCache(), FakeChatModel(["The ferry hit a sandbank [1]\nThe museum opens [2]"])
    first = await write_groups([FERRY, MUSEUM], RULES, Writers([model]), cache)
    assert await write_groups([MUSEUM, FERRY], RULES, Writers([model]), cache) == replace(
        first, texts=first.texts[::-1]
    )
    assert len(model.prompts) == 1
    for changed in (
        replace(FERRY[0], version=2),
        replace(FERRY[0], article_id="other"),
        replace(FERRY[0], text="The ferry hit a rock."),
    ):
        await write_groups([[changed], MUSEUM], RULES, Writers([model]), cache)
        assert "museum" not in model.prompts[-1].text
    assert len(model.prompts) == 4
    await write_groups([FERRY], "Other rules.", Writers([model]), cache)
    assert len(model.prompts) == 5
    other = FakeChatModel(name="fake:other")
    await write_groups([FERRY], RULES, Writers([other]), cache)
    assert len(other.prompts) == 1


async def test_a_model_that_breaks_off_keeps_its_whole_lines() -> None:
    """The line that it was at may be half a sentence: that group is asked for again, and the fault is told."""
    cache = MemoryCache()
    model = BreakingModel("The ferry hit a sandbank [1]\nThe museum opens [2]")
    found = await write_groups([FERRY, MUSEUM], RULES, Writers([model]), cache)
    assert found.texts == ("The ferry hit a sandbank [1]", None)
    assert found.fault == "It is down."
    again = FakeChatModel(["The museum opens [1]"], name="fake:breaking")
    found = await write_groups([FERRY, MUSEUM], RULES, Writers([again]), cache)
    assert (found.texts[1], found.fault) == ("The museum opens [1]", None)
    assert "ferry" not in again.prompts[0].text


async def test_a_model_that_runs_out_of_room_is_said_to() -> None:
    """What it did not get to is not taken for nothing to say."""
    model = FakeChatModel([Completion("The ferry hit a sandbank [1]\nThe mus", truncated=True)])
    found = await write_groups([FERRY, MUSEUM], RULES, Writers([model]), MemoryCache())
    assert found.texts == ("The ferry hit a sandbank [1]", None)
    assert found.fault == "The language model fake:replies ran out of room."


@pytest.mark.parametrize("reply", ["", "\n\n", "NOT IN THE ARTICLES", "[1]", "Nothing with a number."])
async def test_a_reply_of_nothing_is_nothing(reply: str) -> None:
    """And is not asked for again."""
    cache, model = MemoryCache(), FakeChatModel([reply])
    for _ in range(2):
        assert (await write_groups([FERRY, MUSEUM], RULES, Writers([model]), cache)).texts == ("", "")
    assert len(model.prompts) == 1


async def test_an_endless_reply_keeps_little() -> None:
    """At most three sentences of a group, from the beginning of the reply."""
    model = FakeChatModel(["The ferry hit a sandbank. [1]\n" * 100_000])
    (text,) = (await write_groups([FERRY], RULES, Writers([model]), MemoryCache())).texts
    assert text == "\n".join(["The ferry hit a sandbank. [1]"] * 3)
    assert model.prompts[0].max_tokens < 300
