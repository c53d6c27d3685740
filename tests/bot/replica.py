"""One of several bots on one database as a process of its own, with a short lease.

python -m tests.bot.replica DATABASE API_URL TOKEN ANSWER_S
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import timedelta

from bot import recovery
from bot.app import build_application
from bot.inbox import Inbox
from bot.leases import Leases
from bot.logs import configure_logging
from bot.run import serve
from bot.settings import Settings
from bot.state import open_state
from evals.scripted_bot import ScriptedNews
from index.database import DatabasePlace, place_in
from index.sources.reader import open_reader

_LEASE = timedelta(seconds=3)
_EVERY = 0.3  # seconds


async def main(place: DatabasePlace, api_url: str, token: str, answer_s: float) -> None:
    """Runs it until SIGTERM."""
    configure_logging("WARNING", [token])
    recovery._EVERY = _EVERY
    values = {"telegram_bot_token": token, "telegram_api_url": api_url}
    settings = Settings.model_validate(values)
    news = ScriptedNews(answer_s, answer_s)
    async with open_reader() as reader, open_state(place) as state:
        leases = Leases(state.database, _LEASE, _EVERY)
        shared = replace(state, leases=leases, inbox=Inbox(state.database, leases))
        application = build_application(
            settings,
            news,  # type: ignore[arg-type]  # only `ask`
            reader,
            shared,
            messages_per_second=1000.0,
        )
        await serve(application, settings, alone=False)


if __name__ == "__main__":
    database, url, secret, seconds = sys.argv[1:]
    asyncio.run(main(place_in(database), url, secret, float(seconds)))
