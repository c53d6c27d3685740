"""What a message offers for adding: a file, links, or a text. Pure; reading it is another matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.incoming import Attachment, Incoming, Origin

MAX_LINKS = 5
_FEW_WORDS = 12
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|\S+\.[a-z]{2,}/\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Links:
    """Pages to fetch."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A text and where it comes from."""

    text: str
    origin: Origin


Material = Attachment | Links | Post


def material_of(incoming: Incoming) -> Material | None:
    """What the message itself offers, else what the message it replies to offers.

    A forwarded post is taken as it stands, even a short one with a link in it; beside a link that somebody
    writes, a few words are a remark.
    """
    own = _offer(incoming, incoming.question, incoming.origin or Origin())
    if own or not incoming.reply:
        return own
    return _offer(incoming.reply, incoming.reply.question, incoming.reply.origin or incoming.reply.author)


def is_only_links(incoming: Incoming) -> bool:
    """Whether the message is links and nothing else."""
    return bool(incoming.links) and _words_beside_links(incoming.question) == 0


def _offer(incoming: Incoming, text: str, origin: Origin) -> Material | None:
    if incoming.attachment:
        return incoming.attachment
    if not text:
        return None
    remark = 0 if incoming.origin else _FEW_WORDS
    if incoming.links and _words_beside_links(text) <= remark:
        return Links(incoming.links[:MAX_LINKS])
    return Post(text, origin)


def _words_beside_links(text: str) -> int:
    return len(re.findall(r"\w+", _ADDRESS.sub(" ", text)))
