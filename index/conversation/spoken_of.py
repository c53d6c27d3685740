"""What a turn of a conversation speaks of: an event, a thing, people, a place, as phrases that fit into a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from index.conversation.english import (
    DETERMINERS,
    MODALS,
    PEOPLE,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    first_key,
    is_collective,
    is_name,
    is_plural,
    is_verb,
    key,
    last_word,
    spelled_out,
)
from index.conversation.naming import NOBODY, may_be_group, may_be_person, names_group, names_person, persons_in
from index.conversation.question_parts import Form, QuestionParts, question_parts
from index.conversation.statements import (
    finite,
    link_to_matter,
    object_of,
    only_says,
    setting_of,
    statement,
    the,
    told_with_question_inside,
    with_object,
)
from index.numbers import numbers_in
from index.question_phrase import asking_sentence
from index.question_types import AnswerType, answer_type
from index.types import Turn

_LONGEST_QUESTION = 500  # characters
_LONGEST = 200  # characters of a phrase
_LONGEST_ANSWER = 8  # words
_CLEFT = re.compile(r"(?:(?:since |until )?when|where|why|how)(?: \w+)? was it that (?P<event>.+)", re.IGNORECASE)
_CONTEXT = re.compile(r"\S.* (?:when (?P<event>(?:(?!\bwhen\b).)+)|\(about (?P<thing>[^()]+)\))$")
_NAME_RUN = re.compile(r"[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|de|al|bin|van|von)\s+)?[A-Z][\w’'&-]*)*")
_SINGLE_AGENTS = frozenset("country state person man woman".split())
_NOT_A_THING = frozenset("it they there we you anyone anybody someone anything something he she nobody".split())


@dataclass(frozen=True)
class SpokenOf:
    """The phrases of one turn; each is None where there is nothing of the kind."""

    turn: Turn

    @property
    def question(self) -> str:
        """The question, cut when it is longer than questions are."""
        return self.turn.question.strip()[:_LONGEST_QUESTION]

    @cached_property
    def sentence(self) -> str:
        """The sentence that asks, without its mark."""
        return spelled_out(asking_sentence(self.question).rstrip("?!. "))

    @cached_property
    def parts(self) -> QuestionParts | None:
        """The question taken apart, when it is one sentence."""
        return question_parts(self.sentence) if self._is_one_sentence else None

    @property
    def _is_one_sentence(self) -> bool:
        return spelled_out(self.question.rstrip("?!. ")) == self.sentence

    @property
    def is_cleft(self) -> bool:
        """Whether it asks "when was it that …"."""
        return bool(_CLEFT.fullmatch(self.sentence))

    @property
    def aside(self) -> str:
        """The question as it stands within brackets, cut when it is long."""
        text = self.question.rstrip("?!. ")
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
        return f"{text[:1].lower()}{text[1:]}" if self.parts else text

    @cached_property
    def kind(self) -> AnswerType:
        """The kind of answer that was asked for."""
        return answer_type(self.question)

    @cached_property
    def answer(self) -> str | None:
        """The short answer, when it is a phrase that can stand in a question."""
        text = " ".join((self.turn.answer or "").split()).strip(' "“”.,;:!')
        words = text.split()
        fits = 0 < len(words) <= _LONGEST_ANSWER and not any(mark in text for mark in "?!;:[]()\n")
        return text if fits and key(words[0]) not in NOBODY else None

    @cached_property
    def doer(self) -> str:
        """Who or what did it, as far as known, where that was asked for."""
        parts = self.parts
        if parts and parts.word == "how many":
            return parts.noun.removeprefix("of ") or "some"
        if parts and parts.word == "how much":
            return parts.noun or "something"
        if self.answer and is_name(self.answer.removeprefix("the ")) and not numbers_in(self.answer):
            return self.answer
        if parts and parts.noun:
            return f"some {parts.noun}"
        return "something" if parts and parts.word in {"what", "which"} else "someone"

    @cached_property
    def object_answer(self) -> str | None:
        """What the verb of the question is about: the answer, or "something" that somebody said."""
        parts = self.parts
        if parts is None or parts.form is not Form.OBJECT or parts.asks_circumstance:
            return None
        return "something" if self.kind is AnswerType.STATEMENT and self.named_thing is None else self.answer

    @cached_property
    def event(self) -> str | None:
        """What happened, as a clause: "rockets hit the American embassy in Baghdad"."""
        if match := _CLEFT.fullmatch(self.sentence):
            return match["event"]
        if match := _CONTEXT.fullmatch(self.sentence):
            return str(match["event"]) if match["event"] else None
        parts = self.parts
        untold = self.kind is AnswerType.STATEMENT and self.named_thing is None
        if untold or (parts and key(parts.subject) in _NOT_A_THING):
            return None
        if parts:
            clause = statement(parts, self.doer, self.answer)
        else:
            clause = told_with_question_inside(self.sentence) if self._is_one_sentence else None
        return clause if clause and len(clause) <= _LONGEST else None

    @property
    def is_to_come(self) -> bool:
        """Whether the event lies ahead: "the museum will reopen"."""
        return self.parts is not None and self.parts.aux in MODALS

    @cached_property
    def setting(self) -> str | None:
        """Where the harm was done that was asked about: "in the crash"."""
        parts = self.parts
        harmed = parts is not None and parts.form is Form.SUBJECT and " when " not in self.sentence
        return setting_of(parts.predicate) if parts and harmed else None

    @cached_property
    def thing(self) -> str | None:
        """What it was about, as a phrase: "the ferry", "the attack on the embassy"."""
        if (match := _CONTEXT.fullmatch(self.sentence)) and match["thing"]:
            return match["thing"]
        parts = self.parts
        if parts is None or self.is_cleft or match:
            return None
        if self.setting:
            found: str | None = self.setting.partition(" ")[2]
        elif parts.form is Form.SUBJECT:
            found = object_of(parts.predicate) if not parts.noun or self._is_agent(parts.noun) else self.doers
        else:
            found = self._subject_or_object(parts)
        return found if found and len(found) <= _LONGEST and first_key(found) not in _NOT_A_THING else None

    @cached_property
    def thing_with_place(self) -> str | None:
        """The thing, and the place behind the verb: "the ferry, near Split"."""
        parts = self.parts
        if self.thing is None or parts is None or parts.form is Form.SUBJECT or self.thing != parts.subject:
            return self.thing
        words = parts.predicate.split()
        at = next((at for at, word in enumerate(words) if key(word) in PREPOSITIONS), len(words))
        tail = " ".join(words[at:])
        return f"{self.thing}, {tail}" if at + 1 < len(words) and not set("(),") & set(tail) else self.thing

    @cached_property
    def doers(self) -> str | None:
        """Those that were counted or asked for: "the rockets that hit the embassy"."""
        parts = self.parts
        if parts is None or parts.form is not Form.SUBJECT or not parts.noun:
            return None
        return " ".join(f"{the(parts.noun)} that {parts.aux} {parts.predicate}".split())

    @cached_property
    def is_many(self) -> bool:
        """Whether `thing` names those that were counted, so that "it" is something else."""
        parts = self.parts
        return parts is not None and self.thing is not None and self.thing == self.doers and parts.word == "how many"

    @cached_property
    def person(self) -> str | None:
        """Who "he" or "she" is: an answer that is a person's name, or the person that was asked about."""
        if self.answer and names_person(self.answer, self.kind):
            return self.answer
        parts = self.parts
        if parts and parts.form is not Form.SUBJECT and may_be_person(parts.subject):
            return parts.subject
        names = persons_in(f"{parts.noun} {parts.rest}") if parts else []
        return names[-1] if names else None

    @cached_property
    def people(self) -> str | None:
        """Who "they" are: an answer that names a group or a person, or the group that was asked about."""
        parts = self.parts
        if self.answer and names_group(self.answer, self.kind, parts.noun if parts else ""):
            return self.answer if is_name(self.answer) else the(self.answer)
        if parts is None:
            return None
        if parts.form is Form.SUBJECT:
            return self.doers if parts.noun and self._is_agent(parts.noun) else None
        return parts.subject if may_be_group(parts.subject) else None

    @cached_property
    def named_thing(self) -> str | None:
        """An answer that is a thing, so that "it" means that: "the sandbank that the ferry hit"."""
        parts = self.parts
        open_kinds = {AnswerType.OTHER, AnswerType.STATEMENT}
        if self.answer is None or parts is None or self.kind not in open_kinds or numbers_in(self.answer):
            return None
        words = self.answer.split()
        if parts.word not in {"what", "which"} or any(is_verb(word) for word in words[1:]):
            return None
        if is_name(words[-1]):
            return self.answer if self.kind is AnswerType.OTHER else None
        if key(words[0]) not in DETERMINERS or is_plural(words[-1]):
            return None
        if parts.form is Form.COPULA:
            return the(self.answer)
        clause = statement(parts, self.answer, self.answer)
        return " ".join(f"{the(self.answer)} that {clause.replace(self.answer, '')}".split()) if clause else None

    @cached_property
    def place(self) -> str | None:
        """Where "there" is, with its preposition: "in Baghdad"."""
        if self.answer and self.kind is AnswerType.PLACE:
            first = first_key(self.answer)
            return self.answer if first in PREPOSITIONS else f"in {self.answer}"
        words = self.sentence.split()
        for at, word in enumerate(words[:-1]):
            if key(word) in PLACE_PREPOSITIONS:
                the_ = "the " if key(words[at + 1]) == "the" else ""
                run = _NAME_RUN.match(" ".join(words[at + 1 :]).removeprefix("the "))
                if run and not numbers_in(run.group()):
                    return f"{word.lower()} {the_}{run.group()}"
        return None

    def _subject_or_object(self, parts: QuestionParts) -> str:
        """Of what somebody does to something, the something: "the budget" of "did the Senate approve the budget"."""
        acts = self._is_agent(parts.subject) or is_name(parts.subject) or may_be_person(parts.subject)
        if parts.form is Form.COPULA or not acts:
            return parts.subject
        if parts.phrase.casefold() == "what":
            return f"what {parts.subject} {finite(parts.aux, parts.predicate)}"
        found = object_of(parts.predicate) if parts.asks_circumstance or parts.form is Form.YES_NO else None
        return found if found and (first_key(found) in DETERMINERS or is_name(found)) else parts.subject

    @staticmethod
    def _is_agent(noun: str) -> bool:
        last = last_word(noun)
        return key(last) in PEOPLE or is_collective(last) or key(last) in _SINGLE_AGENTS


def in_context(text: str, last: SpokenOf) -> str:
    """A question with what it is about behind it: "… when the ferry ran aground", "… (about the museum)"."""
    words = text.split()
    happened = last.event and not last.is_to_come and (last.is_many or (last.parts and last.parts.asks_circumstance))
    if only_says(text) and last.thing and last.thing not in text and not happened:
        return f"{text} {link_to_matter(text)} {last.thing}"
    if last.setting:
        return f"{text} {last.setting}"
    ahead = any(key(word) in MODALS for word in words)
    fits = last.event and key(words[0]) != "when" and " when " not in text and (ahead or not last.is_to_come)
    if fits:
        return f"{text} when {last.event}"
    told = last.named_thing if (last.thing or "").startswith("what ") else None
    about = told or last.thing_with_place or (f"how {last.event}" if last.event else None)
    return f"{text} (about {about})" if about else f"{text} ({last.aside})"


def completed(parts: QuestionParts, last: SpokenOf) -> str:
    """The question's words behind its auxiliary, with the answer where the thing stood that was asked for."""
    if last.object_answer is None or not parts.predicate:
        return parts.rest
    whole = with_object(parts.predicate, last.object_answer)
    return f"{parts.subject} {whole}" if whole else parts.rest
