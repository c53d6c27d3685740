"""`python -m evals duplicates`: is the same article known again, and no other one taken for it?"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.made_copies import COPIES, CUTS, OTHER_STORIES, Change
from evals.progress import progress_bar
from index.canonical_url import address_key
from index.near_duplicates import bands, is_copy, is_cut, signature
from index.shingles import shingle_hashes, word_hashes, word_pattern
from index.text_surplus import Story, Surplus, surpluses
from index.types import Article
from index.words import words

LABELS = Path(__file__).parent / "duplicate_labels.tsv"
COPY, CUT, DIFFERENT = "copy", "cut", "different"
_MADE_FROM = 200  # articles
_SHORTEST_MADE = 200  # words


class Label(NamedTuple):
    """Two articles and how they stand to each other, as a person saw it; of a cut, the first is the cut one."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair with what each tells beyond the other and how alike their five-word shingles are, 0 to 1."""

    label: Label
    resemblance: float
    mine: Surplus
    theirs: Surplus


async def run_duplicates(folder: Path) -> int:
    """Prints all figures; 0 when no two stories were merged, 1 when some were, 2 without data."""
    from index.sources.files import read_articles

    path = folder / "articles.jsonl.gz"
    if not path.is_file():
        print(f"There is no {path}: nothing to measure.")
        return 2
    articles = {article.id: article for article in read_articles(path)}
    labels = [label for label in read_labels(LABELS) if label.one in articles and label.other in articles]
    _print_addresses(articles.values())
    found = _print_signatures(list(articles.values()))
    merged = _print_labelled(labels, articles)
    merged += _print_unlabelled(found, labels, articles)
    merged += _print_equal_titles(list(articles.values()), labels)
    _print_rules(labels, articles)
    merged += _print_made(list(articles.values()))
    print(f"\nstories merged falsely: {merged}")
    return 1 if merged else 0


def read_labels(path: Path) -> list[Label]:
    """The labelled pairs of a file of `id, id, label` between tabs; lines with `#` are notes."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [Label(*line.split("\t")) for line in lines]


def resemblance(one: str, other: str) -> float:
    """The share of five-word shingles that two texts have in common (Broder 1997)."""
    return _alike(set(_shingles(one)), set(_shingles(other)))


def _shingles(text: str) -> list[int]:
    found: list[int] = shingle_hashes(word_hashes(word_pattern(text).findall(text))).tolist()
    return found


def _alike(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _print_addresses(articles: Iterable[Article]) -> None:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.url:
            groups[address_key(article.url)].append(article)
    several = [group for group in groups.values() if len(group) > 1]
    equal = sum(len({" ".join(a.text.split()) for a in group}) == 1 for group in several)
    print(f"addresses: {sum(map(len, groups.values())):,}, keys: {len(groups):,}")
    print(f"keys of several articles: {len(several)}, of them with one and the same text: {equal}")


def _print_signatures(articles: Sequence[Article]) -> set[tuple[str, str]]:
    """Prints what signatures cost; the pairs of ids that share a band."""
    times: list[float] = []
    places: dict[int, list[str]] = defaultdict(list)
    for article in articles:
        started = time.process_time()
        values = bands(signature(article.title, article.text))
        times.append((time.process_time() - started) * 1000)
        for value in values:
            places[value].append(article.id)
    found = {pair for ids in places.values() if len(ids) > 1 for pair in combinations(sorted(ids), 2)}
    middle, high = np.percentile(times, [50, 99])
    print(f"\nsignature: {np.mean(times):.2f} ms an article (median {middle:.2f}, p99 {high:.1f})")
    print(f"pairs that share a band: {len(found)}")
    return found


def _print_labelled(labels: Sequence[Label], articles: Mapping[str, Article]) -> int:
    """Prints how the labelled pairs are decided; how many are merged that should not be."""
    print(f"\n{'labelled pairs':16}{'all':>5}{'is_copy':>9}{'is_cut':>8}{'is_cut, in the wrong order':>28}")
    merged = 0
    for kind in (COPY, CUT, DIFFERENT):
        pairs = [(articles[label.one], articles[label.other]) for label in labels if label.kind == kind]
        copies = sum(is_copy(*pair) for pair in pairs)
        cuts = [(is_cut(one, other), is_cut(other, one)) for one, other in pairs]
        wrong = 0 if kind == COPY else sum(back for _, back in cuts)
        print(f"{kind:16}{len(pairs):5}{copies:9}{sum(any(c) if kind == COPY else c[0] for c in cuts):8}{wrong:28}")
        if kind != COPY:
            merged += copies + wrong + (sum(there for there, _ in cuts) if kind == DIFFERENT else 0)
    _print_order(labels, articles)
    return merged


def _print_order(labels: Sequence[Label], articles: Mapping[str, Article]) -> None:
    """Prints which of two came later, where one is cut: that has to be known to see what a merger costs."""
    dated = [
        (articles[label.one].published_at, articles[label.other].published_at) for label in labels if label.kind == CUT
    ]
    later = [other > one for one, other in dated if one and other and one.date() != other.date()]
    print(f"of the cut ones, the longer is of a later day {sum(later)}, of an earlier one {len(later) - sum(later)}")


def _print_unlabelled(found: set[tuple[str, str]], labels: Sequence[Label], articles: Mapping[str, Article]) -> int:
    """Prints the pairs that are merged and have no label, so that somebody looks at them; how many."""
    known = {frozenset((label.one, label.other)) for label in labels}
    merged = 0
    for one, other in sorted(found):
        if frozenset((one, other)) not in known and _is_merged(articles[one], articles[other]):
            print(f"merged, not looked at: {one} {other}")
            merged += 1
    return merged


def _print_equal_titles(articles: Sequence[Article], labels: Sequence[Label]) -> int:
    """Prints how many pairs of one title and different texts there are; how many of them are merged falsely."""
    titles: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        titles[" ".join(words(article.title))].append(article)
    pairs = [pair for group in titles.values() for pair in combinations(group, 2)]
    shingles = {article.id: set(_shingles(article.text)) for article in {a.id: a for p in pairs for a in p}.values()}
    differing = [pair for pair in pairs if _alike(*(shingles[article.id] for article in pair)) < 0.9]
    rightly = {frozenset((label.one, label.other)) for label in labels if label.kind != DIFFERENT}
    merged = sum(_is_merged(*pair) for pair in differing if frozenset(article.id for article in pair) not in rightly)
    print(f"\npairs of one title, less than 0.9 alike: {len(differing)}, merged falsely {merged}")
    return merged


def _is_merged(one: Article, other: Article) -> bool:
    return is_copy(one, other) or is_cut(one, other) or is_cut(other, one)


def _print_rules(labels: Sequence[Label], articles: Mapping[str, Article]) -> None:
    """Prints what each part of the decision brings: copies found by the widest limit that merges nothing else.

    Without the pages that have nothing but the words of one advertisement; only their titles tell them apart.
    """
    pairs = [pair for label in labels if (pair := _pair(label, articles)).resemblance < 1 or label.kind == COPY]
    rules: dict[str, Callable[[Pair], bool]] = {
        "": lambda _: True,
        ", the same numbers": _same_numbers,
        ", not both names": _not_both_names,
        ", both of these": lambda pair: _same_numbers(pair) and _not_both_names(pair),
        ", and nothing replaced": lambda pair: (
            _same_numbers(pair) and _not_both_names(pair) and not (pair.mine.replaces or pair.theirs.replaces)
        ),
    }
    print(f"\n{'what it takes to merge nothing falsely':44}widest limit   copies found")
    _print_rule("resemblance alone", [(1 - pair.resemblance, pair.label.kind) for pair in pairs])
    for name, rule in rules.items():
        distances = [(_share(pair) if rule(pair) else 1.0, pair.label.kind) for pair in pairs]
        _print_rule(f"words beyond the other text{name}", distances)


def _print_rule(name: str, distances: Sequence[tuple[float, str]]) -> None:
    limit = min(distance for distance, kind in distances if kind != COPY)
    copies = [distance for distance, kind in distances if kind == COPY]
    print(f"{name:52}{limit:.3f}{sum(value < limit for value in copies):11} of {len(copies)}")


def _share(pair: Pair) -> float:
    return max(pair.mine.share, pair.theirs.share)


def _same_numbers(pair: Pair) -> bool:
    return pair.mine.numbers == pair.theirs.numbers


def _not_both_names(pair: Pair) -> bool:
    return not (pair.mine.names and pair.theirs.names)


def _pair(label: Label, articles: Mapping[str, Article]) -> Pair:
    one, other = articles[label.one].text, articles[label.other].text
    return Pair(label, resemblance(one, other), *surpluses(Story(one), Story(other)))


def _print_made(articles: Sequence[Article]) -> int:
    """Prints what is decided on real articles that were changed on purpose; how many other stories are merged."""
    long = [article for article in articles if len(article.text.split()) >= _SHORTEST_MADE]
    sample = long[:: max(len(long) // _MADE_FROM, 1)][:_MADE_FROM]
    head = f"made of {len(sample)} articles"
    print(f"\n{head:32}made   share a band   is_copy   is_cut of the first")
    merged = 0
    with progress_bar("made copies", len(COPIES) + len(CUTS) + len(OTHER_STORIES)) as advance:
        for name, change in (*COPIES.items(), *CUTS.items()):
            _print_change(name, change, sample)
            advance()
        for name, change in OTHER_STORIES.items():
            merged += _print_change(f"not: {name}", change, sample)
            advance()
    return merged


def _print_change(name: str, change: Change, sample: Sequence[Article]) -> int:
    made = [(article, other) for article in sample if (other := change(article)) is not None]
    near = sum(bool({*_bands(one)} & {*_bands(other)}) for one, other in made)
    copies = sum(is_copy(one, other) for one, other in made)
    cuts = sum(is_cut(other, one) for one, other in made)
    print(f"{name:31}{len(made):5}{near:15}{copies:10}{cuts:22}")
    return max(copies, cuts)


def _bands(article: Article) -> list[int]:
    return bands(signature(article.title, article.text))
