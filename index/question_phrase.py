"""The words of a question that say what is asked for: "which country", "how many homes", "who"."""

from __future__ import annotations

import re

_ASKING = re.compile(
    r"\b(?:how (?:many|much|long|old|far|often|big|large|high|tall|fast)"
    r"|what|which|whom|whose|who|where|when|why|how)\b(?:['’](?:s|re|d|ll)\b)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[\w'’$%-]+")
_TAKES_NOUN = {"what", "which", "whose", "how many", "how much"}
_OF = {"type", "kind", "sort", "percentage", "number", "percent", "color", "colour", "part", "share", "amount"}
_NO_NOUN = frozenset(
    """
        is are was were be been did do does has have had will would can could should may might to of in on at by for
        from with about that this these those the a an he she it they his her their its after before during as and or
        if recently early soon held told said says announced told reportedly became once just also only
    """.split()
)
_PARTICIPLE = re.compile(r"[a-z]{3,}(?:ed|ing)")
_LONGEST = 4  # words behind the question word


def asking_sentence(question: str) -> str:
    """The last sentence of a question that asks; all of it when none has a question word."""
    sentences = _SENTENCE_END.split(question.strip())
    return next((sentence for sentence in reversed(sentences) if _ASKING.search(sentence)), question.strip())


def asked_phrase(question: str) -> str | None:
    """The question word with the noun behind it, in small letters but for names; None when there is no question word.

    "A bin strike in which English city is in its fifth week?" asks for "which English city".
    """
    sentence = asking_sentence(question)
    match = _ASKING.search(sentence)
    if match is None:
        return None
    word = re.split("['’]", match.group().casefold())[0]
    nouns: list[str] = []
    for behind in _WORD.findall(sentence[match.end() :])[: _LONGEST + 2] if word in _TAKES_NOUN else []:
        folded = behind.casefold()
        if nouns and (
            (folded == "of" and nouns[-1].casefold() in _OF) or (folded in {"the", "a"} and nouns[-1] == "of")
        ):
            nouns.append(behind)
            continue
        if folded in _NO_NOUN or (nouns and _PARTICIPLE.fullmatch(behind)) or len(nouns) == _LONGEST:
            break
        nouns.append(behind)
    return " ".join([word, *nouns])
