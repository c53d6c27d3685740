"""Titles of topics: the words that tell each from the others; no word that nobody wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from index.summaries.talk_text import said, subject_words, telling_stems
from index.summaries.types import ChatMessage
from index.words import stems

_WORDS = 3
_SHORTEST, _LONGEST = 3, 40  # characters
_WORD = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")


def titles(topics: Sequence[Sequence[ChatMessage]]) -> list[str]:
    """A title a topic: its words with the highest tf-idf, a message counting a word once; else how it begins."""
    counts = [Counter(stem for message in topic for stem in set(telling_stems(message.text))) for topic in topics]
    topics_with = Counter(stem for counted in counts for stem in counted)
    found = []
    for topic, counted in zip(topics, counts, strict=True):
        forms = _forms(topic)
        weights = {
            stem: count * log(1 + len(topics) / topics_with[stem]) for stem, count in counted.items() if stem in forms
        }
        best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_WORDS]
        found.append(", ".join(forms[stem] for stem in best) or said(topic[0])[:_LONGEST])
    return found


def _forms(topic: Sequence[ChatMessage]) -> dict[str, str]:
    """For each stem the word as it is written most; names of the people who talk are left out."""
    speakers = {word.casefold() for message in topic for word in message.author.split()}
    written: dict[str, Counter[str]] = {}
    for message in topic:
        for match in _WORD.finditer(subject_words(message.text)):
            word = match.group()
            stem = stems(word)[:1]
            if stem and len(word) >= _SHORTEST and word.casefold().removesuffix("'s") not in speakers:
                written.setdefault(stem[0], Counter())[word] += 1
    return {stem: counted.most_common(1)[0][0] for stem, counted in written.items()}
