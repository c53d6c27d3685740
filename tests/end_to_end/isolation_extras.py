"""What is planted beside the twenty facts of each chat: addresses that all chats share, feeds, and talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from index.errors import FetchError
from index.fetch import Fetcher
from index.parsing import Parsers
from index.sources.opml import OpmlFeed, write_opml
from index.sources.reader import SourceReader
from index.types import Article
from tests.end_to_end.isolation_data import CHATS, FACTS, PUBLIC, Fact, Secrets, facts_of, name_of

SHARED_URL = "https://shared.example/news"
SHARED_FEED = "https://shared.example/feed"
FEEDS = 10  # of each chat's own, beside the one that all follow
WIRE = Fact(PUBLIC, "Weststead", "4000037", "Brown", "canal lock", "gates")
_WIRE_TEXT = (
    f"{WIRE.sentence} Boats of all sizes wait there on summer weekends. The council wants to open one more bridge over "
    "the old canal next spring, and the shops along the quay hope for more visitors by then."
)
_DAY = datetime(2026, 4, 7, 9, tzinfo=UTC)
_FIRST_NAME = 3300  # those before are the facts'
_NAMES = 50  # of each chat


def _names(owner: int, first: int, count: int) -> list[str]:
    start = _FIRST_NAME + owner * _NAMES + first
    return [name_of(number) for number in range(start, start + count)]


def shared_fact(owner: int) -> Fact:
    """What stands in a chat's own article at the address that all share."""
    town, person = _names(owner, 0, 2)
    return Fact(owner, town, str(3_000_017 + 613 * owner), person, "lighthouse", "windows")


def shared_article(owner: int) -> Article:
    """A chat's own article at the address that all share."""
    (place,) = _names(owner, 2, 1)
    text = f"{shared_fact(owner).sentence} It was built of grey stone on the cliffs above {place} by local masons."
    return Article(f"Light over {place}", text, url=SHARED_URL, source=f"{place} Herald", published_at=_DAY)


def carriers(owner: int) -> list[str]:
    """The two papers in which a chat found the same report that all chats have."""
    return _names(owner, 3, 2)


def wire_articles(owner: int) -> list[Article]:
    """That report as each of the two papers has it."""
    return [
        Article(
            "Quiet canal", _WIRE_TEXT, url=f"https://{name.casefold()}.example/wire", source=name, published_at=_DAY
        )
        for name in carriers(owner)
    ]


def feeds_of(owner: int) -> list[OpmlFeed]:
    """What a chat follows: feeds of its own, and one that all follow under a title of each one's own."""
    own = zip(_names(owner, 5, FEEDS), _names(owner, 5 + FEEDS, FEEDS), strict=True)
    (shared,) = _names(owner, 5 + 2 * FEEDS, 1)
    return [OpmlFeed(f"https://{host.casefold()}.example/feed", f"{title} Daily") for title, host in own] + [
        OpmlFeed(SHARED_FEED, f"{shared} Daily")
    ]


def opml_of(owner: int) -> bytes:
    """The same as a file."""
    return write_opml(feeds_of(owner), "Feeds").encode()


def talk_of(owner: int) -> list[tuple[str, str, str]]:
    """(name, number, message) of what is said in a group."""
    names = _names(owner, 6 + 2 * FEEDS, FACTS)
    numbers = [str(4_100_003 + 613 * (owner * FACTS + n)) for n in range(FACTS)]
    return [
        (name, number, f"I counted the boats at {name} this morning and there were {number} of them in the basin")
        for name, number in zip(names, numbers, strict=True)
    ]


def learn_extras(secrets: Secrets) -> None:
    """Makes these known as each chat's own."""
    for owner in range(CHATS):
        fact = shared_fact(owner)
        secrets.learn(
            owner, [*_names(owner, 0, 6 + 2 * FEEDS + FACTS), fact.number, *(n for _, n, _ in talk_of(owner))]
        )


def rewritten(article: Article) -> Article:
    """A later version of an article, without its first sentence."""
    return replace(article, text=article.text.split(". ", 1)[1])


def lost_fact(owner: int, number: int) -> Fact:
    """The fact that the later version of a chat's article no longer has."""
    return facts_of(owner)[5 * number]


class OfflineReader(SourceReader):
    """Reaches no page; reads files."""

    def __init__(self) -> None:
        super().__init__(Fetcher(), Parsers())

    async def page(self, url: str, *, unasked: bool = False) -> Article:
        """Fails."""
        raise FetchError("The page could not be reached. Try again later.")
