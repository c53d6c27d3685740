"""/status tells the bot's owners how it is doing, and nobody else."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
import structlog
from sqlalchemy import Connection, insert

from bot.days import day_of
from bot.handlers.status import status_text
from bot.logs import configure_logging
from bot.overview import Overview, read_overview
from bot.problems import Problems
from bot.words import languages, words_of
from index.feed_schema import feed_metadata, feeds
from index.index_status import IndexStatus
from index.news_index import NewsIndex
from tests.bot.harness import QUESTION, STORY, Bot, running_bot
from tests.helpers.bot_api.server import FakeBotApi


async def test_an_owner_sees_how_the_bot_is_doing(api: FakeBotApi, news: NewsIndex, log: object) -> None:
    """Articles, models, feeds that fail, the queue, today's questions and cost, and the last lines of the log."""
    owner = api.user("Olga")
    async with running_bot(api, news, admin_user_ids=str(owner.id)) as bot:
        configure_logging("INFO", also=bot.application.bot_data.problems)
        await bot.news.add([STORY])
        await add_feeds(bot)
        chat = api.private_chat(owner)
        await bot.reply_to(api.say(chat, owner, QUESTION))
        usage = bot.application.bot_data.state.usage
        await usage.spend(day_of(datetime.now(UTC), "UTC"), 0.125)
        structlog.get_logger("bot.jobs").warning("tidying up failed", reason="full of <b>", chat=99)
        reply = await bot.reply_to(api.say(chat, owner, "/status"))
    assert reply.text.splitlines()[:6] == [
        "Articles: 1 · passages: 1",
        "Models: fake:replies · fake:words",
        "Feeds: 3 · failing: 1 · paused: 1",
        "Messages waiting: 1",  # this one
        "Questions today: 1 · cost: 0.12 US dollars",
        "Everything works.",
    ]
    assert reply.text.splitlines()[-1].endswith("UTC: tidying up failed reason=full of <b>")
    assert "99" not in reply.text


async def add_feeds(bot: Bot) -> None:
    row = {
        "scope": "public",
        "title": "A feed",
        "interval": 60.0,
        "failures": 0,
        "articles": 0,
        "added_at": "2026-01-01",
        "next_at": "2999-01-01",
        "problem": None,
        "paused": False,
    }
    states: tuple[dict[str, object], ...] = (
        {},
        {"problem": "It is gone.", "failures": 2},
        {"problem": "It is gone.", "paused": True},
    )
    rows = [{**row, **state, "url": f"https://a.example/{n}", "key": str(n)} for n, state in enumerate(states)]

    def work(connection: Connection) -> None:
        feed_metadata.create_all(connection)
        connection.execute(insert(feeds), rows)

    await bot.application.bot_data.state.database.run(work)


async def test_nobody_else_sees_it(bot: Bot) -> None:
    """In private it is a command that does not exist, in a group the bot says nothing."""
    alice = bot.api.user("Alice")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, "/status"))
    assert reply.text == words_of("en")("help-unknown")
    group = bot.api.supergroup("News room", members=[alice])
    bot.api.say(group, alice, "/status")
    assert await bot.said_nothing(group)


@pytest.mark.parametrize("code", languages())
def test_what_is_wrong_stands_in_it(code: str) -> None:
    """Problems of the index are lines of their own, in every language."""
    words = words_of(code)
    text = status_text(
        IndexStatus(1, 2, 1, "e", "c", "", healthy=False, problems=("It is damaged.",)), Overview(), words
    )
    assert "It is damaged." in text
    assert words("status-wrong") in text
    assert words("status-fine") not in text
    assert words("status-log") not in text


@pytest.fixture
def problems(log: object) -> Problems:
    heard = Problems(["hidden-key"])
    configure_logging("INFO", ["hidden-key"], also=heard)
    return heard


async def test_only_what_an_owner_may_read_is_kept(problems: Problems, bot: Bot) -> None:
    """Warnings of askwire itself, of bot and index, on one line, without secrets; of many the last fifty."""
    logger = structlog.get_logger("bot.jobs")
    logger.info("small talk")
    structlog.get_logger("library").warning("their words")
    for number in range(60):
        logger.warning("failed", reason=f"no {number}\nwith hidden-key")
    state = bot.application.bot_data.state
    await problems.keep(state.database)
    logger.error("failed again", reference="ab12")
    logging.getLogger("index.upkeep").warning("the index lacks %d:\n%s", 3, "hidden-key")
    logging.getLogger("index.upkeep").info("small talk")
    logging.getLogger("library").warning("their words")
    await problems.keep(state.database)
    today = day_of(datetime.now(UTC), "UTC")
    found = (await state.database.run(lambda connection: read_overview(connection, today))).problems
    assert [problem.line for problem in found[:3]] == [
        "the index lacks 3: [hidden]",
        "failed again reference=ab12",
        "failed reason=no 59 with [hidden]",
    ]
    assert await state.database.run(lambda c: c.exec_driver_sql("SELECT count(*) FROM recent_problems").scalar()) == 50
