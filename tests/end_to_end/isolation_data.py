"""What is planted in many chats, every word of it made up and found in no other chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.types import Article

CHATS = 50
FACTS = 20  # in each chat
PUBLIC = CHATS  # the number of the collection that all may see
_FACTS_AN_ARTICLE = 5
_ARTICLES = FACTS // _FACTS_AN_ARTICLE
_PUBLIC_ARTICLES = 12  # with the four of a chat, more than one page of /sources
_FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

_SYLLABLES = "zor vyn mur kel dax quo lim tur bax fen gam hox jun pab rok tiv wun yad cim nof".split()
_SUBJECTS = (
    ("harbour", "cranes"),
    ("library", "maps"),
    ("market", "stalls"),
    ("theatre", "lamps"),
    ("orchard", "pear trees"),
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Fact:
    """One sentence with a town, a number and a person that stand nowhere else; `owner` is the number of its chat."""

    owner: int
    town: str
    number: str
    person: str
    subject: str
    things: str

    @property
    def sentence(self) -> str:
        """As the article says it."""
        return f"The {self.subject} of {self.town} has {self.number} {self.things}, Mirelda {self.person} said."

    @property
    def question(self) -> str:
        """What it answers with its number."""
        return f"How many {self.things} does the {self.subject} of {self.town} have?"


def facts_of(owner: int) -> list[Fact]:
    """The facts of one chat, or the public ones."""
    count = FACTS if owner != PUBLIC else _PUBLIC_ARTICLES * _FACTS_AN_ARTICLE
    numbers = range(owner * FACTS, owner * FACTS + count)
    return [
        Fact(owner, name_of(3 * n), str(2_000_003 + 613 * n), name_of(3 * n + 1), *_SUBJECTS[n % len(_SUBJECTS)])
        for n in numbers
    ]


def articles_of(owner: int) -> list[Article]:
    """The same facts in articles of five, each with a title, an address, a source and a day of its own."""
    facts = facts_of(owner)
    articles = []
    for at in range(0, len(facts), _FACTS_AN_ARTICLE):
        place = name_of(3 * (owner * FACTS + at) + 2)
        text = " ".join(fact.sentence for fact in facts[at : at + _FACTS_AN_ARTICLE])
        url, day = f"https://{place.casefold()}.example/news", _FIRST_DAY + timedelta(days=at)
        articles.append(Article(f"News from {place}", text, url=url, source=f"{place} Gazette", published_at=day))
    return articles


def name_of(number: int) -> str:
    """A name for a number; its syllables are equally long, so no two are the same."""
    base = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // base**place % base] for place in range(3)).capitalize()


def words_of(text: str) -> set[str]:
    """The words of a text as they are compared."""
    return set(_WORD.findall(text.casefold()))


class Secrets:
    """Knows of every planted word, and of every article's id that was given since, whose it is."""

    def __init__(self) -> None:
        self._owners: dict[str, int] = {}
        for owner in range(CHATS + 1):
            for fact in facts_of(owner):
                self.learn(owner, [fact.town, fact.number, fact.person])
            for article in articles_of(owner):
                self.learn(owner, [article.title.removeprefix("News from ")])

    def learn(self, owner: int, words: Iterable[str]) -> None:
        """Notes whose these words are."""
        for word in words:
            assert self._owners.setdefault(word.casefold(), owner) == owner, f"{word} is not unique"

    def in_text(self, text: str) -> dict[str, int]:
        """The planted words in a text that are not public, with their owners."""
        return {word: owner for word in words_of(text) if (owner := self._owners.get(word, PUBLIC)) != PUBLIC}

    def leaked(self, text: str, reader: int | None, typed: Set[str] = frozenset()) -> set[str]:
        """The words of other chats in a text that this chat, or nobody in particular, gets to see.

        The words that a reader has typed are no news to them.
        """
        return {word for word, owner in self.in_text(text).items() if owner != reader and word not in typed}


def foreign_questions(count: int, *, start: int = 0) -> Iterator[tuple[int, Fact]]:
    """(the chat that asks, a fact of another chat), spread evenly over all chats and facts."""
    facts = [fact for owner in range(CHATS) for fact in facts_of(owner)]
    for n in range(start, start + count):
        fact = facts[n * 7919 % len(facts)]
        yield (fact.owner + 1 + n % (CHATS - 1)) % CHATS, fact


def own_questions(count: int) -> Iterator[tuple[int, Fact]]:
    """(a chat, a fact of its own), spread in the same way."""
    return ((fact.owner, fact) for _, fact in foreign_questions(count))
