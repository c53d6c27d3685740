"""Backups on the command line: out of files, and into PostgreSQL."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, inspect

from bot.state import open_state
from index import upkeep
from index.config import DATABASE
from tests.bot.command import Askwire
from tests.index.repairs import repair_here
from tests.index.test_backup import fill


async def _with_state(place: Path | URL) -> None:
    async with open_state(place):
        pass


def test_a_backup_of_files_comes_into_postgres(
    tmp_path: Path, postgres_place: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All articles and the bot's tables are there; a second time it is refused in one line."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    askwire = Askwire(tmp_path)
    asyncio.run(fill(tmp_path / "data", 3))
    asyncio.run(_with_state(tmp_path / "data" / DATABASE))
    url = postgres_place.render_as_string(hide_password=False)
    assert askwire("backup", "a.tar").code == 0
    done = askwire("restore", "a.tar", DATABASE_URL=url, ASKWIRE_DATA_DIR=str(tmp_path / "none"))
    assert done.out.startswith("Restored 6 articles in 6 chunks"), done
    assert not (tmp_path / "none").exists()
    engine = create_engine(postgres_place)
    assert {"articles", "feeds", "inbox", "recent_problems", "messages"} <= set(inspect(engine).get_table_names())
    engine.dispose()
    assert "not empty" in askwire("restore", "a.tar", DATABASE_URL=url).fault
