"""`askwire feeds …`: what the public collection follows, from the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.config import lock_data_dir
from tests.bot.command import Askwire
from tests.bot.handlers.feed_site import FEED, ITEM, PAGE


class _Pages(BaseHTTPRequestHandler):
    """A home page that names its feed, and the feed with one article."""

    def do_GET(self) -> None:
        root = f"http://{self.headers['Host']}"
        body = "".join(f"<p>Three rockets hit the embassy, witness number {n} said.</p>" for n in range(60))
        item = ITEM.format(title="Rockets hit embassy", root=root, name="rockets", body=body)
        pages = {"/": ("text/html", PAGE), "/feed.xml": ("application/rss+xml", FEED.format(root=root, items=item))}
        kind, text = pages.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class has it
        """Says nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def askwire(weights_dir: Path, tmp_path: Path) -> Askwire:
    """The command, allowed to fetch from this machine."""
    return Askwire(tmp_path, PRIVATE_HOSTS="localhost")


def test_a_site_is_followed_and_polled(askwire: Askwire, site: str) -> None:
    """Its feed is found and read, the list shows it, and what it brought can be listed and is not brought twice."""
    added = askwire("feeds", "add", f"{site}/")
    assert (added.code, added.err) == (0, "")
    assert added.out.startswith("Followed: The Daily Example\nThe Daily Example: 1 article\n")
    assert "Sport" in added.out
    assert askwire("feeds", "add", f"{site}/feed.xml").out.startswith("Already followed: The Daily Example")
    (listed,) = askwire("feeds", "list", "--json").json
    assert (listed["id"], listed["title"], listed["articles"], listed["problem"]) == (1, "The Daily Example", 1, None)
    assert "Rockets hit embassy" in askwire("list").out
    assert askwire("feeds", "poll").out.startswith("No feed is due.")
    assert askwire("feeds", "poll", "--all").out == "The Daily Example: 0 articles\n"


def test_beside_a_running_askwire(askwire: Askwire, site: str) -> None:
    """A feed is noted for the other process to read; listing and removing work too."""
    lock = lock_data_dir(askwire.folder / "data")
    try:
        added = askwire("feeds", "add", site)
        assert (added.code, added.err) == (0, "")
        assert added.out == "Followed: The Daily Example. The running askwire looks at it within a minute.\n"
        assert "not looked at yet" in askwire("feeds", "list").out
        assert askwire("feeds", "remove", "1").out == "No longer followed: 1. Its articles stay.\n"
        assert askwire("feeds", "list").out.startswith("No feeds yet.")
    finally:
        lock.release()


def test_lists_of_feeds(askwire: Askwire, tmp_path: Path) -> None:
    """A list comes in, is polled with its faults told, and goes out again."""
    opml = tmp_path / "feeds.opml"
    outline = '<outline xmlUrl="http://localhost:9/feed" text="Harbour"/>'
    opml.write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    assert askwire("feeds", "import", "feeds.opml").out.startswith("1 feed added, 0 were there already.")
    assert askwire("feeds", "import", "feeds.opml").out.startswith("0 feeds added, 1 were there already.")
    polled = askwire("feeds", "poll")
    assert polled.code == 0
    assert re.match(r"Harbour: .*could not be reached", polled.out)
    assert "could not be reached" in askwire("feeds", "list").out
    assert askwire("feeds", "export", "out.opml").code == 0
    assert "http://localhost:9/feed" in (tmp_path / "out.opml").read_text()
    assert askwire("feeds", "export").out.strip() == (tmp_path / "out.opml").read_text().strip()


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("remove", "7"), "There is no feed 7."),
        (("import", "missing.opml"), "missing.opml cannot be read"),
        (("add", "http://127.0.0.1:9/"), "127.0.0.1"),
        (("export", "no/such/folder.opml"), "cannot be written"),
    ],
)
def test_faults_are_one_line(askwire: Askwire, arguments: tuple[str, ...], fault: str) -> None:
    """What is wrong is said on one line, with exit code 1."""
    assert fault in askwire("feeds", *arguments).fault
