"""A capable model ranks the passages again, as an option, before sentences are chosen: it changes their order only.

llama-index has rerankers of its own (`LLMRerank`, `RankGPTRerank`), which ask its own language models in several turns
or batches; here one request goes to askwire's, in RankGPT's form.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence

from index.errors import ProviderError
from index.evidence_sentences import best_sentences
from index.prompts import ranking_prompt
from index.providers.base import ChatModel
from index.question_types import answer_type
from index.types import Evidence

RANKED = 20
WAIT_S = 10.0
_CHARACTERS = 600
_KEPT, _HEAD = 3, 5  # as many as decide whether there is an answer
_BRACKETED = re.compile(r"\[\s*(\d{1,3})\s*\]")
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?![\w.]*\w)")


async def reranked_by_model(
    question: str,
    passages: Sequence[Evidence],
    weights: Mapping[str, float],
    models: Sequence[ChatModel],
    wait_s: float = WAIT_S,
) -> list[Evidence]:
    """The passages, those first that a model found most useful among the first 20; the others as they were.

    The models are asked in turn until one answers, within `wait_s` seconds in all; when none does, the order stays.
    `weights` gives each stem of the question its inverse document frequency.
    """
    if len(passages) < 2:  # noqa: PLR2004 – nothing to put in order
        return list(passages)
    prompt = ranking_prompt(question, await asyncio.to_thread(_excerpts, question, passages[:RANKED], weights))
    try:
        async with asyncio.timeout(wait_s):
            for model in models:
                try:
                    completion = await model.complete(prompt)
                except ProviderError:
                    continue
                return in_order(passages, ranking_in(completion.text, min(len(passages), RANKED)))
    except TimeoutError:
        pass
    return list(passages)


def ranking_in(reply: str, count: int) -> list[int]:
    """The numbers from 1 to `count` in a reply, each once, in its order; of a reply with brackets, those in them."""
    found = _BRACKETED.findall(reply) or _NUMBER.findall(reply)
    return list(dict.fromkeys(number for number in map(int, found) if 1 <= number <= count))


def in_order(passages: Sequence[Evidence], ranking: Sequence[int]) -> list[Evidence]:
    """The passages with these numbers first, the others behind them in their own order.

    The first three stay among the first five, whatever the ranking: a passage may have talked the model into it.
    """
    first = [passages[number - 1] for number in ranking]
    taken = set(ranking)
    ranked = [*first, *(item for number, item in enumerate(passages, start=1) if number not in taken)]
    pushed_out = [item for item in passages[:_KEPT] if item not in ranked[:_HEAD]]
    others = [item for item in ranked if item not in pushed_out]
    place = _HEAD - len(pushed_out)
    return [*others[:place], *pushed_out, *others[place:]]


def _excerpts(question: str, passages: Sequence[Evidence], weights: Mapping[str, float]) -> list[tuple[Evidence, str]]:
    return [(item, excerpt(question, item, weights)) for item in passages]


def excerpt(question: str, item: Evidence, weights: Mapping[str, float]) -> str:
    """About 600 characters of a passage around the sentence that is nearest to the question; blocking for a few ms."""
    if len(item.text) <= _CHARACTERS:
        return item.text
    best = best_sentences(question, [item], weights, answer_type(question), 1)
    middle = (best[0].start + best[0].end) // 2 - item.start if best else 0
    start = min(max(middle - _CHARACTERS // 2, 0), len(item.text) - _CHARACTERS)
    end = start + _CHARACTERS
    # No word is cut.
    start = item.text.rfind(" ", 0, start) + 1 if start else 0
    cut = item.text.find(" ", end)
    return item.text[start : cut if cut >= 0 else len(item.text)]
