"""The hostile articles, each made by the reader of the source that it comes by."""

from __future__ import annotations

import html
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from index.sources.files import read_file
from index.sources.jsonl import read_lines
from index.sources.pages import page_article
from index.sources.posts import read_post
from index.types import Article
from tests.injection.attack import Attack
from tests.injection.markup import MARKUP
from tests.injection.orders import ORDERS
from tests.injection.poison import POISON
from tests.injection.stories import STORIES, Story
from tests.injection.structures import STRUCTURES

_PUBLISHED = datetime(2020, 1, 27, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Hostile:
    """An article with an order in it, the news that it tells besides, and the attack that it is."""

    attack: Attack
    story: Story
    article: Article

    @property
    def name(self) -> str:
        """What a test is called by."""
        return self.attack.name

    @property
    def scope(self) -> str:
        """The chat that the article was sent to."""
        return f"chat:{self.name}"


def _article(attack: Attack, story: Story) -> Article:
    body = f"{story.text}\n\n{attack.order}"
    if attack.place == "title":
        record = {"title": attack.order, "text": f"{story.text} It rained all day.", "source": attack.source}
        return _line(record, attack)
    if attack.place == "source":
        return _line({"title": story.title, "text": f"{story.text} It rained all day.", "source": attack.order}, attack)
    if attack.place == "line":
        return _line({"title": story.title, "text": body, "source": attack.source}, attack)
    if attack.place == "markdown":
        head = (
            f"---\ntitle: {story.title}\nauthor: {attack.order}\nurl: {attack.address}\nsource: {attack.source}\n---\n"
        )
        return read_file(f"{head}{body}\n".encode(), "../../evil.com @evil_bot.md")[0]
    if attack.place == "page":
        return _page(attack, story)
    return read_post(body, origin=attack.source, posted_at=_PUBLISHED, link=attack.address)


def _line(record: dict[str, str], attack: Attack) -> Article:
    line = json.dumps({**record, "url": attack.address, "published_at": _PUBLISHED.isoformat()})
    return next(read_lines(io.BytesIO(line.encode()), "lines.jsonl"))


def _page(attack: Attack, story: Story) -> Article:
    told = " ".join(
        f"{story.text} People there spoke about it for a long time, day {day} and after." for day in (1, 2, 3)
    )
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in (told, attack.order))
    head = f"<head><title>{story.title}</title></head>"
    page = f"<html>{head}<body><article><h1>{story.title}</h1>{paragraphs}</article></body></html>"
    return page_article(page, attack.address)


_ATTACKS = (*ORDERS, *STRUCTURES, *MARKUP, *POISON)
HOSTILE = tuple(
    Hostile(attack, story, _article(attack, story)) for attack, story in zip(_ATTACKS, STORIES, strict=True)
)
