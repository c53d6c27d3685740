"""`askwire status` with servers: where they are, and what it says while one is away."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.status import _servers
from index.config import ChromaServer, IndexConfig
from tests.bot.command import Askwire

AWAY = "http://127.0.0.1:1"  # where nobody listens


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """A folder with one article in it."""
    command = Askwire(tmp_path_factory.mktemp("status"))
    (command.folder / "ducks.txt").write_text("Ducks return\n\nDucks were seen in the harbour again.\n")
    assert command("add", "ducks.txt").code == 0
    return command


def test_vectors_on_a_server_that_is_away_are_unknown(askwire: Askwire) -> None:
    """Not none at all; the server's address is there, and what to look at."""
    said = askwire("status", CHROMA_URL=AWAY)
    assert said.code == 1
    assert "Vectors          unknown\n" in said.out
    assert "Chroma server    127.0.0.1:1\n" in said.out
    assert "no answer from the Chroma server at 127.0.0.1:1 ([Errno 111] Connection refused). Look at" in said.out
    (status,) = askwire("status", "--json", CHROMA_URL=AWAY).json
    assert (status["chunks"], status["vectors"], status["healthy"]) == (1, None, False)


def test_reindex_names_the_server_that_is_away(askwire: Askwire) -> None:
    """In its one line, with the setting; nothing is said of an embedding that there is none of."""
    said = askwire("reindex", CHROMA_URL=AWAY)
    assert said.fault.startswith("The vector index cannot be opened: no answer from the Chroma server at 127.0.0.1:1 (")
    assert said.fault.rstrip(".").endswith("Look at CHROMA_URL and the server")


@pytest.mark.parametrize(
    ("database", "chroma", "said"),
    [
        (None, None, []),
        (
            "postgresql+psycopg://user:hush@db.example.org:5433/news?password=hush",
            "https://user:hush@vectors.example.org/",
            ["Database         news at db.example.org:5433", "Chroma server    vectors.example.org:443"],
        ),
        (
            "postgresql+psycopg://user:hush@/news?host=a:5432&host=b:5432",
            "http://[::1]:8000",
            ["Database         news at a:5432, b:5432", "Chroma server    [::1]:8000"],
        ),
    ],
)
def test_servers_are_shown_without_what_opens_them(database: str | None, chroma: str | None, said: list[str]) -> None:
    """Host and name, and no user, password or token."""
    config = IndexConfig(
        Path(),
        Path(),
        database_url=make_url(database) if database else None,
        chroma=ChromaServer(chroma, "hush") if chroma else None,
    )
    assert _servers(config) == said
