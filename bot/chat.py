"""`askwire chat`: a conversation with the news in the terminal, or over a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from bot.terminal import err, origin, out, print_answer
from index.errors import NewsIndexError
from index.types import PUBLIC, Article, Turn

if TYPE_CHECKING:
    from index.news_index import NewsIndex

_QUIT = {"/quit", "/exit", "/q"}
_NEW = "/new"
_HELP = "Type a question. /sources lists the articles, /new starts over, /quit ends."
_TURNS = 10  # that a follow-up question may lean on


async def chat(news: NewsIndex) -> None:
    """Answers a question a line until /quit or the end of the input; loads the samples into an empty index.

    A question may lean on those before it, until /new.
    """
    turns: list[Turn] = []
    if await news.count(PUBLIC) == 0:
        await news.add(sample_stories())
        out.print("The index is empty, so four sample stories were loaded (one real event, three invented).")
        out.print("Try: How many rockets hit?  ·  How long will the bridge repair take?")
        out.print("And one that they do not answer: Who won the election?")
    else:
        count = await news.count(PUBLIC)
        out.print("1 article is here." if count == 1 else f"{count:,} articles are here.")
    out.print(_HELP, style="dim")
    while (line := await _next_line()) is not None:
        text = line.strip()
        if text.lower() in _QUIT:
            return
        if text.lower() == _NEW:
            turns.clear()
            out.print("A new conversation. What would you like to know?\n")
        elif text:
            await _respond(news, text, turns)


def sample_stories() -> list[Article]:
    """The bundled sample stories."""
    from index.sources.files import read_file

    folder = resources.files("bot.samples")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".md"))
    return [article for name in names for article in read_file(folder.joinpath(name).read_bytes(), name)]


async def _respond(news: NewsIndex, text: str, turns: list[Turn]) -> None:
    if text == "/sources":
        for article in await news.articles(PUBLIC):
            out.print(f"- {origin(article)}", markup=False)
    elif text.startswith("/"):
        out.print(_HELP)
    else:
        try:
            with out.status("reading …"):
                answer = await news.ask(text, PUBLIC, asked_at=datetime.now(UTC), history=turns[-_TURNS:])
            turns.append(Turn(answer.understood_as or answer.question, answer.short_answer))
            if answer.understood_as:
                out.print(f"Understood as: {answer.understood_as}", style="dim", markup=False)
            print_answer(answer)
        except NewsIndexError as error:
            err.print(str(error), style="red", markup=False)
    out.print()


async def _next_line() -> str | None:
    """Waits for a line in a thread that the process does not wait for when it is interrupted."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str | None] = loop.create_future()

    def settle(line: str | None) -> None:
        if not future.done():
            future.set_result(line)

    def read() -> None:
        line = _read_line()
        with contextlib.suppress(RuntimeError):  # the loop has closed meanwhile
            loop.call_soon_threadsafe(settle, line)

    threading.Thread(target=read, name="standard-input", daemon=True).start()
    return await future


def _read_line() -> str | None:
    """The next line of standard input without its end; None at the end."""
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            return None
    line = sys.stdin.readline()
    if not line:
        return None
    out.print(f"> {line.rstrip()}", markup=False)
    return line
