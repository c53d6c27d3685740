"""How likely a model began its reply with an answer that it did not give."""

from __future__ import annotations

import math

from index.checking import bare_answer
from index.providers.base import Completion

# Words that a reply may begin with before the answer itself.
_OPENINGS = frozenset({"", "the", "a", "an", "in", "at", "on", "to", "about", "“", '"', "$", "the “"})
_ARTICLES = {"the", "a", "an"}


def first_token_probability(completion: Completion, answer: str) -> float:
    """The probability (0 to 1) that the model's first token, behind an article, was the beginning of this answer.

    One reply so tells something of every candidate; 0 where the model tells no alternatives.
    """
    wanted = bare_answer(answer).casefold()
    best, before = 0.0, ""
    for position in completion.first_tokens:
        if before.strip() not in _OPENINGS:
            break
        best = max(best, sum(math.exp(p) for token, p in position.alternatives if _begins(wanted, token)))
        before += position.token.casefold()
    return min(best, 1.0)


def _begins(wanted: str, token: str) -> bool:
    part = token.strip().casefold()
    if not part or part in _ARTICLES:
        return False
    return wanted.startswith(part) or (len(wanted) > 2 and part.startswith(wanted))  # noqa: PLR2004 – letters that tell
