"""`askwire add`, `list`, `show` and `remove`: the collection from the command line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.bot.command import Askwire
from tests.index.sources.test_documents import make_docx, make_pdf

PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry runs free</title></head><body><article><h1>Ferry runs free</h1>"
    "<p>The ferry across the port of Lindholm runs every quarter of an hour and costs nothing.</p>"
    "<p>It carries people on foot and on bicycles until the bridge opens again in the summer.</p>"
    "<p>The town council pays for the boat, and its captain says that she has never been so busy in ten years.</p>"
    "</article></body></html>"
)
LINES = (
    json.dumps({"id": "goose-1", "title": "Geese leave", "source": "Birds", "text": "The geese left in May."})
    + "\nnot json\n"
    + json.dumps({"title": "Ducks return", "text": "The ducks returned in June."})
    + "\n"
)


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """A folder with a file of each kind, and faulty ones."""
    command = Askwire(tmp_path_factory.mktemp("articles"))
    folder = command.folder
    (folder / "lake.txt").write_text("Lake walkers\n\nSeventy people walked around the frozen lake on Sunday.\n")
    (folder / "mill.md").write_text("# The old mill burns\n\nThe mill in **Vellin** burned down on Friday night.\n")
    (folder / "ferry.html").write_text(PAGE)
    (folder / "frost.pdf").write_bytes(make_pdf())
    (folder / "storm.docx").write_bytes(make_docx("Storm closes the pass", "A storm closed the pass for two days."))
    (folder / "birds.jsonl.gz").write_bytes(gzip.compress(LINES.encode()))
    (folder / "latin.txt").write_bytes("Café in Köln\n\nDas Café in Köln öffnet am Montag wieder.\n".encode("latin-1"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "page.html").write_text("<!DOCTYPE html><html><body><nav>Home</nav></body></html>")
    (folder / "large.txt").write_bytes(b"many words \n" * 1_700_000)
    return command


GOOD = ["lake.txt", "mill.md", "ferry.html", "frost.pdf", "storm.docx", "birds.jsonl.gz", "latin.txt"]
FAULTY = {
    "empty.txt": "empty.txt is empty.",
    "picture.txt": "picture.txt is not a text.",
    "page.html": "page.html has too little text",
    "large.txt": "large.txt is over 20 MB.",
    "missing.txt": "missing.txt does not exist.",
    ".": "is a folder.",
    "http://127.0.0.1:9/": "",
}


@pytest.fixture(scope="module")
def articles(askwire: Askwire) -> dict[str, str]:
    """Ids by title of all that could be added; the faulty ones are named and stop nothing."""
    done = askwire("add", *GOOD, *FAULTY)
    assert done.code == 1
    faults = done.err.splitlines()
    assert len(faults) == len(FAULTY) + 1
    assert faults[0] == "askwire: birds.jsonl.gz, line 2: not valid JSON. Each line must hold one JSON object."
    for fault, expected in zip(faults[1:], FAULTY.values(), strict=True):
        assert fault.startswith("askwire: ")
        assert expected in fault
    *added, total = done.out.splitlines()
    assert total == "8 added, 8 could not be read."
    assert all(line.startswith("Added: ") for line in added)
    return {title: key for key, title in (line.removeprefix("Added: ").split("  ", 1) for line in added)}


def test_every_type_is_added_whatever_else_fails(articles: dict[str, str]) -> None:
    """Text, Markdown, HTML, PDF, DOCX and packed JSON lines are articles, beside faulty files in the same command."""
    titles = {"Lake walkers", "The old mill burns", "Ferry runs free", "Storm closes the pass", "Café in Köln"}
    assert titles | {"Geese leave", "Ducks return"} < articles.keys()
    assert len(articles) == 8
    assert articles["Geese leave"] == "goose-1"


def test_a_duplicate_is_said_and_changes_nothing(askwire: Askwire, articles: dict[str, str]) -> None:
    """The same file again is already here: exit code 0, the same list."""
    before = askwire("list", "--json").out
    (askwire.folder / "copy.md").write_bytes((askwire.folder / "lake.txt").read_bytes())
    again = askwire("add", "lake.txt")
    assert (again.code, again.err) == (0, "")
    assert again.out == f"Already here: {articles['Lake walkers']}  Lake walkers\n"
    assert askwire("list", "--json").out == before


def test_list_shows_the_newest_first(askwire: Askwire, articles: dict[str, str]) -> None:
    """All articles are listed, the last one added on top, with the keys of the contract."""
    listed = askwire("list", "--json").json
    assert [item["id"] for item in listed] == list(articles.values())[::-1]
    geese = next(item for item in listed if item["id"] == "goose-1")
    assert geese == {
        "id": "goose-1",
        "title": "Geese leave",
        "url": None,
        "source": "Birds",
        "published_at": None,
        "version": 1,
    }
    assert "goose-1  Geese leave · Birds\n" in askwire("list").out


def test_show_gives_the_text(askwire: Askwire, articles: dict[str, str]) -> None:
    """An article is shown whole, whatever its encoding was."""
    shown = askwire("show", articles["Café in Köln"])
    assert shown.code == 0
    assert shown.out == "Café in Köln\n\nDas Café in Köln öffnet am Montag wieder.\n"


def test_a_removed_article_is_gone_everywhere(askwire: Askwire) -> None:
    """After `remove` neither the list nor the search nor the status knows the article."""
    (askwire.folder / "gone.txt").write_text("Zeppelin lands\n\nA zeppelin landed beside the old zeppelin hangar.\n")
    key = askwire("add", "gone.txt").out.split()[1]
    removed = askwire("remove", key)
    assert (removed.code, removed.out) == (0, f"Removed {key}.\n")
    assert key not in askwire("list").out
    (found,) = askwire("search", "zeppelin hangar", "--json").json
    assert key not in {item["article_id"] for item in found["evidence"]}
    (status,) = askwire("status", "--json").json
    assert status["healthy"]
    assert status["chunks"] == status["vectors"]
    assert askwire("show", key).fault == f"There is no article {key}. askwire list shows what there is."


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_id_is_a_clear_fault(askwire: Askwire, articles: dict[str, str], command: str) -> None:
    """An id that nothing has is named, with where to find those that there are."""
    done = askwire(command, "no-such-id")
    assert done.fault == "There is no article no-such-id. askwire list shows what there is."


def test_an_update_is_a_new_version(askwire: Askwire) -> None:
    """An article whose id comes again with another text replaces the one before."""
    line = {"id": "crane-1", "title": "Cranes", "text": "Twelve cranes stand in the port."}
    (askwire.folder / "cranes.jsonl").write_text(json.dumps(line))
    assert askwire("add", "cranes.jsonl").out == "Added: crane-1  Cranes\n"
    (askwire.folder / "cranes.jsonl").write_text(json.dumps({**line, "text": "Nine cranes stand in the port."}))
    assert askwire("add", "cranes.jsonl").out == "Updated to version 2: crane-1  Cranes\n"
    assert "Nine cranes" in askwire("show", "crane-1").out
