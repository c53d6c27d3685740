"""`python -m evals conversation`: a real run over the sample stories, drawn as the picture in the README."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import platformdirs
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from bot.chat import sample_stories
from bot.terminal import print_answer
from index.config import IndexConfig
from index.news_index import NewsIndex
from index.types import PUBLIC

_QUESTIONS = (
    "How many rockets hit?",
    "Who claimed the attack?",
    "How long will the bridge repair take?",
    "Who won the election?",
)


def _without_web_fonts(template: str) -> str:
    """A picture that loads nothing from elsewhere."""
    return re.sub(r"@font-face \{\{.*?\}\}", "", template, flags=re.DOTALL)


async def draw_conversation(target: Path) -> int:
    """Asks the questions with the local models and writes the conversation as an SVG file."""
    console = Console(record=True, width=100, force_terminal=True, highlight=False)
    with tempfile.TemporaryDirectory() as data_dir:
        config = IndexConfig(Path(data_dir), platformdirs.user_cache_path("askwire"))
        async with await NewsIndex.open(config) as news:
            await news.add(sample_stories())
            for question in _QUESTIONS:
                console.print(Text(f"> {question}", style="bold cyan"))
                print_answer(await news.ask(question, PUBLIC), console)
                console.print()
    target.parent.mkdir(exist_ok=True)
    console.save_svg(str(target), title="askwire chat", code_format=_without_web_fonts(CONSOLE_SVG_FORMAT))
    return 0
