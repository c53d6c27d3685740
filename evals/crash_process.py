"""The process that is killed: opens an index, checks it, and writes to it without end.

python -m evals.crash_process DATA_DIR LEDGER JOURNAL CHUNKS SEED STARTED [SYNC]

It fills up to CHUNKS first. Each outcome is flushed to JOURNAL once NewsIndex has acknowledged it, a removal also
before it is begun. STARTED is when the process was started, in s since 1970; SYNC another number of records between
Chroma's persists. Lines on standard output tell how far it is; a SIGTERM ends it in order.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from evals.crash_articles import Told, TopicEmbedder, number_and_edition, story
from evals.crash_checks import Entry, faults, stored_forms
from index import store
from index.news_index import NewsIndex
from index.types import PUBLIC, Added, AddOutcome

_NEW, _CHANGED = (4, 32), (2, 16)  # articles of one `add`
_SURPLUS = 400  # chunks over the number that is to be there; then articles are only changed and removed


@dataclass(slots=True)
class Writer:
    """Adds, changes and removes articles of one index, and notes in the journal what was acknowledged."""

    news: NewsIndex
    journal: TextIO
    forms: dict[int, Told]
    removed: dict[int, int]  # the edition that was removed
    unused: int  # no article ever had this number, nor a higher one
    chance: random.Random

    async def add_new(self) -> None:
        """Some articles that were never there, and now and then one that was removed before."""
        count = self.chance.randint(*_NEW)
        new = {number: Told(1, 1) for number in range(self.unused, self.unused + count)}
        self.unused += count
        for number in self.chance.sample(sorted(self.removed), min(2, len(self.removed))):
            new[number] = Told(self.removed.pop(number) + 1, 1)
        await self._add(new)

    async def change(self) -> None:
        """New versions of some articles."""
        count = min(self.chance.randint(*_CHANGED), len(self.forms))
        numbers = self.chance.sample(sorted(self.forms), count)
        await self._add({n: Told(self.forms[n].edition, self.forms[n].version + 1) for n in numbers})

    async def remove(self) -> None:
        """One article goes."""
        number = self.chance.choice(sorted(self.forms))
        self._note("removing", number, self.forms[number])
        assert await self.news.remove(f"s{number}", PUBLIC)
        self._note("removed", number, self.forms[number])
        self.removed[number] = self.forms.pop(number).edition

    async def _add(self, wanted: dict[int, Told]) -> None:
        def acknowledged(added: Added) -> None:
            assert added.outcome is not AddOutcome.DUPLICATE, f"{added.article.id} is taken for a copy"
            number, edition = number_and_edition(added.article.title)
            self.forms[number] = Told(edition, added.article.version)
            assert self.forms[number] == wanted[number]
            self._note("saved", number, self.forms[number])

        await self.news.add([story(number, told) for number, told in wanted.items()], on_added=acknowledged)

    def _note(self, event: str, number: int, told: Told) -> None:
        self.journal.write(json.dumps([event, number, told]) + "\n")
        self.journal.flush()
        os.fsync(self.journal.fileno())


async def write_until_killed(data_dir: Path, ledger: Path, journal: Path, target: int, seed: int, began: float) -> None:
    """Opens, checks, fills and writes, and says each on standard output."""
    labels: set[str] = set()
    news = await NewsIndex.open_with(
        data_dir, embedder=TopicEmbedder(), chat_model=None, on_progress=lambda label, *_: labels.add(label)
    )
    ready_s = time.time() - began
    entries = read_ledger(ledger)
    wrong = await asyncio.to_thread(faults, news, entries)
    status = await news.status()
    wrong += status.problems
    tell("checked", ready_s=ready_s, check_s=time.time() - began - ready_s, repairs=sorted(labels), faults=wrong[:20])
    forms = await asyncio.to_thread(stored_forms, news.retriever)
    removed = {number: entry.told.edition for number, entry in entries.items() if number not in forms}
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with journal.open("a", encoding="utf-8") as lines:
        chance = random.Random(seed)  # noqa: S311 – no secret
        writer = Writer(news, lines, forms, removed, max([-1, *entries, *forms]) + 1, chance)
        while not stop.is_set() and (await news.status()).chunks < target:
            await writer.add_new()
        status = await news.status()
        tell("filled", chunks=status.chunks, articles=status.articles)
        await _write(writer, stop, target)
    await news.close()
    tell("closed", clean=not (data_dir / "index.dirty").exists())


async def _write(writer: Writer, stop: asyncio.Event, target: int) -> None:
    while not stop.is_set():
        full = (await writer.news.status()).chunks > target + _SURPLUS
        turn = writer.chance.random()
        if turn < 0.1 or (full and turn < 0.4):
            await writer.remove()
        elif full or turn < 0.6:
            await writer.change()
        else:
            await writer.add_new()


def read_ledger(file: Path) -> dict[int, Entry]:
    """What the trial knows of each article."""
    rows = json.loads(file.read_text("utf-8"))
    return {row["number"]: Entry(Told(*row["told"]), row["removing"], row["gone"]) for row in rows}


def tell(what: str, **values: object) -> None:
    """One line for the trial."""
    print(json.dumps({"is": what, **values}), flush=True)


if __name__ == "__main__":
    folder, known, log, chunks, number, moment, *every = sys.argv[1:]
    if every:
        store.PERSIST_EVERY = int(every[0])
    asyncio.run(write_until_killed(Path(folder), Path(known), Path(log), int(chunks), int(number), float(moment)))
