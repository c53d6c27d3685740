"""The catalog's tables. Times are UTC in ISO 8601; a vector is its float32 bytes in little-endian order."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

REVISION = "0004"  # the last one in migrations/versions
SCHEMA_VERSION = REVISION.lstrip("0")  # in `meta`, for an older askwire to see, and for backups
REVISION_TABLE = "catalog_revision"

metadata = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only what is called INTEGER

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("version", Integer, nullable=False),
    Column("added_at", String, nullable=False),
    Index("articles_by_scope", "scope", "added_at"),
    Index("articles_by_url", "scope", "url"),
)

versions = Table(
    "versions",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("published_at", String),
    Column("stored_at", String, nullable=False),
    Column("author", Text),
    Column("updated_at", String),
    Column("language", String),
    Index("versions_by_text", "text_hash"),
)

# Every place where an article was found, its own address first; `address` is the canonical key of `url`.
appearances = Table(
    "appearances",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("scope", String, nullable=False),
    Column("address", Text),
    Column("url", Text),
    Column("source", Text),
    Index("appearances_by_address", "scope", "address", unique=True),
)

# What copies of a text are found by: the bands of its MinHash signature.
signature_bands = Table(
    "signature_bands",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("band", Integer, primary_key=True),
    Column("scope", String, nullable=False),
    Column("value", BigInteger, nullable=False),
    Index("signature_bands_by_value", "scope", "value"),
)

chunks = Table(
    "chunks",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    Column("article_id", String, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["article_id", "version"], ["versions.article_id", "versions.version"], ondelete="CASCADE"),
    sqlite_autoincrement=True,
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("chunk_id", ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True),
    Column("embedder", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# Words are folded for the full-text index by this function of Python's, which the statements below call. Its name
# changes with what it does, so that an index made by another one is seen and made anew.
SEARCH_TEXT = "search_text_2"

# The full-text index reads its text from this view of `chunks`; triggers keep both in one transaction.
SQLITE_FULL_TEXT = (
    """CREATE VIEW IF NOT EXISTS chunks_searchable AS
        SELECT seq, search_text_2(title) AS title, search_text_2(text) AS text FROM chunks""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS chunks_fts USING fts5(title, text, content='chunks_searchable',
        content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2')""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS chunks_vocabulary USING fts5vocab(chunks_fts, 'row')",
    """CREATE TRIGGER IF NOT EXISTS chunks_inserted AFTER INSERT ON chunks BEGIN
        INSERT INTO chunks_fts(rowid, title, text)
        VALUES (new.seq, search_text_2(new.title), search_text_2(new.text)); END""",
    """CREATE TRIGGER IF NOT EXISTS chunks_deleted AFTER DELETE ON chunks BEGIN
        INSERT INTO chunks_fts(chunks_fts, rowid, title, text)
        VALUES ('delete', old.seq, search_text_2(old.title), search_text_2(old.text)); END""",
)
