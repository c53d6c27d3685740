"""What papers do to a report that they carry, and what makes it another story, done to real articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from index.text_surplus import Story
from index.types import Article

# An article as it is changed; None where there is nothing to change in that way.
Change = Callable[[Article], Article | None]

_PARAGRAPH = "\n\n"
_NEW_NAME = "Harbourville"
_LOCAL_LINE = (
    f"People in {_NEW_NAME} who read the report told this newspaper that they were not surprised by any of it."
)
_NEW_FACT = "Another 3,187 people are waiting to hear what comes next, an official said."


def _with_text(text: Callable[[str], str | None]) -> Change:
    def change(article: Article) -> Article | None:
        changed = text(article.text)
        return None if changed is None or changed == article.text else replace(article, text=changed)

    return change


def _headline(article: Article) -> Article:
    """A title of the words that the text begins with."""
    return replace(article, title=" ".join(Story(article.text).words[:10]))


def _without_last(text: str) -> str | None:
    """Without the last paragraph, where that is at most a tenth of the text."""
    head, _, last = text.rstrip().rpartition(_PARAGRAPH)
    return head if head and len(last) <= len(text) / 10 else None


def _second_half(text: str) -> str:
    return text[: text.find(_PARAGRAPH, len(text) * 2 // 3)]


def _edited(text: str) -> str:
    """Each hundredth word in small letters left out, as editors do with "also" and "very"."""
    count = 0

    def drop(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "" if count % 100 == 0 else match[0]

    return re.sub(r" [a-z]{3,}(?= [a-z])", drop, text)


def _moved(text: str) -> str | None:
    """With its third and fourth paragraph in each other's place."""
    parts = text.split(_PARAGRAPH)
    parts[2:4] = reversed(parts[2:4])
    return _PARAGRAPH.join(parts)


def _other_number(text: str) -> str | None:
    """With one of its numbers, wherever it stands, three higher."""
    numbers = [value for _, _, value in Story(text).numbers if value.isdecimal() and value in text]
    if not numbers:
        return None
    value = numbers[len(numbers) // 2]
    return re.sub(rf"(?<![\d.,:]){value}(?![\d.,:]*\d)", str(int(value) + 3), text)


def _other_name(text: str) -> str | None:
    """With its most frequent name replaced by another."""
    story = Story(text)
    counts = Counter(
        w for w, plain in zip(story.words, story.folded, strict=True) if plain in story.names and w[0].isupper()
    )
    name = next((name for name, count in counts.most_common(1) if count > 1), None)
    return None if name is None else re.sub(rf"\b{re.escape(name)}\b", _NEW_NAME, text)


COPIES: Mapping[str, Change] = {
    "another headline": _headline,
    "an agency's dateline": _with_text(lambda text: f"WASHINGTON (AP) — {text}"),
    "byline and publisher": _with_text(lambda text: f"By Jane Roe{_PARAGRAPH}The Associated Press{_PARAGRAPH}{text}"),
    "an agency's credit": _with_text(lambda text: f"{text}{_PARAGRAPH}(Reporting by Jane Roe; Editing by John Doe)"),
    "promotions around": _with_text(
        lambda text: f"Sign up for our newsletter{_PARAGRAPH}{text}{_PARAGRAPH}Read more: 14 boats lost off {_NEW_NAME}"
    ),
    "a local line": _with_text(lambda text: f"{text}{_PARAGRAPH}{_LOCAL_LINE}"),
    "last paragraph cut": _with_text(_without_last),
    "words edited": _with_text(_edited),
    "paragraphs moved": _with_text(_moved),
}
# All that a cut text tells stands in the whole one.
CUTS: Mapping[str, Change] = {"last third cut": _with_text(_second_half)}
OTHER_STORIES: Mapping[str, Change] = {
    "another number": _with_text(_other_number),
    "another name": _with_text(_other_name),
    "a new number": _with_text(lambda text: f"{text}{_PARAGRAPH}{_NEW_FACT}"),
}
