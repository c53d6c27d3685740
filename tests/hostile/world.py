"""An index, readers and a hostile site, through which an input goes the way that it goes in the bot and the command."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

import numpy as np

from index.errors import SourceError
from index.news_index import NewsIndex
from index.parsing import Parsers
from index.parsing_limits import ParsingLimits
from index.providers.base import ModelKind, Vectors
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.sources.files import read_articles
from index.sources.reader import SourceReader
from index.types import PUBLIC, Article, Scopes
from tests.hostile.case import Hostile
from tests.hostile.web import HostileSite, RecordingNetwork, fetcher_for

HOSTILE = Scopes.of("chat:1")
FEED = "https://news.example/feed"
IN_A_HURRY = 0.7  # seconds: an input that is given up for its time is given up for less here

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


class QuickEmbedder(FakeEmbedder):
    """The shipped fake, which remembers each word's direction: hostile texts repeat themselves."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, Vectors] = {}

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.casefold()):
            if word not in self._words:
                self._words[word] = super()._vector(word)
            total += self._words[word]
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an input ended in: what was read, or the errors; and in how many seconds."""

    read: list[object]
    errors: list[SourceError]
    seconds: float


@dataclass(slots=True)
class World:
    """What the tests share; `good` counts the good articles that are in."""

    news: NewsIndex
    reader: SourceReader
    hurried: SourceReader
    site: HostileSite
    network: RecordingNetwork
    folder: Path
    good: int = 0
    outcomes: dict[str, str] = field(default_factory=dict)

    async def add_good(self) -> None:
        """One good article more."""
        self.good += 1
        text = f"The lighthouse{self.good} keeper saw a blue ship pass at noon and wrote its name down."
        (added,) = await self.news.add([Article(title=f"Lighthouse{self.good}", text=text)])
        assert added.chunks

    async def finds_good(self, number: int) -> bool:
        """Whether a good article is found first."""
        found = await self.news.search(f"What did the lighthouse{number} keeper see?", PUBLIC, k=3)
        return bool(found) and found[0].title == f"Lighthouse{number}"

    async def take_in(self, hostile: Hostile) -> Outcome:
        """Reads an input and adds what it gives to a collection of its own kind."""
        begun = time.monotonic()
        errors: list[SourceError] = []
        read: list[object] = []
        try:
            read = await self._read(hostile, errors)
        except SourceError as error:
            errors.append(error)
        articles = [item for item in read if isinstance(item, Article)]
        if articles:
            (scope,) = HOSTILE.names
            added = await self.news.add(articles, scope=scope)
            assert len(added) == len(articles)
        return Outcome(read, errors, time.monotonic() - begun)

    async def asks_about(self, title: str) -> None:
        """What a reader then asks: the passages are split, matched and quoted, whatever they look like."""
        await self.news.ask(f"How many troops does the report on {title} name?", HOSTILE)

    async def _read(self, hostile: Hostile, errors: list[SourceError]) -> list[object]:
        reader = self.hurried if hostile.slow else self.reader
        if hostile.way == "web":
            path = f"/{len(self.site.answers)}"
            self.site.answers[path] = self.site.answers["/circle"] = hostile.build
            return [await reader.page(self.site.url(path))]
        data = hostile.build()
        assert isinstance(data, bytes)
        if hostile.way == "file":
            return [*await reader.file(data, hostile.name)]
        if hostile.way == "lines":
            path_on_disk = self.folder / hostile.name
            path_on_disk.write_bytes(data)
            return [*read_articles(path_on_disk, errors.append)]
        if hostile.way == "opml":
            return [*await reader.opml(data)]
        return [*(await reader.feed(data, FEED)).entries]


@asynccontextmanager
async def a_world(folder: Path) -> AsyncIterator[World]:
    """A world in a folder, closed at the end."""
    model = FakeChatModel(["5,200"], kind=ModelKind.READER)
    async with (
        HostileSite().running() as site,
        await NewsIndex.open_with(folder / "data", embedder=QuickEmbedder(), chat_model=model) as news,
    ):
        network = RecordingNetwork(site.port)
        async with (
            SourceReader(fetcher_for(network), Parsers()) as reader,
            SourceReader(fetcher_for(network), Parsers(ParsingLimits(seconds=IN_A_HURRY))) as hurried,
        ):
            yield World(news, reader, hurried, site, network, folder)


def words_in(record: object) -> list[str]:
    """Every text in a record and its parts."""
    if isinstance(record, str):
        return [record]
    if is_dataclass(record):
        return [text for item in fields(record) for text in words_in(getattr(record, item.name))]
    return [text for item in record for text in words_in(item)] if isinstance(record, tuple | list) else []


def is_clean(text: str) -> bool:
    """Whether a text has no control character, no override of direction, no hidden or half character."""
    return not _FORBIDDEN.search(text)


def resident() -> int:
    """The memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
