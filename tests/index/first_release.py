"""A database as the first release of askwire wrote it: its own statements, and rows in the columns it had."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.chunking import chunk_article
from index.providers.fakes import FakeEmbedder
from index.types import Article

# As they stand in the schema table of its files.
SCHEMA = """
CREATE TABLE meta ("key" VARCHAR NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key"));
CREATE TABLE articles (id VARCHAR NOT NULL, scope VARCHAR NOT NULL, url TEXT, source TEXT, version INTEGER NOT NULL,
    added_at VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE INDEX articles_by_url ON articles (scope, url);
CREATE INDEX articles_by_scope ON articles (scope, added_at);
CREATE TABLE versions (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    text_hash VARCHAR NOT NULL, published_at VARCHAR, stored_at VARCHAR NOT NULL, PRIMARY KEY (article_id, version),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE);
CREATE INDEX versions_by_text ON versions (text_hash);
CREATE TABLE chunks (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id VARCHAR NOT NULL, scope VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    FOREIGN KEY(article_id, version) REFERENCES versions (article_id, version) ON DELETE CASCADE, UNIQUE (id));
CREATE INDEX ix_chunks_article_id ON chunks (article_id);
CREATE TABLE embeddings (chunk_id VARCHAR NOT NULL, embedder VARCHAR NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (chunk_id, embedder), FOREIGN KEY(chunk_id) REFERENCES chunks (id) ON DELETE CASCADE);
CREATE VIRTUAL TABLE chunks_fts USING fts5(
    title, text, content='chunks', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE chunks_vocabulary USING fts5vocab(chunks_fts, 'row');
CREATE TRIGGER chunks_inserted AFTER INSERT ON chunks BEGIN
    INSERT INTO chunks_fts(rowid, title, text) VALUES (new.seq, new.title, new.text); END;
CREATE TRIGGER chunks_deleted AFTER DELETE ON chunks BEGIN
    INSERT INTO chunks_fts(chunks_fts, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text); END;
INSERT INTO meta VALUES ('schema', '1');
"""
EARLIER = "An earlier text of it."


def write_first_release(path: Path, articles: Sequence[Article]) -> None:
    """Writes a file with articles in the public collection, each in its second version, with chunks and vectors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    embedder = FakeEmbedder()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"PRAGMA journal_mode=WAL; {SCHEMA}")
        database.execute("INSERT INTO meta VALUES ('embedder', ?)", (embedder.name,))
        for number, article in enumerate(articles):
            _write(database, article, f"2026-01-01T00:00:{number:02}.000000+00:00", embedder)
        database.commit()


def _write(database: sqlite3.Connection, article: Article, at: str, embedder: FakeEmbedder) -> None:
    published = article.published_at.isoformat() if article.published_at else None
    row = (article.id, "public", article.url, article.source, 2, at)
    database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", row)
    for version, text in ((1, EARLIER), (2, article.text)):
        digest = hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()
        version_row = (article.id, version, article.title, text, digest, published, at)
        database.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)", version_row)
    for part in chunk_article(article, 100):
        chunk = (part.id, "public", article.id, 2, part.position, part.start, part.end, article.title, part.text)
        marks = "NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        database.execute(f"INSERT INTO chunks VALUES ({marks})", chunk)  # noqa: S608 – marks alone
        vector = embedder.embed([part.text])[0].astype("<f4").tobytes()
        database.execute("INSERT INTO embeddings VALUES (?, ?, ?)", (part.id, embedder.name, vector))
