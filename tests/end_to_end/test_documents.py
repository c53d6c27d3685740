"""The commands of README.md and docs/scaling-out.md, run as they stand there, with places that a test has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from sqlalchemy import URL

from evals import postgres_server as postgres
from tests.bot.handlers.feed_site import FEED, ITEM, PAGE, body_of
from tests.end_to_end.shell import WAIT_S, Shell, block_of
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.feed_site import page_html, story
from tests.index.sources.test_documents import make_docx, make_pdf
from tests.index.sources.test_epub import book, chapter

STORY = "Three rockets hit the embassy on Sunday, the ministry of Lindholm said."


class _Site(BaseHTTPRequestHandler):
    """A home page that names its feed, the feed with one article, and an article's page."""

    def do_GET(self) -> None:
        root, title = f"http://{self.headers['Host']}", "Ferry aground"
        item = ITEM.format(title=title, root=root, name="ferry", body=body_of(title))
        pages = {
            "/": ("text/html", PAGE),
            "/feed.xml": ("application/rss+xml", FEED.format(root=root, items=item)),
            "/a-story": ("text/html", page_html("whale", story("whale"))),
        }
        kind, text = pages.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a running site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.timeout(300)  # real models, and a process for each line
async def test_a_readers_own_articles(weights_dir: Path, tmp_path: Path, site: str) -> None:
    """Each kind of file and the link are taken in, the site is followed, and a question finds the answer in them."""
    (tmp_path / "report.pdf").write_bytes(make_pdf())
    (tmp_path / "notes.docx").write_bytes(make_docx("Notes of the harbour", story("harbour")))
    (tmp_path / "book.epub").write_bytes(book(chapter("<h1>The lake</h1>", story("lake"))))
    (tmp_path / "story.txt").write_text(f"Rockets over Lindholm\n\n{STORY}\n")
    shell = Shell(tmp_path, PRIVATE_HOSTS="localhost")
    said = await shell(block_of("README.md", "askwire add report.pdf").replace("https://example.org", site))
    added, _, listed = said.partition("Followed: The Daily Example")
    assert added.count("Added") == 5, said
    assert "rockets hit" in listed
    for title in ("Rockets over Lindholm", "Ferry aground", "Page of whale"):
        assert title in listed, said


@pytest.fixture
async def servers(postgres_server: URL, tmp_path: Path) -> AsyncIterator[tuple[Shell, str]]:
    """A shell in which PostgreSQL's programs find a server, and the address of its database askwire."""
    folder, binaries = str(postgres_server.query["host"]), postgres.programs()
    (tmp_path / "srv").mkdir()
    async with FakeBotApi() as api:
        given = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.url}
        shell = Shell(tmp_path, str(binaries), PGHOST=folder, PGUSER=postgres_server.username or "", **given)
        try:
            yield shell, f"postgresql://{postgres_server.username}:secret@/askwire?host={folder}"
        finally:
            await shell("dropdb --if-exists --force askwire")


@pytest.mark.timeout(300)  # two servers, real models, and a process for each line
async def test_from_files_to_servers(weights_dir: Path, servers: tuple[Shell, str], unused_tcp_port: int) -> None:
    """Both blocks: a bot starts on two empty servers, and the articles of a collection in files come into them."""
    shell, address = servers
    port = unused_tcp_port

    def with_places(block: str) -> list[str]:
        there = block.replace("postgresql://askwire:secret@127.0.0.1/askwire", address)
        return there.replace("8000", str(port)).replace("/srv/", f"{shell.folder}/srv/").splitlines()

    createdb, chroma, status, run = with_places(block_of("docs/scaling-out.md", "createdb"))
    backup, *restored = with_places(block_of("docs/scaling-out.md", "askwire backup"))
    (shell.folder / "story.txt").write_text(f"Rockets over Lindholm\n\n{STORY}\n")
    assert "Added" in await shell("askwire add story.txt")
    await shell(createdb)
    async with shell.beside(chroma):
        await answers(f"http://127.0.0.1:{port}/api/v2/heartbeat")
        assert re.search(r"^Articles +0$", await shell(status), re.MULTILINE)
        async with shell.beside(run, until="the bot is running"):
            pass
        assert "Backed up 1 article" in await shell(backup)
        await shell("dropdb askwire")
        said = await shell("\n".join(restored))
    assert "Restored 1 article" in said
    assert re.search(r"^Articles +1$", said, re.MULTILINE)
    assert re.search(r"^Problems +none$", said, re.MULTILINE)


async def answers(url: str) -> None:
    """Waits until a server answers."""
    async with asyncio.timeout(WAIT_S), httpx.AsyncClient() as client:
        while True:
            try:
                (await client.get(url)).raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return
