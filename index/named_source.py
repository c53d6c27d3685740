"""The newspaper, agency or channel that a question names: "according to Reuters", "what does the BBC say about …"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from index.words import words

_LONGEST_NAME = 5  # words
# Outlets that go by several names, each as `_key` has it. They are names even when written small.
_SAME = (
    {"ap", "apnews", "associatedpress"},
    {"afp", "agencefrancepresse"},
    {"nyt", "nytimes", "newyorktimes"},
    {"wsj", "wallstreetjournal"},
    {"wapo", "washingtonpost"},
    {"latimes", "losangelestimes"},
    {"ft", "financialtimes"},
    {"bbc", "bbcnews"},
    {"cnn", "cnninternational"},
    {"abc", "abcnews"},
    {"nbc", "nbcnews"},
    {"cbs", "cbsnews"},
    {"sky", "skynews"},
    {"fox", "foxnews"},
    {"npr", "nationalpublicradio"},
    {"dw", "deutschewelle"},
    {"rt", "russiatoday"},
    {"scmp", "southchinamorningpost"},
    {"smh", "sydneymorningherald"},
    {"mail", "dailymail", "mailonline"},
    {"sz", "sueddeutsche", "sueddeutschezeitung"},
    {"faz", "frankfurterallgemeine", "frankfurterallgemeinezeitung"},
    {"xinhua", "xinhuanet"},
    {"reuters"},
    {"bloomberg"},
    {"aljazeera"},
    {"usatoday"},
    {"lemonde"},
    {"elpais"},
)
_GROUPS = {key: group for group in _SAME for key in group}
_GENERIC = frozenset("news online agency newspaper website international magazine channel network tv".split())
_NO_OUTLET = frozenset(
    "www m amp edition news en uk us go co com org net edu gov int info io eu html rss feeds feed".split()
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # as addresses have them
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_TOKEN = re.compile(r"[^\s,;:?!()\"“”]+")
_REPORT = (
    r"(?:\w+ )?(?:reports?|reporting|articles?|stor(?:y|ies)|coverage|account|analysis|investigation|headlines?)\b"
)
# What stands before a name and behind it, where it is the source that is asked for.
_CONTEXTS = tuple(
    (re.compile(rf"(?:{before})(?:the )?$", re.IGNORECASE), re.compile(behind, re.IGNORECASE))
    for before, behind in (
        (r"\b(?:according to|as per|citing) ", ""),
        (r"\b(?:reported|published|written|told|quoted|described|cited|covered) (?:by|in|on|to) ", ""),
        (
            r"\b(?:do|does|did|has|have|had) ",
            r" (?:say|said|report|write|written|publish|cover|describe|tell|claim|call)",
        ),
        (r"\b(?:is|are|was|were) ", r" (?:saying|reporting|writing)\b"),
        (r"", rf"['’]s? {_REPORT}"),
        (r"\b(?:in|from|by|on|the|latest|any|all) ", rf" {_REPORT}"),
        (r"\b(?:news|articles?|stor(?:y|ies)|reports?|coverage|headlines?|something|anything) (?:from|by|in|on) ", ""),
        (r"(?:^|[.!?:] )", r" (?:says|said|reports|reported|writes|wrote|has (?:reported|said|written))\b"),
    )
)


def named_source(question: str, known_sources: Collection[str]) -> str | None:
    """The source that a question asks for, as it is written there; None when it names none of the known ones.

    `known_sources` are those of the collection, as its articles have them ("BBC News", "www.reuters.com"). Who is not
    among them is a speaker: "according to the police".
    """
    known = _known_keys(frozenset(known_sources))
    tokens = list(_TOKEN.finditer(question))
    for first, token in enumerate(tokens):
        for last in reversed(tokens[first : first + _LONGEST_NAME]):
            start, end = token.start(), _name_end(question, last.end())
            name = question[start:end]
            if known.isdisjoint(_keys(name)) or not _is_name(name, question[:start]):
                continue
            if any(b.search(question, 0, start) and a.match(question, end) for b, a in _CONTEXTS):
                return name.removeprefix("the ")
    return None


def matches_source(name: str, source: str | None, url: str | None = None) -> bool:
    """Whether an article's source, or the host of its address, is what somebody calls `name`.

    "AP" is the Associated Press, "BBC" is "BBC News" and `bbc.co.uk`.
    """
    return not _keys(name).isdisjoint(_source_keys(source or "") | _host_keys(_host(url or "")))


@lru_cache(maxsize=8)
def _known_keys(sources: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(_source_keys(source) for source in sources))


def _source_keys(source: str) -> frozenset[str]:
    return _host_keys(host) if (host := _host(source)) else _keys(source)


def _host(address: str) -> str:
    match = re.match(r"\w+://([^/?#\s]+)", address)
    return match[1] if match else ""


@lru_cache(maxsize=4096)
def _keys(name: str) -> frozenset[str]:
    """All names of an outlet, each in small letters without spaces, from one of them."""
    if _HOST.fullmatch(name):
        return _host_keys(name)
    if (spelled := name.casefold().translate(_UMLAUTS)) != name.casefold():
        return _keys(spelled) | _keys(unicodedata.normalize("NFD", name))
    parts = words(name)
    parts = parts[1:] if parts[:1] == ["the"] else parts
    keys = {"".join(parts)}
    while len(parts) > 1 and parts[-1] in _GENERIC:
        parts = parts[:-1]
        keys.add("".join(parts))
    return _with_other_names(keys)


@lru_cache(maxsize=4096)
def _host_keys(host: str) -> frozenset[str]:
    labels = {label.replace("-", "") for label in host.casefold().partition(":")[0].split(".")[:-1]} - _NO_OUTLET
    return _with_other_names(labels | {label.removeprefix("the") for label in labels})


def _with_other_names(keys: set[str]) -> frozenset[str]:
    return frozenset(keys.union(*(_GROUPS.get(key, ()) for key in keys)) - {""})


def _name_end(question: str, end: int) -> int:
    """The end of a name without a possessive ending or a full stop."""
    return end - len(re.search(r"(?:['’]s?)?\.*$", question[:end]).group())  # type: ignore[union-attr]  # it can be empty


def _is_name(name: str, before: str) -> bool:
    """Whether it is written as a name, or nobody would take it for a word: "What does science say" names none."""
    if "." in name or not _keys(name).isdisjoint(_GROUPS):
        return True
    first, *more = name.split()
    if more:
        return any(word[0].isupper() for word in more)
    # A sentence begins with a capital letter anyhow.
    return first[0].isupper() and (bool(re.search(r"[^\s.!?:]\s*$", before)) or first[1:] != first[1:].lower())
