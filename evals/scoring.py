"""Scores of short answers, as REALTIME QA (Kasai et al. 2023) and SQuAD (Rajpurkar et al. 2016) define them."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}‘’“”–—…]")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def normalise(text: str) -> str:
    """Lower case, punctuation to spaces, articles dropped, white space collapsed."""
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub(" ", text.lower())).split())


def contains(text: str, golds: Sequence[str]) -> bool:
    """Whether one of the gold answers stands in the text as whole words."""
    said = f" {normalise(text)} "
    return any(f" {normalise(gold)} " in said for gold in golds if normalise(gold))


def exact_match(answer: str | None, golds: Sequence[str]) -> bool:
    """Whether the answer is one of the gold answers."""
    return answer is not None and normalise(answer) in {normalise(gold) for gold in golds}


def f1(answer: str | None, golds: Sequence[str]) -> float:
    """The best word-overlap F1 with a gold answer (0 to 1)."""
    return max((_f1(normalise(answer or "").split(), normalise(gold).split()) for gold in golds), default=0.0)


def _f1(said: list[str], gold: list[str]) -> float:
    common = sum((Counter(said) & Counter(gold)).values())
    if not common:
        return 0.0
    precision, recall = common / len(said), common / len(gold)
    return 2 * precision * recall / (precision + recall)
