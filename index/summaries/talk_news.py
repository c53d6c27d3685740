"""What the chat's articles say on a point of a discussion: they support it, contradict it, or don't cover it.

Strict, as no verdict is better than a wrong one: an article supports a point when one sentence of it holds all its
numbers and names and most of its words, and contradicts it when one sentence has the same words and another number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index.checking import claims_of, unsupported_claims
from index.quantities import Quantity, compatible, quantities_in, same_value
from index.sentences import quotation_spans
from index.summaries.talk_cues import is_question
from index.summaries.talk_text import said, telling_stems
from index.summaries.types import NewsCheck, TalkKind, TalkPoint, Verdict
from index.synonyms import synonyms_of
from index.types import Citation, Evidence
from index.words import stems

_PASSAGES = 5
_SUPPORTED = 0.6  # share of a point's words that the sentence holds
_SAME_SUBJECT = 0.6  # the same, without the numbers, for a contradiction
_UNLIKE = 0.35  # share of words below which nothing in the articles is on the point
_FEWEST_SHARED = 3
_OPINION = re.compile(r"\b(?:i (?:think|guess|feel|hope|wish|believe)|imho|maybe|perhaps|if)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|never|nobody|none|without|n[’']t)\b|n[’']t\b", re.IGNORECASE)
# Words of talk that an article has no reason to hold.
_CHAT = frozenset("now then so just also again really today yesterday say hear read think know see get".split())
_CHAT_STEMS = frozenset(stem for word in _CHAT for stem in stems(word))


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    end: int
    evidence: Evidence

    @property
    def published(self) -> float:
        """When its article was published, in seconds; 0 when that is not known."""
        return self.evidence.published_at.timestamp() if self.evidence.published_at else 0.0

    def is_newer_than(self, other: _Sentence) -> bool:
        """Whether both are dated and this one's article is the later one."""
        return 0.0 < other.published < self.published


def can_be_checked(point: TalkPoint) -> bool:
    """Whether a point states a fact that a report could hold: a number or a name, and no opinion, question or plan."""
    text = stated(point)
    if point.kind is not TalkKind.SAID or is_question(text) or _OPINION.search(text):
        return False
    claims = claims_of(text)
    return bool(claims.numbers or claims.names) and len(_subject(text)) >= _FEWEST_SHARED


def stated(point: TalkPoint) -> str:
    """What is held against the articles: the words of who spoke, also where a model tells them."""
    own = any(point.text in " ".join(message.text.split()) for message in point.messages)
    return point.text if own else said(point.messages[0])


def news_check(text: str, found: Sequence[Evidence]) -> NewsCheck | None:
    """What these passages say on a statement; None when that cannot be told."""
    sentences = _best_first(text, found[:_PASSAGES])
    if not sentences:
        return None
    supporting = [sentence for sentence in sentences if _supports(text, sentence)]
    opposing = [sentence for sentence in sentences if _contradicts(text, sentence)]
    if supporting and opposing and not _newest(supporting).is_newer_than(_newest(opposing)):
        return None  # the reports differ among themselves
    if supporting:
        return NewsCheck(Verdict.SUPPORTS, _cited(_newest(supporting) if opposing else supporting[0]))
    return NewsCheck(Verdict.CONTRADICTS, _cited(_newest(opposing))) if opposing else None


def is_not_covered(text: str, found: Sequence[Evidence], titles: Collection[str]) -> bool:
    """Whether a statement is on the subject of articles with these titles, and nothing found is on what it says.

    The titles are of the articles that the same conversation was found to speak of.
    """
    subject = _subject(text)
    on_it = any(subject & set(stems(title)) for title in titles)
    sentences = _best_first(text, found[:_PASSAGES])
    return on_it and (not sentences or _overlap(subject, sentences[0]) < _UNLIKE)


def _newest(sentences: Sequence[_Sentence]) -> _Sentence:
    """The sentence of the newest article; of one without a date only when there is no other."""
    return max(sentences, key=lambda sentence: sentence.published)


def _best_first(text: str, found: Sequence[Evidence]) -> list[_Sentence]:
    subject = _subject(text)
    every = [
        _Sentence(item.text[span.start : span.end], item.start + span.start, item.start + span.end, item)
        for item in found
        for span in quotation_spans(item.text)
    ]
    return sorted(every, key=lambda sentence: -_overlap(subject, sentence))


def _supports(text: str, sentence: _Sentence) -> bool:
    subject = _subject(text)
    alone = replace(sentence.evidence, title="", text=sentence.text, source=None)
    return (
        _shared(subject, sentence) >= _FEWEST_SHARED
        and _overlap(subject, sentence) >= _SUPPORTED
        and bool(_DENIES.search(text)) == bool(_DENIES.search(sentence.text))
        and not unsupported_claims(text, [alone])
        and all(any(_alike(mine, theirs) for theirs in quantities_in(sentence.text)) for mine in quantities_in(text))
    )


def _contradicts(text: str, sentence: _Sentence) -> bool:
    """Whether a sentence says the same of the same, with one number in the same unit that cannot be true beside it."""
    mine, theirs = list(quantities_in(text)), list(quantities_in(sentence.text))
    subject = _subject(text)
    if (
        len(mine) != 1
        or _shared(subject, sentence) < _FEWEST_SHARED
        or _overlap(subject, sentence) < _SAME_SUBJECT
        or bool(_DENIES.search(text)) != bool(_DENIES.search(sentence.text))
        or not _name_stems(text) <= set(stems(f"{sentence.evidence.title} {sentence.text}"))
    ):
        return False
    same_unit = [other for other in theirs if other.unit == mine[0].unit]
    if len(same_unit) != 1 or (not mine[0].unit and not _same_thing(text, mine[0], sentence.text, same_unit[0])):
        return False
    return not compatible(mine[0], same_unit[0])


def _same_thing(text: str, mine: Quantity, sentence: str, theirs: Quantity) -> bool:
    """Whether two bare numbers count the same: the word behind each has one stem."""
    counted = stems(text[mine.end :])[:1], stems(sentence[theirs.end :])[:1]
    return bool(counted[0]) and counted[0] == counted[1]


def _alike(mine: Quantity, theirs: Quantity) -> bool:
    return mine.unit == theirs.unit and same_value(mine, theirs)


def _subject(text: str) -> set[str]:
    """The stems of what a statement is about: no numbers with their units, links or words of talk."""
    bare, at = "", 0
    for quantity in quantities_in(text):
        bare += text[at : max(at, quantity.start)] + " "
        at = max(at, quantity.end)
    return {stem for stem in telling_stems(bare + text[at:]) if not stem.isdigit()} - _CHAT_STEMS


def _shared(subject: set[str], sentence: _Sentence) -> int:
    """How many words of the subject stand in the sentence or its article's title, which tells what it is about."""
    there = set(stems(f"{sentence.evidence.title} {sentence.text}"))
    return sum(stem in there or not there.isdisjoint(synonyms_of(stem)) for stem in subject)


def _overlap(subject: set[str], sentence: _Sentence) -> float:
    return _shared(subject, sentence) / len(subject) if subject else 0.0


def _name_stems(text: str) -> set[str]:
    return {stem for name in claims_of(text).names for stem in stems(name)}


def _cited(sentence: _Sentence) -> Citation:
    item = sentence.evidence
    return Citation(
        n=1,
        article_id=item.article_id,
        title=item.title,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        url=item.url,
        source=item.source,
        published_at=item.published_at,
        version=item.version,
    )
