"""An index that holds a news set: an existing one, or one in the user's cache that is kept for the next time."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.settings import Settings
from evals.newsset import DataError
from evals.progress import progress_bar
from index.config import DATABASE, IndexConfig
from index.news_index import NewsIndex
from index.providers.base import Vectors
from index.providers.registry import NO_MODEL
from index.types import Article

_RECIPE = "recipe.txt"
_TRIED_ARTICLES = 30


def eval_config(data_dir: Path, model: str, embedder: str, rerank: str = NO_MODEL) -> IndexConfig:
    """The settings of this machine, for the keys of hosted models, with what is measured put in.

    Raises:
        SettingsError: when a setting is wrong.
    """
    settings = Settings.load().index_config()
    return replace(
        settings,
        data_dir=data_dir,
        chat_model=model,
        embedding_model=embedder,
        rerank_model=rerank,
        chroma=None,
        database_url=None,
    )


def cached_folder(cache_dir: Path, name: str, articles: Sequence[Article], embedder: str, recipe: str) -> Path:
    """Where the index of these articles lies in the cache: named by the data set, their number and the embedder.

    One that was made by another recipe is deleted first.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", f"{name} {len(articles)} {embedder}".lower()).strip("-")
    folder = cache_dir / "evals" / plain
    file = folder / _RECIPE
    if folder.exists() and (not file.exists() or file.read_text("utf-8") != recipe):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(recipe, "utf-8")
    return folder


async def open_existing(config: IndexConfig) -> NewsIndex:
    """Opens an index that is there.

    Raises:
        DataError: when there is none.
        NewsIndexError: as `NewsIndex.open`.
    """
    if not (config.data_dir / DATABASE).exists():
        raise DataError(f"{config.data_dir} holds no index: add articles with askwire add, or name a news set.")
    return await NewsIndex.open(config)


async def open_filled(config: IndexConfig, articles: Sequence[Article]) -> NewsIndex:
    """Opens or makes an index, and adds the articles that it does not hold.

    Raises:
        NewsIndexError: as `NewsIndex.open` and `NewsIndex.add`; what was added before is kept.
    """
    news = await NewsIndex.open(config)
    try:
        with progress_bar("articles", len(articles)) as advance:
            await news.add(articles, on_added=lambda _: advance())
    except BaseException:
        await news.close()
        raise
    return news


async def recipe_of(articles: Sequence[Article]) -> str:
    """A digest of the articles, and of what is embedded for the first of them.

    It changes with the way articles are cut, so that no old index is measured under new code.

    Raises:
        StoreError: when the temporary folder cannot be written.
    """
    recorder = _Recorder()
    with tempfile.TemporaryDirectory() as folder:
        async with await NewsIndex.open_with(Path(folder), embedder=recorder, chat_model=None) as news:
            await news.add(articles[:_TRIED_ARTICLES])
    for article in articles:
        recorder.digest.update(f"{article.id}\n{article.title}\n{article.text}\n".encode())
    return recorder.digest.hexdigest()


class _Recorder:
    """An embedder that only notes what it is given."""

    name = "recorder:texts"
    dimension = 1

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The same vector for every text."""
        for text in texts:
            self.digest.update(f"{text}\n".encode())
        return np.ones((len(texts), 1), dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        """The same vector."""
        self.embed([text])
        return np.ones(1, dtype=np.float32)
