"""Follow-up questions in other languages that clearly lack what they are about: "Und wann?", "¿Y en Madrid?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Turn

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT = 4  # words
_LONGEST = 300  # characters
# German, Spanish, French, Italian, Portuguese, Indonesian, Dutch, Turkish, Russian, Ukrainian, Arabic.
_AND = frozenset(
    "und aber oder y e pero et mais ma mas dan tapi lalu en maar ve ama peki и а но та але و ف ثم لكن".split()
)
_ASKING = frozenset(
    """
        wer wen wem was wann wo wohin woher warum wieso weshalb wie wieviel wieviele viele viel welche welcher welches
        quién quien quiénes qué que cuándo cuando dónde donde cómo como cuánto cuánta cuántos cuántas cuantos cuál
        cuáles
        qui quoi quand où comment pourquoi combien quel quelle quels quelles lequel
        chi cosa che dove perché perche quanto quanta quanti quante quale quali
        quem quê onde porquê porque qual quais quantos quantas
        siapa apa kapan mana berapa bagaimana mengapa kenapa
        wie wat wanneer waar waarom hoe hoeveel welke
        kim kimin ne nerede niçin neden nasıl kaç hangi
        кто кого кому что чего когда где куда откуда почему зачем как сколько какой какая какие каких
        хто що коли де чому скільки який
        من ماذا ما متى أين لماذا كيف كم أي
    """.split()
)
# Words that such a question may hold besides: "und wann war das", "y por qué fue eso", "а где это было".
_EMPTY = frozenset(
    """
        ist war waren sind das es denn genau noch sonst dann da dort passiert geschehen los seit bis
        por es fue era son eso esto ello más exactamente pasó ocurrió está
        est était c'est c’est ça cela donc exactement encore s'est passé
        è era stato successo questo quello ancora esattamente
        foi isso isto mais exatamente aconteceu
        itu ini adalah terjadi saja lagi tepatnya kah di ke dari banyak orang
        is was dat het dit nog precies gebeurd
        bu o şu oldu peki zaman
        это этот было был была случилось произошло ещё еще именно же
        це було сталося ще
        هذا هذه ذلك هو هي كان كانت حدث أيضا بالضبط
    """.split()
)
_WHAT_ABOUT = re.compile(
    r"^(?:was ist mit|wie ist es mit|wie steht es um|qué (?:hay|pasa) (?:de|con)|que tal|et (?:pour|en ce qui concerne)"
    r"|qu['’]en est-il de|e per quanto riguarda|e quanto a|bagaimana dengan|как насч[её]т|а что насч[её]т|а что с"
    r"|ماذا عن|وماذا عن)\b",
    re.IGNORECASE,
)
_ARABIC_AND = re.compile(r"[وف](?=(?:في|عن|على|إلى|من|ماذا|ما|متى|أين|لماذا|كيف|كم)$)")


def joined_with_last(question: str, history: Sequence[Turn]) -> str | None:
    """The last question with this one behind it; None when this one does not clearly lean on it.

    Two sentences read well in any language, and no word is bent or chosen anew.
    """
    if not history or not is_clear_ellipsis(question):
        return None
    last = history[-1].question.strip()
    joined = f"{last}{'' if last[-1:] in '?!.؟' else '?'} {question.strip()}"
    return joined if len(joined) <= _LONGEST else None


def foreign_words(question: str) -> int:
    """How many of a question's words ask or link in another language than English."""
    return sum(is_small_word(word) for word in _WORD.findall(question))


def is_small_word(word: str) -> bool:
    """Whether a word asks or links in one of these languages, and says nothing of what it is about."""
    return word.casefold() in _AND | _ASKING | _EMPTY


def asking_words(question: str) -> set[str]:
    """The question words of a question in one of these languages; those of "what about" ask nothing."""
    rest = _WHAT_ABOUT.sub(" ", question.strip().lstrip("¿¡"))
    return {word.casefold() for word in _WORD.findall(rest)} & _ASKING


def is_clear_ellipsis(question: str) -> bool:
    """Whether a question is a mere question word, "and" with a few words, or "what about" something."""
    text = question.strip().lstrip("¿¡")
    if not text.rstrip().endswith(("?", "؟")) and len(_WORD.findall(text)) > 2:  # noqa: PLR2004
        return False
    if _WHAT_ABOUT.match(text):
        return len(_WORD.findall(text)) <= 2 * _SHORT
    words = [word.casefold() for word in _WORD.findall(text)]
    opened = bool(words) and words[0] in _AND and len(words) > 1
    rest = words[1:] if opened else words
    if rest and not opened and _ARABIC_AND.match(rest[0]):
        opened, rest = True, [_ARABIC_AND.sub("", rest[0]), *rest[1:]]
    if not rest or len(rest) > _SHORT + 1:
        return False
    asks = any(word in _ASKING for word in rest)
    if asks and all(word in _ASKING | _EMPTY for word in rest):
        return True
    return opened and not asks and len(rest) <= _SHORT - 1
