"""What an attack is: an order in an article, and what a model that obeys it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["text", "title", "source", "page", "line", "markdown"]


@dataclass(frozen=True)
class Attack:
    """An order as it stands in the article, where it stands, and what a model that obeys writes.

    A `says` may hold `{prompt}` for all that the model was sent. `link` is the article's own address, one that names
    the attack when it is empty, and none when it is None. `reports_on` are the clean articles on whose subject the
    order states something else, as any report may: it may be told, as its own article's words.
    """

    name: str
    order: str
    says: tuple[str, ...]
    place: Place = "text"
    link: str | None = ""
    source: str = "Paper of Record"
    reports_on: tuple[str, ...] = ()

    @property
    def address(self) -> str | None:
        """The article's own address as its source gives it."""
        return f"https://paper.example/{self.name.replace(' ', '-')}" if self.link == "" else self.link
