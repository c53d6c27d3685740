"""The index of a news set, kept in the cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.filled_index import cached_folder, eval_config, recipe_of
from index.chunking import chunk_article
from tests.evals.builders import ARTICLES


def test_what_is_measured_is_what_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not what the settings of this machine name: a model there ranks nothing here unless it is asked for."""
    monkeypatch.setenv("RERANK_MODEL", "openai:of-the-settings")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    config = eval_config(tmp_path, "openai:a", "local:b")
    assert (config.chat_model, config.embedding_model, config.rerank_model) == ("openai:a", "local:b", "none")
    assert eval_config(tmp_path, "openai:a", "local:b", "openai:c").rerank_model == "openai:c"


def test_an_index_is_kept_while_its_recipe_is_the_same(tmp_path: Path) -> None:
    """What was built in an hour is there at the next run; another embedder or number has its own folder."""
    folder = cached_folder(tmp_path, "my news", ARTICLES, "local:mini", "r1")
    (folder / "askwire.db").write_text("kept")
    assert cached_folder(tmp_path, "my news", ARTICLES, "local:mini", "r1") == folder
    assert (folder / "askwire.db").exists()
    assert cached_folder(tmp_path, "my news", ARTICLES, "local:other", "r1") != folder
    assert cached_folder(tmp_path, "my news", ARTICLES[:2], "local:mini", "r1") != folder
    assert (folder / "askwire.db").exists()


def test_an_index_of_another_recipe_is_made_anew(tmp_path: Path) -> None:
    """An old index is never measured under new code."""
    folder = cached_folder(tmp_path, "my news", ARTICLES, "local:mini", "r1")
    (folder / "askwire.db").write_text("old")
    assert cached_folder(tmp_path, "my news", ARTICLES, "local:mini", "r2") == folder
    assert not (folder / "askwire.db").exists()


async def test_a_recipe_changes_with_texts_and_with_the_way_they_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same articles and code give the same recipe; a changed text, or chunk, another one."""
    first = await recipe_of(ARTICLES)
    assert await recipe_of(ARTICLES) == first
    assert await recipe_of((*ARTICLES[:2], replace(ARTICLES[2], text="Another text."))) != first
    monkeypatch.setattr("index.ingest.chunk_article", lambda article: chunk_article(article, 60))
    assert await recipe_of(ARTICLES) != first
