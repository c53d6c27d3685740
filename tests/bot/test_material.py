"""What a message offers for adding."""

from __future__ import annotations

from bot.incoming import Attachment, Incoming, Me, read_message
from bot.material import Links, Post, is_only_links, material_of
from tests.helpers.updates import BOT_USERNAME, message

ME = Me(123_456_789, BOT_USERNAME)
LONG = "Three rockets hit the American embassy in Baghdad on Sunday evening, officials said, and one person was hurt."


def read(text: str, **options: object) -> Incoming:
    return read_message(message(text, **options), ME)  # type: ignore[arg-type]  # passed on as they are


def test_link() -> None:
    """A link after the command is a page to fetch, also beside a short remark."""
    assert material_of(read("/add https://a.example/x")) == Links(("https://a.example/x",))
    assert material_of(read("/add worth reading: https://a.example/x")) == Links(("https://a.example/x",))


def test_many_links() -> None:
    """Of very many links only the first five are taken."""
    found = material_of(read("/add " + " ".join(f"https://a.example/{n}" for n in range(9))))
    assert isinstance(found, Links)
    assert len(found.urls) == 5


def test_text() -> None:
    """A text is a post of unknown origin, even with a link in it."""
    found = material_of(read(f"/add {LONG} More: https://a.example/x"))
    assert isinstance(found, Post)
    assert found.text.startswith(LONG)
    assert found.origin.name is None


def test_file_wins() -> None:
    """A file counts before the words under it."""
    found = material_of(read(f"/add {LONG}", document=("a.txt", b"x", "text/plain")))
    assert isinstance(found, Attachment)


def test_forwarded_post_with_a_link_stays_a_post() -> None:
    """A forwarded post is taken as it stands, however short; only a bare link is fetched."""
    found = material_of(read("Blast in Baghdad https://a.example/x", forwarded_from="News"))
    assert isinstance(found, Post)
    assert found.origin.name == "News"
    assert material_of(read("https://a.example/x", forwarded_from="News")) == Links(("https://a.example/x",))


def test_reply() -> None:
    """A bare /add takes what the message it replies to offers, with that message's author."""
    found = material_of(read("/add", reply_to_bot=LONG))
    assert isinstance(found, Post)
    assert found.text == LONG
    assert found.origin.name == "Askwire"


def test_nothing() -> None:
    """A bare /add offers nothing."""
    assert material_of(read("/add")) is None


def test_only_links() -> None:
    """Only a message of links alone is taken for adding without a command."""
    assert is_only_links(read("https://a.example/x"))
    assert is_only_links(read("a.example/x\nhttps://b.example/"))
    assert not is_only_links(read("What is https://a.example/x?"))
    assert not is_only_links(read("How many rockets?"))
