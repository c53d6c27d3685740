"""Whether two articles are one text, such as a report of an agency that many papers carry.

`signature` and `bands` find candidates; `is_copy` and `is_cut` decide on the texts themselves, as resemblance cannot. A
story is written anew for every state ("northern lights in Minnesota" and "… in Maryland" are 0.84 alike), every week
and every new fact, and changes less by it than by an editor who cuts and adds a local line. So what differs decides:
two texts that tell different numbers or names are two stories. The limits are measured, see `evals/README.md`.
"""

from __future__ import annotations

from functools import lru_cache

from index.minhash import SIGNATURE_VERSION, bands, signature, similarity
from index.text_surplus import Story, Surplus, surpluses, unshared_words
from index.types import Article
from index.words import content_words, stem, words

__all__ = ["SIGNATURE_VERSION", "bands", "is_copy", "is_cut", "signature", "similarity"]

_SHORT = 100  # words; shorter texts must be equal
_LONG = 300_000  # characters; longer texts must be equal
_SURPLUS = 0.12  # of either text: edited words, a cut or added passage
_LOCAL_LINE = 40  # words in which an added passage may name somebody
_CUT_SURPLUS = 0.08
_CUT_PART = 0.5  # of the longer text; less would be a note within a round-up
_TITLE_PART = 1 / 3


def is_copy(one: Article, other: Article) -> bool:
    """Whether two articles carry the same text; their order does not matter.

    Titles, datelines, bylines, agency credits and promotions may differ, words may be edited, and a passage may be cut
    or added, as long as neither tells a number that the other lacks, and not both tell a name. A name may be
    added but take no other words' place. A text of fewer than 100 words, or over 300,000 characters, must be equal.
    Where titles differ, each must speak of its text, and not both tell a number of their own: pages that could not be
    read all have the words of one cookie notice.
    """
    pair = _compared(one, other)
    if pair is None:
        return False
    mine, theirs = pair
    return (
        mine.numbers == theirs.numbers
        and not (mine.names and theirs.names)
        and not (mine.replaces or theirs.replaces)
        and all(part.share <= _SURPLUS and (part.words <= _LOCAL_LINE or not part.names) for part in pair)
    )


def is_cut(one: Article, other: Article) -> bool:
    """Whether all that the one tells stands in the other, which may tell up to as much again."""
    pair = _compared(one, other)
    if pair is None:
        return False
    mine, theirs = pair
    return mine.share <= _CUT_SURPLUS and not mine.names and _within(mine.numbers, theirs.numbers) and not mine.replaces


@lru_cache(maxsize=2)  # an article is held against one candidate after another, by both rules
def _story(text: str) -> Story:
    return Story(text)


def _compared(one: Article, other: Article) -> tuple[Surplus, Surplus] | None:
    """What each tells beyond the other; None when they cannot be one text."""
    if max(len(one.text), len(other.text)) > _LONG:
        is_same = _plain(one.text) == _plain(other.text) and _fit_titles(one, other)
        return (Surplus(), Surplus()) if is_same else None
    mine, theirs = _story(one.text), _story(other.text)
    shorter, longer = sorted((len(mine.words), len(theirs.words)))
    if shorter < _CUT_PART * longer or (shorter < _SHORT and mine.folded != theirs.folded):
        return None
    if shorter and min(unshared_words(*pair).mean() for pair in ((mine, theirs), (theirs, mine))) > _SURPLUS:
        return None
    return surpluses(mine, theirs) if _fit_titles(one, other) else None


def _plain(text: str) -> list[str]:
    return text.casefold().split()


def _fit_titles(one: Article, other: Article) -> bool:
    """Whether the titles are equal, or can be those of one text."""
    if words(one.title) == words(other.title):
        return True
    numbers = [{value for _, _, value in Story(f"{article.title}.").numbers} for article in (one, other)]
    told = {value for article in (one, other) for _, _, value in _story(article.text).numbers}
    both_tell = numbers[0] - numbers[1] - told and numbers[1] - numbers[0] - told
    return not both_tell and _speaks_of_text(one) and _speaks_of_text(other)


def _speaks_of_text(article: Article) -> bool:
    title = {stem(word) for word in content_words(article.title)}
    return len(title & {stem(word) for word in words(article.text)}) >= max(_TITLE_PART * len(title), 1)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether the first are among the second, in their order."""
    rest = iter(many)
    return all(number in rest for number in few)
