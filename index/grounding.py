"""Does a written sentence tell what its passages tell, on what was asked? For what has no number and no name.

A model may be talked into anything by a passage; what it then writes is off the question, or stands in none of them.
Words are compared where question and passage are both English; elsewhere a passage must be on the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.checking import unsupported_claims
from index.evidence_sentences import Sentence
from index.instruction_text import telling_text
from index.languages import ENGLISH, language_of
from index.question_words import coverage
from index.sentences import sentence_spans
from index.synonyms import synonyms_of
from index.types import Citation, Evidence
from index.words import stems

# Of 430 passages that held the answer to one of 125 quiz questions on a year of news, 2 % held less than the first, and
# 0.5 % less than the second; of the questions, 3 % had no sentence with the answer that held the third.
_SHARE_OF_BEST = 0.5  # of the question's weighted words, for a passage
_LEAST = 0.3
_SENTENCE_SHARE_OF_BEST = 0.3
_OPEN = 2  # words of a question
_GROUNDED = 0.6  # of a sentence's words that the question does not have
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE
)
# A sentence of these words alone is about articles and answers, and tells no news.
_ABOUT_ARTICLES = frozenset(
    stems(
        """
        article articles passage passages report reports source sources text texts question questions answer answers
        information short give gives given provide provided mention mentioned state stated contain contained find found
        say says said know known available subject following available below above press stop button
        """,
        keep_stop_words=True,
    )
)
_LINK = re.compile(
    r"\w+://|\b(?:javascript|data|mailto):\S|(?<!\w)[@#]\w{3,}|(?<![\w/<>])/[a-z_]{3,}\b|</?[a-z][^>]*>|\]\(",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Subject:
    """What was asked, and how much of it the passages shown to a model hold.

    `weights` gives each of the question's stems its inverse document frequency; without weights all is on the subject.
    """

    question: str
    weights: Mapping[str, float]
    shown: Sequence[Evidence]
    covered: tuple[float, ...] = field(init=False)
    best_sentence: float = field(init=False)

    def __post_init__(self) -> None:
        telling = [telling_text(item.text, self.weights) for item in self.shown]
        titled = list(zip((item.title for item in self.shown), telling, strict=True))
        sentences = (coverage(f"{title} {two}", self.weights) for title, text in titled for two in _in_pairs(text))
        covered = tuple(coverage(f"{title} {text}", self.weights) for title, text in titled)
        object.__setattr__(self, "covered", covered)
        object.__setattr__(self, "best_sentence", max(sentences, default=0.0))

    def passages(self, numbers: Sequence[int]) -> list[Evidence]:
        """Of the passages with these numbers, from 1, those on the subject: not much less so than the one most so."""
        best = max(self.covered, default=0.0)
        held = [(self.shown[n - 1], self.covered[n - 1]) for n in numbers]
        return [
            item
            for item, covered in held
            if covered >= max(_SHARE_OF_BEST * best, _LEAST if self.in_language_of(item) else 0.0)
        ]

    def is_answered_by(self, sentences: Sequence[Sentence]) -> bool:
        """Whether one of these sentences holds a word of the question, and enough of it with what is around."""
        least = _SENTENCE_SHARE_OF_BEST * self.best_sentence
        windows = ((s.text, f"{s.evidence.title} {s.before} {s.text}") for s in sentences)
        return any(self._covers(text) and self._covers(window, least) for text, window in windows)

    def is_added_to_by(self, sentences: Sequence[Sentence], cited: Sequence[Citation]) -> bool:
        """Whether these sentences tell more of what is told already: a word of the question, or the same paragraph.

        A question of one or two words that tell asks for all there is.
        """
        if len(self.weights) <= _OPEN or any(self._covers(s.text) for s in sentences):
            return True
        return any(_in_one_paragraph(sentence, citation) for sentence in sentences for citation in cited)

    def _covers(self, text: str, least: float = 0.0) -> bool:
        held = coverage(text, self.weights)
        # Where no passage holds a word of the question, as in another language, none can be asked for.
        return held >= least and (held > 0 or self.best_sentence == 0)

    def in_language_of(self, item: Evidence) -> bool:
        """Whether question and passage are both English, so that their words can be compared."""
        return bool(self.weights) and language_of(self.question) == language_of(item.text) == ENGLISH

    def bearing(self, sentence: str, passages: Sequence[Evidence]) -> list[Evidence]:
        """The passages that a sentence may cite: those that say all of it, or all when only together they do."""
        alone = [item for item in passages if self._say(sentence, [item])]
        return alone or (list(passages) if self._say(sentence, passages) else [])

    def _say(self, sentence: str, passages: Sequence[Evidence]) -> bool:
        if not passages or unsupported_claims(sentence, passages):
            return False
        comparable = all(self.in_language_of(item) for item in passages)
        return not comparable or is_grounded(sentence, passages, self.question)


def is_grounded(sentence: str, passages: Sequence[Evidence], question: str) -> bool:
    """Whether most of what a sentence adds to the question stands in its passages; synonyms count."""
    known = set(stems(" ".join(f"{item.title} {item.text} {item.source or ''}" for item in passages)))
    added = set(stems(sentence)) - set(stems(question))
    held = sum(form in known or not known.isdisjoint(synonyms_of(form)) for form in added)
    return held >= _GROUNDED * len(added)


def denies_alone(sentence: str, quote: str) -> bool:
    """Whether a sentence says no where the one that it rests on does not."""
    return bool(_NEGATION.search(sentence)) and not _NEGATION.search(quote)


def tells_news(sentence: str) -> bool:
    """Whether a sentence tells anything but where it comes from, and holds no link, command or markup."""
    return not _LINK.search(sentence) and not set(stems(sentence)) <= _ABOUT_ARTICLES


def _in_pairs(text: str) -> list[str]:
    """Each sentence with the one before it."""
    found = [text[span.start : span.end] for span in sentence_spans(text)]
    return [f"{before} {sentence}" for before, sentence in zip(["", *found], found, strict=False)]


def _in_one_paragraph(sentence: Sentence, citation: Citation) -> bool:
    item = sentence.evidence
    if citation.article_id != item.article_id:
        return False
    first, last = sorted([(sentence.start, sentence.end), (citation.start, citation.end)])
    return item.start <= first[0] and "\n" not in item.text[first[1] - item.start : max(last[0] - item.start, 0)]
