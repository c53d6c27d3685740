"""The group log of `group_log.txt`, mixed by time, with its key: which messages belong together and hold which fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.summaries.types import ChatMessage

LOG = Path(__file__).parent / "group_log.txt"
SMALL_TALK = "x"
_BEGINS = datetime(2025, 3, 12, 17, 0, tzinfo=UTC)
_LINE = re.compile(r"(?P<label>[a-z]\d+) \+(?P<wait>\d+) (?P<author>\w+) (?:>(?P<reply>[a-z]\d+) )?(?P<text>.+)")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class GroupLog:
    """Messages in order of time; `conversation` is the letter of each message id's conversation.

    `facts` gives the message ids that hold each fact; a fact's name is "kind:name".
    """

    messages: tuple[ChatMessage, ...]
    conversation: Mapping[int, str]
    facts: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    at: datetime
    author: str
    reply: str | None
    text: str
    facts: tuple[str, ...]


def read_group_log(path: Path = LOG) -> GroupLog:
    """The log and its key.

    Raises:
        ValueError: when a line of it is not of the form that its head tells.
    """
    lines = sorted(_lines(path.read_text("utf-8")), key=lambda line: line.at)
    ids = {line.label: number for number, line in enumerate(lines, start=1)}
    authors = {name: number for number, name in enumerate(sorted({line.author for line in lines}), start=1)}
    facts: dict[str, set[int]] = defaultdict(set)
    messages = []
    for line in lines:
        number = ids[line.label]
        reply = ids[line.reply] if line.reply else None
        links = tuple(_LINK.findall(line.text))
        messages.append(
            ChatMessage(number, authors[line.author], line.author, line.at, line.text, reply_to=reply, links=links)
        )
        for fact in line.facts:
            facts[fact].add(number)
    conversation = {ids[line.label]: line.label[0] for line in lines}
    return GroupLog(tuple(messages), conversation, {fact: frozenset(held) for fact, held in facts.items()})


def _lines(text: str) -> Iterator[_Line]:
    at, letter = _BEGINS, ""
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.startswith("#"):
            continue
        head, _, key = raw.partition(" ;; ")
        match = _LINE.fullmatch(head)
        if match is None:
            raise ValueError(f"line {number} of the group log is not of its form; see the head of the file")
        if match["label"][0] != letter:
            at, letter = _BEGINS, match["label"][0]
        at += timedelta(minutes=int(match["wait"]))
        yield _Line(match["label"], at, match["author"], match["reply"], match["text"], tuple(key.split()))
