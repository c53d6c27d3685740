"""Does the evidence say that? Numbers, dates, names and quotes of a reply against the text they cite."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.dates import agrees, dates_in, months_in
from index.foreign.claims import facts_of, foreign_claims_missing
from index.languages import CHECKED, ENGLISH, language_of, script_of
from index.numbers import numbers_in
from index.types import Article, Citation, Evidence
from index.words import stems, words

_UPPER = "A-ZÀ-ÖØ-Þ"
_NAME = re.compile(
    rf"\b[{_UPPER}][\w’'-]*(?:\.[{_UPPER}]\.?)*(?:\s+(?:(?:of|the|de|al|bin|van|von)\s+)?[{_UPPER}][\w’'-]*)*"
)
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"‘(]\s*)$")
_NUMERIC_MONTH = re.compile(r"(?<![\d/])\d{1,2}/(?=\d{1,2}(?:/(?:19|20)\d\d)?(?![\d/]))|(?<=\b\d{4})-\d\d(?=-\d\d\b)")
_QUOTES = " \"“”'‘’"
_INITIALS = re.compile(r"\b[A-Z](?:\.[A-Z])+\b\.?")
_MONTH_NAMES = frozenset(
    """
        January February March April May June July August September October November December
    """.split()
)
_NAMES_OF = {
    "US": "United States, America, American",
    "UK": "United Kingdom, Britain, British",
    "EU": "European Union",
    "UN": "United Nations",
    "UAE": "United Arab Emirates",
}
# What is a number or a place in one language, and another word in English, or a name.
_ELSEWHERE = frozenset({"once", "lima", "elf", "dos", "mil", "uno", "million", "billion", "as", "miles"})
# Words that open a sentence and name nobody; any other capitalised word must stand in the evidence.
_OPENERS = frozenset(
    """
        officials police authorities reports sources yes earlier later meanwhile overall additionally another other
        others many several people experts critics residents witnesses two three four five six seven eight nine ten
        none nobody everyone nearly almost since despite although though while because
    """.split()
)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a sentence states that can be checked."""

    numbers: frozenset[str]
    names: frozenset[str]


def citation_numbers(text: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its `[n]` marks, and the numbers they held, each once and in order."""
    numbers = tuple(dict.fromkeys(int(match[1]) for match in _MARKER.finditer(text)))
    return _MARKER.sub("", text).strip(), numbers


def claims_of(sentence: str) -> Claims:
    """The numbers and capitalised names of a sentence; common opening words are not taken as names."""
    names = set()
    for match in _NAME.finditer(sentence):
        parts = match.group().split()
        if _SENTENCE_START.search(sentence[: match.start()]):
            first = words(parts[0])
            parts = parts[1:] if first and (first[0] in _OPENERS or not stems(parts[0])) else parts
        names |= {part for part in parts if part[0].isupper() and part not in _MONTH_NAMES}
    # The month of "1/26" is checked as a date: the evidence may name it.
    return Claims(frozenset(numbers_in(_NUMERIC_MONTH.sub("", sentence))), frozenset(names))


def unsupported_claims(sentence: str, evidence: Sequence[Evidence]) -> list[str]:
    """The numbers, dates and names of a sentence that do not stand in the evidence it cites; empty when all do.

    Numbers compare by value (three = 3 = 3.0), names by each word's stem, dates by the parts that are given. An
    article's title, source and publication date are part of its evidence. A sentence in another language than its
    evidence is compared by what can be told in both: German, Spanish, Russian, Indonesian and Arabic beside English.
    """
    sentence = _plain(sentence)
    language, others = language_of(sentence), {language_of(item.text) for item in evidence}
    if not {language, *others} <= {ENGLISH, None} and (language in CHECKED or {language} != others):
        return _foreign(sentence, language, evidence)
    if script_of(sentence) not in {None, "latin", *(script_of(item.text) for item in evidence)}:
        return ["language"]
    said = _plain(" \n ".join(_all_text(item) for item in evidence))
    claims = claims_of(sentence)
    missing = sorted(claims.numbers - numbers_in(said)) + _unclear_missing(sentence, language, said)
    known = set(stems(said, keep_stop_words=True))
    missing += sorted(name for name in claims.names if not set(stems(name, keep_stop_words=True)) <= known)
    there = dates_in(said)
    missing += [str(tuple(d)) for d in dates_in(sentence) if not any(agrees(d, other) for other in there)]
    missing += [f"month {month}" for month in sorted(months_in(sentence) - months_in(said))]
    return missing


def _foreign(sentence: str, language: str | None, evidence: Sequence[Evidence]) -> list[str]:
    if language is not None and language not in CHECKED:
        return ["language"]
    texts = [_plain(part) for item in evidence for part in (f"{item.title} \n {item.text}", _origin(item))]
    missing = foreign_claims_missing(sentence, texts, sorted(claims_of(sentence).names))
    return missing + _unclear_missing(sentence, language, "\n".join(texts))


def _unclear_missing(sentence: str, language: str | None, said: str) -> list[str]:
    """What a sentence that is too short to tell its language claims in words of any language that it may be in."""
    if language or script_of(sentence) != "latin":
        return []
    words = " ".join(word for word in sentence.split() if word.strip(".,:;!?").casefold() not in _ELSEWHERE)
    words = re.sub(r"\d", " ", words)
    there = [facts_of(said, ENGLISH)]
    found = [
        claim for one in ("de", "es", "id") for claim in facts_of(words, one).missing_in([*there, facts_of(said, one)])
    ]
    return sorted(set(found))


def is_verbatim(citation: Citation, article: Article) -> bool:
    """Whether the quote is the article's own text at the recorded place."""
    whole = citation.article_id == article.id and 0 <= citation.start < citation.end <= len(article.text)
    return whole and article.text[citation.start : citation.end] == citation.quote


def supported_span(answer: str, text: str) -> tuple[int, int] | None:
    """Where a short answer stands in a text, without its leading article and closing mark; None when it does not.

    A number may be spelled in another way ("10 weeks" finds "ten weeks"); the rest must stand there word for word.
    """
    core = bare_answer(answer)
    if not core:
        return None
    # No word is halved, nor a number: "5" does not stand in "5,200".
    match = re.search(rf"(?<!\w)(?<!\d[.,:]){re.escape(core)}(?!\w|[.,:]\d)", text, re.IGNORECASE)
    if match:
        return match.span()
    return _respelled_span(core, text)


def _respelled_span(core: str, text: str) -> tuple[int, int] | None:
    """Where a number, and the words behind it if any, stand with the number spelled in another way."""
    number, _, rest = core.partition(" ")
    values = numbers_in(number)
    if len(values) != 1:
        return None
    for word in re.finditer(r"[\w.,:-]*\w", text):
        behind = re.match(rf"\s+{re.escape(rest)}(?!\w)" if rest else "", text[word.end() :], re.IGNORECASE)
        if behind and numbers_in(word.group()) == values:
            return word.start(), word.end() + behind.end()
    return None


def bare_answer(answer: str) -> str:
    """A short answer without quotation marks, a leading article and a closing full stop."""
    core = " ".join(answer.split()).lstrip(_QUOTES).rstrip(f"{_QUOTES}.,;:!")
    return re.sub(r"^(?:the|a|an)(?:\s+|$)", "", core, flags=re.IGNORECASE)


def answers_anything(answer: str, question: str) -> bool:
    """Whether a short answer holds more than the question's own words, a short and a long name being the same."""
    asked = set(stems(f"{question} {_other_names(question)}", keep_stop_words=True))
    return bool(set(stems(_plain(bare_answer(answer)), keep_stop_words=True)) - asked)


def _other_names(question: str) -> str:
    """The long names of what a question calls by its letters, and the other way round."""
    text = _plain(question)
    said = set(re.findall(r"\w+", text))
    return " ".join(
        f"{short} {long}"
        for short, long in _NAMES_OF.items()
        if short in said or any(name in text for name in long.split(", "))
    )


def _plain(text: str) -> str:
    """With "U.S.", or "U.S" where an answer ends, written "US", and a letter with its accent as one character."""
    return _INITIALS.sub(lambda match: match.group().replace(".", ""), unicodedata.normalize("NFC", text))


def _all_text(item: Evidence) -> str:
    return f"{item.title} \n {item.text} \n {_origin(item)}"


def _origin(item: Evidence) -> str:
    date = item.published_at.strftime("%d %B %Y") if item.published_at else ""
    return f"{item.source or ''} \n {date}"
