"""What people say, and the keys of the deployment, stand in no log."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import StateDatabase
from bot.recovery import recover
from index.errors import StoreError
from index.types import Answer, Status
from tests.bot.harness import Scripted, running_bot
from tests.helpers.bot_api.server import FakeBotApi

SECRET_WORDS = "Zebra-Quartz"


async def act(question: str) -> Answer:
    """Fails with the question's own words for some, answers with them for others."""
    if "fail" in question:
        raise RuntimeError(question)
    if "store" in question:
        raise StoreError(f"It cannot be read: {question}")
    return Answer(question, Status.ANSWERED, short_answer=question)


async def test_what_people_say_is_in_no_log(api: FakeBotApi, log: io.StringIO) -> None:
    """Questions that are answered, fail, are stopped, sent twice, or come from strangers leave no word in the log."""
    alice, bob = api.user("Alice"), api.user(f"Bob {SECRET_WORDS}")
    async with running_bot(api, Scripted(act), allowed_telegram_user_ids=str(alice.id)) as bot:
        chat, group = api.private_chat(alice), api.supergroup(f"Group {SECRET_WORDS}", members=[alice, bob])
        api.flood(method="sendMessage", retry_after=1)
        api.drop(method="sendMessage", after=True)
        for said in ("How many", "fail", "store", "/add", "/new", "/cancel", "/nonsense"):
            api.say(chat, alice, f"{said} {SECRET_WORDS}")
            api.say(group, alice, f"/ask {said} {SECRET_WORDS}")
        api.say(api.private_chat(bob), bob, SECRET_WORDS)
        api.inline(alice, f"how many rockets {SECRET_WORDS}")
        await api.settle(quiet=1.5, timeout=20)
        await recover(bot.application)
    written = log.getvalue()
    assert "question answered" in written
    assert "handler failed" in written
    assert SECRET_WORDS not in written
    assert api.token not in written


async def test_a_database_error_quotes_nothing(tmp_path: Path) -> None:
    """The error of a statement that fails does not hold the values it was given."""
    database = StateDatabase(tmp_path / "askwire.db")
    with pytest.raises(StoreError) as caught:
        await database.run(
            lambda connection: connection.execute(text("INSERT INTO nowhere VALUES (:a)"), {"a": "Zebra"})
        )
    assert "Zebra" not in f"{caught.value} {caught.value.__cause__}"
    await database.close()
    await asyncio.sleep(0)
