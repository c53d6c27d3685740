"""The trial of sizes: articles that are new, vectors that were made once, laws that fit."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import URL

from evals.memory import family_mb
from evals.newsset import DataError
from evals.scale import ScaleOptions, measure_sizes, run_scale
from evals.scale_articles import varied
from evals.scale_figures import SERVER, Size, growth_laws, read_figures, table, write_figures
from evals.scale_plot import draw_scale
from evals.scale_probe import command, storage_in
from evals.servers import Storage
from evals.stored_vectors import StoredVectors
from index.config import ChromaServer
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import Article
from tests.backends import Backend
from tests.index.feed_site import story

DAY = datetime(2025, 5, 5, tzinfo=UTC)
ARTICLES = [
    Article(f"Title {n}", "\n\n".join(story(f"{n} {part}", 4) for part in range(5)), str(n), published_at=DAY)
    for n in range(12)
]
LINE = [Size(10**n, 10, 1000 / 10 ** (n / 2), 10**n, 5.0, 2 * 10 ** (n / 2), 9.0, 700, 800) for n in (3, 4, 5)]


async def test_varied_articles_are_new_ones(tmp_path: Path) -> None:
    """None is taken for a copy of another, and the vectors of the real ones are found again by their texts."""
    embedder = FakeEmbedder()
    async with await NewsIndex.open_with(tmp_path, embedder=embedder, chat_model=None) as news:
        report = await news.add(islice(varied(ARTICLES), 36))
        assert [added.outcome.value for added in report] == ["added"] * 36
    stored = StoredVectors(tmp_path, embedder.name)
    async with await NewsIndex.open_with(tmp_path / "again", embedder=stored, chat_model=None) as news:
        await news.add(islice(varied(ARTICLES), 36))
        assert stored.made == 0
    other = stored.embed(["what nobody has embedded"])[0]
    assert np.array_equal(other, stored.embed_query("what nobody has embedded"))
    assert np.linalg.norm(other) == pytest.approx(1, abs=1e-5)
    with pytest.raises(DataError):
        StoredVectors(tmp_path, "another:embedder")


def test_laws_are_fitted(tmp_path: Path) -> None:
    """A square root has the exponent a half; the table and the picture hold every size."""
    laws = growth_laws(LINE)
    assert laws["p50_ms"] == pytest.approx((2 * 10**1.5, 0.5))
    assert laws["chunks_per_second"][1] == pytest.approx(-0.5)
    assert "servers_mb" not in laws
    assert growth_laws(LINE[:1]) == {}
    assert "| embedded | 100,000 | 10 |" in table(LINE)
    draw_scale(LINE, tmp_path / "scale.png")
    assert (tmp_path / "scale.png").stat().st_size > 5_000


async def test_stored_figures_are_drawn_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of both modes are read, told with a law each, and measured by nobody; an older file is of embedded."""
    files = [tmp_path / "embedded.json", tmp_path / "server.json"]
    served = [replace(size, mode=SERVER, servers_mb=size.chunks / 10) for size in LINE]
    write_figures(files[0], LINE)
    write_figures(files[1], served)
    files[0].write_text(files[0].read_text("utf-8").replace(', "mode": "embedded"', ""), "utf-8")
    assert read_figures(files) == [*LINE, *served]
    options = ScaleOptions(tmp_path / "no news set", [], stored=files, plot=tmp_path / "both.png")
    assert await run_scale(options) == 0
    told = capsys.readouterr().out
    assert "server: servers_mb = 100 · (chunks / 1,000)^1.00" in told
    assert "embedded: p50_ms" in told and "embedded: servers_mb" not in told
    assert (tmp_path / "both.png").stat().st_size > 5_000
    files[1].write_text("[]", "utf-8")
    assert await run_scale(options) == 2


async def test_both_kinds_of_storage_are_measured(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each size is asked in a process of its own, and a row says which kind it is of."""

    async def asked(storage: Storage, _asked: Path) -> dict[str, float]:
        parts = command(storage, 1.5, tmp_path)[2:]
        again = storage_in(parts[0], *parts[3:])
        assert (again.data_dir, again.database, again.chroma) == (storage.data_dir, storage.database, storage.chroma)
        assert again.processes == storage.processes
        names = ("first_answer_s", "p50_ms", "p95_ms", "resident_mb", "peak_mb", "servers_mb")
        return dict.fromkeys(names, 1.0)

    monkeypatch.setattr("evals.scale._probed", asked)
    storage = Storage(tmp_path / "data", folders=(tmp_path / "more",))
    if isinstance(backend.database, URL) and backend.chroma:
        chroma = ChromaServer(backend.chroma.url)
        storage = replace(storage, database=backend.database, chroma=chroma, processes=(7,))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "file").write_bytes(bytes(3 * 2**20))
    measured = await measure_sizes(storage, varied(ARTICLES), tmp_path, FakeEmbedder(), [10, 300])
    assert [size.chunks >= least for size, least in zip(measured, (10, 300), strict=True)] == [True, True]
    assert {size.mode for size in measured} == {"server" if backend.chroma else "embedded"}
    assert measured[0].disk_mb >= 3 and measured[0].chunks_per_second > 0


def test_memory_of_a_family_of_processes() -> None:
    """A child's memory counts with its parent's, and a process that is gone counts nothing."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("this system does not tell")
    hold = "import sys; held = b'x' * (64 << 20); print('ready', flush=True); sys.stdin.read()"
    parent = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {hold!r}]).returncode)"
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        assert family_mb([process.pid]) > 64
        process.communicate(b"")
    assert family_mb([process.pid]) == 0
