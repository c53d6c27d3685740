"""The whole bot as a process of its own, with an index that answers at once or after a while; for trials.

python -m evals.scripted_bot DATA_DIR API_URL TOKEN LEAST_S MOST_S
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Callable
from pathlib import Path

from bot import streaming
from bot.app import build_application
from bot.chat import sample_stories
from bot.logs import configure_logging
from bot.run import serve
from bot.settings import Settings
from bot.state import open_state
from index.config import DATABASE
from index.news_index import NewsIndex
from index.sources.reader import open_reader
from index.types import Answer, Progress, Status

_MESSAGES_PER_SECOND = 1000.0  # the limits of Telegram are not what is tried
_SHOW_AFTER, _SHOW_EVERY = 0.05, 0.1  # seconds: what a chat sees of an answer's making comes quicker, too


def answer_to(question: str) -> str:
    """What the scripted index says to a question."""
    return f"The answer to “{question}”"


class ScriptedNews:
    """Stands in for the index: answers every question by name, after a time between `least` and `most` seconds."""

    def __init__(self, least: float, most: float) -> None:
        self._least, self._most = least, most

    async def ask(
        self, question: str, *_: object, on_progress: Callable[[Progress], None] | None = None, **__: object
    ) -> Answer:
        """An answer without sources."""
        for stage in ("searching", "reading"):
            if on_progress:
                on_progress(Progress(stage))
            await asyncio.sleep(random.uniform(self._least, self._most) / 2)  # noqa: S311 - no secret
        return Answer(question, Status.ANSWERED, short_answer=answer_to(question))


async def run_scripted(data_dir: Path, api_url: str, token: str, least: float, most: float, *, local: bool) -> None:
    """Runs the bot until SIGTERM, with the scripted index, or with the sample stories and the local models."""
    configure_logging("WARNING", [token])
    streaming.MESSAGE_AFTER, streaming.MESSAGE_EVERY = _SHOW_AFTER, _SHOW_EVERY
    values = {"telegram_bot_token": token, "telegram_api_url": api_url, "askwire_data_dir": data_dir}
    settings = Settings.model_validate(values)
    if local:
        async with await NewsIndex.open(settings.index_config()) as news:
            await news.add(sample_stories())
            await _serve(settings, news)
    else:
        await _serve(settings, ScriptedNews(least, most))


async def _serve(settings: Settings, news: object) -> None:
    async with open_reader() as reader, open_state(settings.askwire_data_dir / DATABASE) as state:
        application = build_application(
            settings,
            news,  # type: ignore[arg-type]  # only `ask` is needed
            reader,
            state,
            messages_per_second=_MESSAGES_PER_SECOND,
        )
        await serve(application, settings)


if __name__ == "__main__":
    folder, url, secret, shortest, longest, *real = sys.argv[1:]
    asyncio.run(run_scripted(Path(folder), url, secret, float(shortest), float(longest), local=bool(real)))
