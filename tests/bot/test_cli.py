"""The commands that ask, as the contract of the command line describes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel
from tests.bot.command import Askwire

ANSWER_KEYS = [
    "id",
    "question",
    "status",
    "text",
    "short_answer",
    "citations",
    "conflicts",
    "related",
    "evidence",
    "model",
    "timings",
]
CITATION_KEYS = ["n", "article_id", "title", "url", "source", "published_at"]
CITATION_KEYS += ["updated_at", "also", "quote", "start", "end", "answer_span"]
STORY = {
    "id": "lake-1",
    "url": "https://news.example/lake",
    "title": "Lake walkers",
    "source": "The Daily Example",
    "published_at": "2024-06-02",
    "text": "Seventy people walked around the frozen lake on Sunday. Mayor Ida Holm walked in front.",
}
OTHER = {"title": "Ducks return", "text": "Ducks returned to the harbour of Lindholm this week."}


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """A collection of two stories."""
    command = Askwire(tmp_path_factory.mktemp("cli"))
    (command.folder / "two.jsonl").write_text(f"{json.dumps(STORY)}\n{json.dumps(OTHER)}\n")
    added = command("add", "two.jsonl")
    assert added.code == 0, added
    return command


@pytest.fixture
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    async def open_fake(*_: object) -> FakeChatModel:
        return FakeChatModel(["seventy"], kind=ModelKind.READER)

    monkeypatch.setattr("index.model_set.open_chat_model", open_fake)


@pytest.mark.usefixtures("_model")
def test_ask_json_is_the_contract(askwire: Askwire) -> None:
    """An answer has these keys in this order, and its quote stands in the article at its offsets."""
    done = askwire("ask", "How many people walked around the lake?", "--json", CHAT_MODEL="local:gemma-3-270m")
    (answer,) = done.json
    assert (done.code, done.err) == (0, "")
    assert list(answer) == ANSWER_KEYS
    assert answer["id"] is None
    assert answer["question"] == "How many people walked around the lake?"
    assert (answer["status"], answer["short_answer"], answer["model"]) == ("answered", "Seventy", "fake:replies")
    assert answer["text"].startswith("Seventy [1]\n")
    citation = answer["citations"][0]
    assert list(citation) == CITATION_KEYS
    assert STORY["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert citation["published_at"] == "2024-06-02T00:00:00+00:00"
    assert [citation[key] for key in ("n", "article_id", "title", "url", "source")] == [
        1,
        *(STORY[key] for key in ("id", "title", "url", "source")),
    ]
    assert [list(item) for item in answer["evidence"]] == [["article_id", "chunk_id", "text", "score"]] * 2
    assert list(answer["timings"]) == ["retrieval_ms", "first_token_ms", "total_ms"]


def test_ask_shows_the_quote_and_where_it_stands(askwire: Askwire) -> None:
    """Without --json a person reads the sentence, its title, source, date and link."""
    done = askwire("ask", "How many people walked around the lake?")
    assert done.code == 0
    assert "“Seventy people walked around the frozen lake on Sunday.”" in done.out
    assert "Lake walkers · The Daily Example · 2 June 2024 · https://news.example/lake" in done.out


def test_what_the_articles_do_not_say_is_declined(askwire: Askwire) -> None:
    """A declined question is no failure, and has neither a short answer nor citations."""
    done = askwire("ask", "Which orchestra played Beethoven in Tokyo?", "--json")
    (answer,) = done.json
    assert (done.code, list(answer)) == (0, ANSWER_KEYS)
    assert (answer["status"], answer["short_answer"], answer["citations"]) == ("declined", None, [])


def test_search_json_has_the_passages(askwire: Askwire) -> None:
    """A search gives the evidence with its article's header, best first."""
    (found,) = askwire("search", "ducks harbour", "--json").json
    assert list(found) == ["id", "question", "evidence"]
    first, second = found["evidence"]
    assert list(first) == ["article_id", "chunk_id", "text", "score", "title", "url", "source", "published_at"]
    assert (first["title"], second["article_id"]) == ("Ducks return", "lake-1")
    assert first["score"] > second["score"]


def test_k_limits_a_search(askwire: Askwire) -> None:
    """`-k 1` gives the best passage alone, also for people."""
    (found,) = askwire("search", "ducks harbour", "-k", "1", "--json").json
    assert [item["title"] for item in found["evidence"]] == ["Ducks return"]
    assert askwire("search", "ducks harbour", "-k", "1").out == f"1. Ducks return\n   {OTHER['text']}\n"


def test_status_json_is_the_contract(askwire: Askwire) -> None:
    """The status counts what is there and names the models that are set, without loading them."""
    done = askwire("status", "--json", CHAT_MODEL="openai:some-model")
    (status,) = done.json
    assert done.code == 0
    assert status == {
        "articles": 2,
        "chunks": 2,
        "vectors": 2,
        "embedding_model": "local:all-minilm-l6-v2",
        "chat_model": "openai:some-model",
        "data_dir": str(askwire.folder / "data"),
        "healthy": True,
        "problems": [],
        "feeds": 0,
        "feeds_failing": 0,
        "feeds_paused": 0,
        "updates_waiting": 0,
        "waiting_since": None,
        "questions_today": 0,
        "cost_today_usd": 0.0,
        "last_problems": [],
    }
    assert "Articles         2\n" in askwire("status").out


def test_reindex_keeps_everything(askwire: Askwire) -> None:
    """The vector index is built anew from what the catalog holds."""
    done = askwire("reindex")
    assert (done.code, done.out) == (
        0,
        "The vector index now holds 2 chunks, embedded with local:all-minilm-l6-v2.\n",
    )
    assert "Embedding" not in done.err  # nothing is embedded anew
    (found,) = askwire("search", "ducks harbour", "-k", "1", "--json").json
    assert found["evidence"][0]["title"] == "Ducks return"


def test_reindex_to_another_embedder_and_back(askwire: Askwire) -> None:
    """It says which setting must follow; with it the articles are found, and without it not any more."""
    other = "local:multilingual-e5-small"
    done = askwire("reindex", "--to", other)
    assert done.out.startswith(f"The vector index now holds 2 chunks, embedded with {other}.")
    assert done.out.endswith(f" Set EMBEDDING_MODEL={other} before the next start.\n")
    (found,) = askwire("search", "patos en el puerto", "-k", "1", "--json", EMBEDDING_MODEL=other).json
    assert found["evidence"][0]["title"] == "Ducks return"
    assert f"are embedded with {other}" in askwire("search", "ducks").fault
    assert askwire("reindex").out.startswith("The vector index now holds 2 chunks")
    assert askwire("reindex", "--forget").out == "Deleted 2 vectors of embedding models that are not in use.\n"
    assert askwire("search", "ducks harbour", "-k", "1").code == 0
    assert askwire("reindex", "--forget", "--to", other).code == 2


def test_weights_names_the_files(askwire: Askwire, weights_dir: Path) -> None:
    """`askwire weights` fetches what is not there and says where the files are."""
    done = askwire("weights", CHAT_MODEL="local:gemma-3-270m")
    assert done.code == 0
    models = [line.partition(":")[0] for line in done.out.splitlines()]
    assert models == ["gemma-3-270m", "all-minilm-l6-v2"]
    assert str(weights_dir / "weights" / "all-minilm-l6-v2" / "model.onnx") in done.out


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("nonsense",),
        ("ask",),
        ("ask", "x", "--batch", "y.jsonl"),
        ("ask", "--unknown"),
        ("search", "x", "-k", "0"),
        ("add",),
        ("show",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(args: tuple[str, ...], tmp_path: Path) -> None:
    """What the command line cannot mean is exit code 2, and touches nothing."""
    assert Askwire(tmp_path)(*args).code == 2
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(tmp_path: Path) -> None:
    """`askwire --help` lists the commands."""
    done = Askwire(tmp_path)("--help")
    assert done.code == 0
    for command in "chat ask search add list show remove run status weights reindex".split():
        assert f" {command} " in done.out


def test_a_question_needs_no_quotation_marks(askwire: Askwire) -> None:
    """The words of the command line are one question."""
    told = askwire("ask", "Who", "walked", "in", "front?", "--json")
    assert told.code == 0, told
    assert json.loads(told.out)["question"] == "Who walked in front?"


def test_the_version_is_told(askwire: Askwire) -> None:
    """--version prints the name and the version."""
    told = askwire("--version")
    assert (told.code, told.out.startswith("askwire ")) == (0, True)
