"""Loads a set as people do: killed on the way, started again, and then all of it once more."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.ingest_loading import Loading, from_line
from evals.memory import growth
from evals.newsset import DataError

OnLoading = Callable[[str, Loading], None]
_KILLED_AT = 0.2  # of the articles
_MORE = 10  # articles, fewer than are saved together: the kill comes amid a step
_WORKER = (sys.executable, "-m", "evals.ingest_loading")


@dataclass(frozen=True, slots=True)
class IngestTrial:
    """Three processes over one collection: the first is killed, the second ends, the third loads all again."""

    killed: Loading
    resumed: Loading
    again: Loading

    @property
    def articles_per_second(self) -> float:
        """Articles handed in to the process that ended, without those that were there before."""
        measured = self._measured
        return (measured.handed - measured.kept_articles) / measured.loading_s

    @property
    def chunks_per_second(self) -> float:
        """Chunks embedded and saved by it."""
        return self._measured.chunks / self._measured.loading_s

    @property
    def embedding_share(self) -> float:
        """The share of its time that was spent in the embedder."""
        return self._measured.embedding_s / self._measured.loading_s

    @property
    def _measured(self) -> Loading:
        """The second process, unless the kill came when all was done: until then the first one's times are whole."""
        return self.resumed if self.resumed.chunks else self.killed

    @property
    def growth_mb(self) -> float | None:
        """MB more for 1,000 chunks more, in the second process; None when it was too short to tell."""
        chunks_an_article = self.resumed.total_chunks / max(self.resumed.handed, 1)
        slope = growth(self.resumed.samples)
        return None if slope is None else slope / chunks_an_article * 1000

    @property
    def faults(self) -> list[str]:
        """What must not be, one line each."""
        resumed, again = self.resumed, self.again
        found = []
        if resumed.kept_articles < self.killed.outcomes.get("added", 0):
            found.append("articles that were reported as saved were lost by the kill")
        if resumed.outcomes.get("duplicate", 0) < self.killed.handed or resumed.embedded > resumed.chunks:
            found.append("the second start did again what was done")
        if set(again.outcomes) != {"duplicate"} or again.embedded or not again.unchanged:
            outcomes = ", ".join(f"{count} {name}" for name, count in sorted(again.outcomes.items()))
            found.append(f"loading all a second time changed something ({outcomes}; {again.embedded} texts embedded)")
        if again.searched is None or not again.searched.whole:
            found.append("not every chunk is found by its own vector")
        return found


def try_ingest(data_dir: Path, file: Path, articles: int, embedder: str, report: OnLoading) -> IngestTrial:
    """Runs the three processes over `file` (its first `articles`); blocking.

    Raises:
        DataError: when a process ends with an error; its last line tells.
    """
    arguments = (str(data_dir), str(file), str(articles), embedder)
    killed = _killed(arguments, max(1, round(articles * _KILLED_AT)), report)
    resumed = _finished(arguments, "started again", report)
    again = _finished((*arguments, "check"), "all again", report)
    return IngestTrial(killed, resumed, again)


def _killed(arguments: Sequence[str], at: int, report: OnLoading) -> Loading:
    """Kills the process (as kill -9 does) when it has told of `at` articles and has had the time for some more."""
    last = Loading()
    with _worker(arguments) as process:
        for last in _lines(process):
            report("loading", last)
            if last.handed >= at:
                time.sleep(_MORE * last.loading_s / last.handed)
                process.kill()
                break
    return last


def _finished(arguments: Sequence[str], name: str, report: OnLoading) -> Loading:
    last = Loading()
    with _worker(arguments) as process:
        for last in _lines(process):
            report(name, last)
    if process.returncode or not last.finished:
        raise DataError(f"Loading ended with an error ({process.returncode}); it is told above.")
    return last


def _worker(arguments: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen([*_WORKER, *arguments], stdout=subprocess.PIPE, text=True)  # noqa: S603 – our own module


def _lines(process: subprocess.Popen[str]) -> Iterator[Loading]:
    assert process.stdout is not None
    for line in process.stdout:
        yield from_line(line)
