"""Made-up articles for the crash trial: each can be told anew from its number, edition and version."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index.providers.base import Vectors
from index.types import Article

_TOPICS = 60
_WORDS_A_SENTENCE = 11
_PARAGRAPH_CHARACTERS = 900  # a paragraph is a chunk
_TITLE = re.compile(r"Story (\d+), edition (\d+), on topic \d+")


class Told(NamedTuple):
    """Which form of an article: the edition counts its returns after a removal, the version its changes since."""

    edition: int
    version: int


def story(number: int, told: Told) -> Article:
    """An article of 6 to 11 paragraphs; each version changes one of them."""
    count = 6 + number % 6
    paragraphs = []
    for place in range(count):
        changed = (told.version - 1 - place - 1) // count + 1  # how often this paragraph was changed
        paragraphs.append(_paragraph(number, told.edition, place, max(0, changed)))
    title = f"Story {number}, edition {told.edition}, on topic {number % _TOPICS}"
    return Article(title, "\n\n".join(paragraphs), id=f"s{number}", url=f"https://news.example/{number}")


def number_and_edition(title: str) -> tuple[int, int]:
    """What `story` was called with."""
    match = _TITLE.fullmatch(title)
    assert match, "not a story of this trial"
    return int(match[1]), int(match[2])


def marker(paragraph: str) -> str:
    """The word that only this paragraph of all articles and versions has: its first one."""
    return paragraph.split(maxsplit=1)[0]


class TopicEmbedder:
    """Vectors of a topic lie near each other, as those of real news do; the same text has the same vector always."""

    name = "evals:topics"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, 384), L2-normalised."""
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, self.dimension), "f4")

    def embed_query(self, text: str) -> Vectors:
        """The vector of one text, shape (384,)."""
        topic = text.partition("\n")[0].rpartition(" ")[2]
        vector = _direction(f"topic {topic}") + 0.8 * _direction(text)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _direction(seed: str) -> Vectors:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    return np.random.default_rng(number).standard_normal(TopicEmbedder.dimension).astype(np.float32)


@lru_cache(maxsize=50_000)
def _paragraph(number: int, edition: int, place: int, changed: int) -> str:
    chance = random.Random(f"{number} {edition} {place} {changed}")  # noqa: S311 – no secret
    words = [f"q{number}e{edition}p{place}c{changed}"]
    length = len(words[0])
    while length < _PARAGRAPH_CHARACTERS:
        word = chance.choice(_vocabulary())
        words.append(word + "." if len(words) % _WORDS_A_SENTENCE == 0 else word)
        length += len(word) + 1
    return " ".join(words) + " end."


@lru_cache(maxsize=1)
def _vocabulary() -> list[str]:
    chance = random.Random(0)  # noqa: S311 – no secret
    syllables = [f"{a}{b}" for a in "bdfgklmnprst" for b in "aeiou"]
    return sorted({"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(8000)})
