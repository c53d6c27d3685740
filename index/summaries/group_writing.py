"""A sentence or two of each of several groups of passages, in one request to a capable model.

What it wrote is told apart by the passages it cites, kept for each group by itself, and checked by who asks. So a page
of stories costs one request, and a story that was told before costs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.errors import ProviderError
from index.providers.base import Completion, Prompt
from index.summaries.cache import SummaryCache, passages_key
from index.summaries.passages import rendered, without_orders
from index.summaries.point_checking import plain_lines
from index.summaries.writers import Writers
from index.types import Evidence
from index.writing import written_sentences

Group = Sequence[Evidence]
_TOKENS = 90  # a group
_MOST_SENTENCES = 3  # of a group that are kept; the first that holds is told
_MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class GroupReplies:
    """What was written of each group, its marks counting the group's own passages from 1; None where it was not read.

    `authors` are the models that were asked last for each; `fault` says why some were not read.
    """

    texts: tuple[str | None, ...]
    authors: tuple[str | None, ...]
    fault: str | None = None


@dataclass(slots=True)
class _Heard:
    """Hears a reply as it comes, so that a model that breaks off has written what came before."""

    pieces: list[str] = field(default_factory=list)

    def __call__(self, text: str, /) -> None:
        self.pieces.append(text)

    def start_over(self) -> None:
        self.pieces.clear()

    @property
    def whole_lines(self) -> str:
        return "".join(self.pieces).rpartition("\n")[0]


async def write_groups(groups: Sequence[Group], rules: str, writers: Writers, cache: SummaryCache) -> GroupReplies:
    """Has a model write of the groups that it has not written of yet: one request, none when there are no such groups.

    A model that breaks off, or runs out of room, keeps the lines that it had written; when it failed, the next one is
    asked for the rest.

    Raises:
        StoreError: when the cache fails, or what was spent is not known.
    """
    texts: list[str | None] = [None] * len(groups)
    authors: list[str | None] = [None] * len(groups)
    while True:
        name = writers.name
        keys = [passages_key(group, name, rules) for group in groups]
        for place in _unread(texts):
            texts[place] = await cache.get(keys[place])
            authors[place] = name
        unread = _unread(texts)
        if not unread:
            return GroupReplies(tuple(texts), tuple(authors))
        reply, fault = await _reply(_prompt([groups[place] for place in unread], rules), writers)
        parts = _told_apart(reply.text, [len(groups[place]) for place in unread])
        for place, part in zip(unread, parts, strict=True):
            if part or not reply.truncated:
                await cache.put(keys[place], part)
                texts[place] = part
        if fault is None or None not in texts or not await writers.fall_over():
            break
    if fault is None:
        fault = f"The language model {name} ran out of room."
    return GroupReplies(tuple(texts), tuple(authors), fault if None in texts else None)


def _unread(texts: Sequence[str | None]) -> list[int]:
    return [place for place, text in enumerate(texts) if text is None]


async def _reply(prompt: Prompt, writers: Writers) -> tuple[Completion, str | None]:
    """What a model writes, and why it broke off: then it is the whole lines that came before."""
    heard = _Heard()
    try:
        return await writers.complete(prompt, heard), None
    except ProviderError as error:
        return Completion(heard.whole_lines, truncated=True), str(error)


def _prompt(groups: Sequence[Group], rules: str) -> Prompt:
    parts, first = [], 1
    for number, group in enumerate(groups, start=1):
        parts.append(f"Story {number}\n\n{rendered(without_orders(group), first)}")
        first += len(group)
    return Prompt(text="\n\n".join(parts), system=rules, max_tokens=_TOKENS * (len(groups) + 1))


def _told_apart(reply: str, sizes: Sequence[int]) -> list[str]:
    """The sentences of a reply by the group whose passages they cite; one that cites none, or several, is left out."""
    owners = [(place, own) for place, size in enumerate(sizes) for own in range(1, size + 1)]
    parts: list[list[str]] = [[] for _ in sizes]
    for sentence, numbers in _marked(reply):
        cited = [owners[number - 1] for number in numbers if 1 <= number <= len(owners)]
        if len(cited) == len(numbers) and len({place for place, _ in cited}) == 1:
            marks = "".join(f"[{own}]" for _, own in cited)
            parts[cited[0][0]].append(f"{sentence} {marks}")
    return ["\n".join(lines[:_MOST_SENTENCES]) for lines in parts]


def _marked(reply: str) -> Iterator[tuple[str, list[int]]]:
    for sentence in written_sentences(plain_lines(reply)):
        numbers = [int(number) for number in _MARK.findall(sentence)]
        text = " ".join(_MARK.sub("", sentence).split())
        if numbers and text:
            yield text, numbers
