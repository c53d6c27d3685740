"""A chat message as text: whether it stands by itself, which sentence of it stands for it, and the links in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.numbers import numbers_in
from index.sentences import quotation_spans
from index.summaries.talk_cues import is_question
from index.summaries.types import ChatMessage
from index.telling_words import TELLING_WORDS
from index.words import stems, words

_LONGEST = 280  # characters of a message that is shown whole
_LONGEST_READ = 4_096  # Telegram's own limit
_LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)
_LINK_EDGE = ".,;:!?)]}»”\"'"
_CAPITAL = re.compile(r"(?<=[\w,;:’] )[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’-]+")
# Words that say nothing by themselves, in the six languages of the bot, folded.
_EMPTY = frozenset(
    """
        ok okay yes yeah yep no nope sure fine agreed agree thanks thank you thx lol haha hahaha hehe wow great good
        nice perfect done same deal hi hello hey bye night morning evening too oh ah hmm brb true cool really please
        well ya iya oke siap setuju tidak nggak makasih terima kasih mantap
        да нет ага ок окей хорошо ладно спасибо привет пока ура ясно понятно точно
        si no vale gracias bien hola adios claro
        ja nein danke gut hallo tschuss super genau klar stimmt
        نعم لا تمام شكرا حسنا مرحبا طيب اوك
    """.split()
)
_LIGHT_STEMS = 1
_LIGHT_QUESTION = 4  # words of a question from which on it says something by itself
# Numbers, money, days and hours are of every subject: what is left tells conversations apart.
_OF_EVERY_SUBJECT = frozenset(
    """
        one two three four five six seven eight nine ten eleven twelve hundred thousand million euro euros dollar
        dollars monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
        saturdays sundays january february march april may june july august september october november december
        today tonight tomorrow yesterday morning evening night noon weekend second seconds minute minutes hour hours day
        days week weeks month months year years
        montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz juni juli oktober dezember
        heute morgen gestern stunde stunden tag tage woche wochen jahr jahre uhr
        hoy manana ayer hora horas dia dias semana semanas ano anos senin selasa rabu kamis jumat sabtu minggu hari jam
        besok kemarin сегодня завтра вчера час часа часов день дня дней неделя недели евро рублей
        اليوم غدا أمس ساعة يوم أسبوع الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    """.split()
)
_NUMBER = re.compile(r"[$€£¥]|(?<!\w)\d[\d.,:]*(?:st|nd|rd|th)?(?!\w)")
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def telling_stems(text: str) -> tuple[str, ...]:
    """The stems of a message's words that say something, without its links."""
    return tuple(stem for stem in stems(_LINK.sub(" ", text[:_LONGEST_READ])) if stem not in _EMPTY)


def is_light(message: ChatMessage) -> bool:
    """Whether a message says something only with the one before it: "yes", a row of emoji, "me too"."""
    text = message.text
    if links_of(message):
        return False
    if is_question(text) and len(words(text)) >= _LIGHT_QUESTION:
        return False
    return len(set(telling_stems(text))) <= _LIGHT_STEMS and not numbers_in(text[:_LONGEST])


def subject_words(text: str) -> str:
    """A text without what is said of every subject: links, numbers, days, assent; itself when nothing is left."""
    bare = _NUMBER.sub(" ", _LINK.sub(" ", text[:_LONGEST_READ]))
    kept = _WORD.sub(lambda match: "" if _is_of_every_subject(match.group()) else match.group(), bare)
    return " ".join(kept.split()) or text.strip()[:_LONGEST]


def _is_of_every_subject(word: str) -> bool:
    return any(form in _OF_EVERY_SUBJECT or form in TELLING_WORDS or form in _EMPTY for form in words(word)[:1])


def links_of(message: ChatMessage) -> tuple[str, ...]:
    """The links of a message, each once: those that Telegram marked, and those in its words."""
    found = (link.rstrip(_LINK_EDGE) for link in _LINK.findall(message.text[:_LONGEST_READ]))
    return tuple(dict.fromkeys([*message.links, *found]))


def folded(text: str) -> str:
    """The same for messages that say the same word for word."""
    return " ".join(words(text[:_LONGEST_READ])) or text.strip()


def said(message: ChatMessage) -> str:
    """What stands for a message: all of it on one line, or of a long one the sentence that tells most."""
    text = message.text[:_LONGEST_READ]
    whole = " ".join(text.split())
    if len(whole) <= _LONGEST:
        return whole
    sentences = [" ".join(text[span.start : span.end].split()) for span in quotation_spans(text)]
    best = max(sentences, key=lambda sentence: telling(sentence[:_LONGEST]), default=whole)
    return best if len(best) <= _LONGEST else f"{_cut(best)}…"


def telling(text: str) -> float:
    """How much a text tells: its words, and more for numbers, names and links; 0 to 1."""
    counted = min(len(set(telling_stems(text))), 12) / 12
    marks = bool(numbers_in(text)) + bool(_CAPITAL.search(text)) * 0.5 + bool(_LINK.search(text)) * 0.5
    return min(1.0, 0.5 * counted + 0.25 * marks)


def authors_of(messages: Sequence[ChatMessage]) -> tuple[str, ...]:
    """Who wrote these messages, each person once, the first one first."""
    return tuple({message.author_id: message.author for message in messages}.values())


def _cut(text: str) -> str:
    """The beginning of a text that has no sentence short enough, ending with a whole word where it has words."""
    head = text[: _LONGEST - 1]
    return head.rpartition(" ")[0] or head
