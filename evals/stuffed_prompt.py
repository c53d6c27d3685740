"""The plain way to sum up, for comparison: everything that fits is put into one prompt for the local model.

It cites nothing. Each of its sentences is taken to rest on all that it was shown, which is milder than how askwire's
are checked: there a sentence must stand in the passages that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ProviderError
from index.providers.base import ChatModel, Prompt, ProviderKeys
from index.providers.registry import open_chat_model
from index.sentences import sentence_spans
from index.summaries.passages import lead_passage
from index.summaries.point_checking import checked_points, plain_lines
from index.summaries.talk_checking import unsupported_in_talk
from index.summaries.talk_cues import steers
from index.summaries.talk_text import authors_of
from index.summaries.types import ChatMessage, TalkKind, TalkPoint
from index.types import Article
from index.words import stems

MODEL = "local:gemma-3-270m"
_ROOM = 7_000  # characters to begin with; the model's context holds 2,048 tokens
_SMALLER = 0.85
_TOKENS_A_POINT = 32
_MOST_TOKENS = 320
_RESTS = 0.6  # of a message's words that a sentence must hold to rest on it
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Stuffed:
    """What the model wrote: its sentences, and how many of them the checks drop."""

    sentences: tuple[str, ...]
    unsupported: int


async def open_model(cache_dir: Path) -> ChatModel:
    """The local model.

    Raises:
        ProviderError: when it cannot be fetched or loaded.
    """
    model = await open_chat_model(MODEL, cache_dir, ProviderKeys())
    if model is None:
        raise ProviderError(f"There is no model {MODEL}.")
    return model


async def stuff_article(article: Article, count: int, model: ChatModel) -> Stuffed:
    """An article summed up in at most `count` sentences, from as much of its beginning as the model takes.

    Raises:
        ProviderError: when the model takes not even a small part.
    """

    def prompt(room: int) -> str:
        return (
            f"{article.title}\n\n{article.text[:room]}\n\n"
            f"A summary of this article in {count} sentences, with the most important facts:\n"
        )

    reply, room = await _complete(model, prompt, min(_ROOM, len(article.text)), _TOKENS_A_POINT * count)
    shown = lead_passage(article, room)
    sentences = _sentences(reply)[:count]
    kept = [sentence for sentence in sentences if checked_points(f"{sentence} [1]", [shown], "")]
    return Stuffed(sentences, len(sentences) - len(kept))


async def stuff_talk(messages: Sequence[ChatMessage], count: int, model: ChatModel) -> tuple[Stuffed, list[TalkPoint]]:
    """A discussion summed up from as many of its last messages as the model takes; its sentences as points, too.

    A point's messages are those most of whose words it holds.

    Raises:
        ProviderError: when the model takes not even a few.
    """
    lines = [f"{message.author}: {' '.join(message.text.split())}" for message in messages]

    def shown(room: int) -> list[ChatMessage]:
        first = len(lines)
        while first and sum(len(line) + 1 for line in lines[first - 1 :]) <= room:
            first -= 1
        return list(messages[first:])

    def prompt(room: int) -> str:
        told = "\n".join(lines[len(lines) - len(shown(room)) :])
        return (
            f"A chat of a group:\n\n{told}\n\nA summary of this chat: who said what, what was decided, what is open:\n"
        )

    reply, room = await _complete(model, prompt, _ROOM, min(_MOST_TOKENS, _TOKENS_A_POINT * count))
    read = shown(room)
    sentences = _sentences(reply)[:count]
    facts = [message for message in read if not steers(message.text)]
    wrong = sum(bool(unsupported_in_talk(sentence, facts, authors_of(messages))) for sentence in sentences)
    points = [TalkPoint(TalkKind.SAID, sentence, (), tuple(_rests_on(sentence, read))) for sentence in sentences]
    return Stuffed(sentences, wrong), points


def _sentences(reply: str) -> tuple[str, ...]:
    """A reply's sentences that hold words, without bullets and without a last one that is cut off."""
    text = plain_lines(reply)
    found = [text[span.start : span.end] for span in sentence_spans(text)]
    if found and not reply.rstrip().endswith((".", "!", "?", "”", '"')):
        found = found[:-1] or found
    return tuple(sentence for sentence in found if stems(sentence))


async def _complete(model: ChatModel, prompt: Callable[[int], str], room: int, tokens: int) -> tuple[str, int]:
    """The reply, and the characters of text that the model took."""
    while True:
        try:
            return (await model.complete(Prompt(text=prompt(room), max_tokens=tokens))).text, room
        except ProviderError:
            room = int(room * _SMALLER)
            if room < 500:
                raise


def _rests_on(sentence: str, messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    said = set(stems(sentence))
    held = [(message, set(stems(message.text))) for message in messages]
    return [m for m, own in held if len(own & said) >= max(_FEWEST, _RESTS * len(own))]
