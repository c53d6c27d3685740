"""Each line that is logged for an update carries its id, from the update to the reply."""

from __future__ import annotations

import asyncio
import io
import json
import logging

import pytest
import structlog

from bot.logs import configure_logging
from index.types import Answer, Status
from tests.bot.harness import Scripted, running_bot
from tests.helpers.bot_api.server import FakeBotApi


@pytest.fixture
def lines(log: io.StringIO) -> io.StringIO:
    """The log as JSON lines."""
    stream = io.StringIO()
    configure_logging("INFO", ["hidden-key"], stream, as_json=True)
    return stream


def read(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def act(question: str) -> Answer:
    structlog.get_logger("index.work").info("working")
    await asyncio.sleep(0.05)  # so that the questions of several chats overlap
    await asyncio.to_thread(structlog.get_logger("index.thread").info, "working in a thread")
    if "fail" in question:
        raise RuntimeError(question)
    return Answer(question, Status.DECLINED)


async def test_lines_of_an_update_carry_its_id(api: FakeBotApi, lines: io.StringIO) -> None:
    """Of questions side by side each has its own id, in threads, in tasks and when it fails, and jobs have none."""
    async with running_bot(api, Scripted(act)):
        for number in range(5):
            user = api.user(f"User{number}")
            api.say(api.private_chat(user), user, "Please fail" if number == 4 else "How many rockets?")
        await api.settle()
        structlog.get_logger("bot.jobs").info("a job")
    found: dict[object, list[str]] = {}
    for line in read(lines):
        found.setdefault(line.get("request"), []).append(str(line["event"]))
    assert "a job" in found.pop(None)
    assert len(found) == 5
    assert all(isinstance(request, int) for request in found)
    ends = [events.pop() for events in found.values()]
    assert sorted(ends) == ["handler failed", *["question answered"] * 4]
    assert all(events == ["working", "working in a thread"] for events in found.values())


def test_json_lines_hide_secrets_and_local_variables(lines: io.StringIO) -> None:
    """What holds for lines of text holds for JSON: one line each, no secret, no values of variables."""
    question = "what " + "somebody asked"
    try:
        int(question[:0])
    except ValueError:
        structlog.get_logger("bot").exception("failed", key="hidden-key")
    logging.getLogger("library").warning("theirs with %s", "hidden-key")
    first, second = read(lines)
    assert (first["event"], first["key"], first["level"], first["logger"]) == ("failed", "[hidden]", "error", "bot")
    assert "ValueError" in str(first["exception"])
    assert second["event"] == "theirs with [hidden]"
    assert question not in lines.getvalue()
