"""Articles in, checked answers out: the part of askwire that knows nothing of Telegram.

    links, feeds, files, posts ─► sources ─► Article ─► chunking ─► Chunk ─► embedding ─► store (Chroma + catalog)
    question ─► retrieval ─► Evidence ─► answering (write, check) ─► Answer

Start at `news_index.NewsIndex`. Nothing is imported here, so importing a small part stays cheap.
"""
