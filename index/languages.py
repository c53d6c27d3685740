"""The language of a text, told by its letters and its small words; six of them can be checked in."""

from __future__ import annotations

import re
from functools import lru_cache

ENGLISH = "en"
CHECKED = frozenset({ENGLISH, "de", "es", "ru", "id", "ar"})

_SMALL_WORDS = {
    "en": """
        the of and to is are were been being by that at for with from has have had it its this these those which who
        said says not but or as on their his her they he she would could should there than when while after before
        about into over more most no all other two three four five six seven eight nine ten what where how did does if
        because against between in a an i we you us our me him will can may just only also new up out so off any some
        many first last year years people since during under told later still
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und ist sind sei seien wurde wurden wird werden werde
        hat haben habe hatte hatten auf im am zum zur vom beim ins nach von mit bei bis nicht sich auch dass es sie er
        wir ihr sein seine ihre ihren wie über gegen laut seit rund etwa für aus durch um unter zwischen vor ab als in
        noch nur mehr kein keine keinen dafür dagegen damit dabei sagte sagten prozent beide zwei drei vier fünf sechs
        sieben acht neun zehn montag dienstag mittwoch donnerstag freitag samstag sonntag oder aber wenn weil dort
        hier kann können soll sollen wollen muss worden
    """,
    "es": """
        el la los las y en que del al con por para una unos unas su sus se fue fueron ha han hay hubo está están era
        eran sobre según más como pero este esta estos estas dijo resultó resultaron tras entre desde hasta sin nadie
        dos tres cuatro cinco siete ocho nueve diez once favor contra millones también será serán sido ser ya muy
        cuando donde porque otro otra otros durante ante
    """,
    "id": """
        yang di ke dari pada untuk dengan dan ini itu oleh tidak telah akan adalah sebuah seorang orang ada dalam
        setelah karena kata belum sekitar para atas hanya juga menurut satu sebanyak lebih saat mereka bisa dapat
        namun tersebut hingga antara secara serta sudah masih bahwa seperti kepada naik turun persen hari tahun warga
        dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas yaitu bagi mengatakan menjadi juta miliar ribu
        terluka tewas pemerintah negara presiden polisi tentara menteri senin selasa rabu kamis jumat sabtu minggu
    """,
    # Languages that would else be taken for one of those.
    "fr": """
        le la les des et en est une dans du au aux sur pour par qui ne pas plus ont été cette ce ces selon avec se que
        leur son sa ses il elle après deux trois quatre cinq
    """,
    "it": """
        il lo gli la le della delle dei degli di che è nel nella con per una sono stato stata stati ha hanno non alla
        dal dalla al più secondo dopo due tre quattro cinque sei
    """,
    "pt": """
        os as do da dos em um uma não na no nas nos ao aos pelo pela foi foram são com para por mais segundo que se
        sua seu após dois duas três quatro cinco
    """,
    "nl": """
        het een van en op te zijn voor met niet dat werd werden bij naar aan ook is volgens in heeft hebben twee drie
        vijf zes zeven
    """,
    "tr": """
        ve bir bu için ile olarak daha olan sonra kadar
    """,
    "pl": """
        w na z się nie jest że do po od oraz za przez
    """,
    "ro": """
        și în pe care este sunt au fost din mai după
    """,
    "sv": """
        och i att det som en på är av för med den till har inte om ett
    """,
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_FEWEST = 2
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "latin": re.compile(r"[A-Za-zÀ-ɏ]+"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]+"),
    "arabic": re.compile(r"[\u0600-\u06ff]+"),
}
_NOT_RUSSIAN = re.compile(
    r"[іїєґўјљњћџђ]|(?<![бвдзнст])ъ|ъ(?![еёяю])|\b(?:е|се|са|във|със|че|ще|беше|това)\b", re.IGNORECASE
)
_NOT_ARABIC = re.compile(r"[پچژگکیےۀڈٹںہ]")


# The sentences of one answer are compared with the same few passages.
@lru_cache(maxsize=512)
def script_of(text: str) -> str | None:
    """The script of most letters of a text: latin, cyrillic, arabic or other; None when there is no letter."""
    letters = sum(map(len, _WORD.findall(text)))
    counts = {name: sum(map(len, script.findall(text))) for name, script in _SCRIPTS.items()}
    most = max(counts, key=lambda name: counts[name])
    return None if not letters else most if 2 * counts[most] >= letters else "other"


@lru_cache(maxsize=512)
def language_of(text: str) -> str | None:
    """The code of a text's language; None when it is not clear, or none that is known here."""
    script = script_of(text)
    if script == "arabic":
        return None if _NOT_ARABIC.search(text) else "ar"
    if script == "cyrillic":
        return None if _NOT_RUSSIAN.search(text) else "ru"
    return _of_latin(text) if script == "latin" else None


def _of_latin(text: str) -> str | None:
    said = [word.casefold() for word in _WORD.findall(text)]
    scores = {language: sum(word in small for word in said) for language, small in _WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    alone = sum(score == scores[best] for score in scores.values()) == 1
    # "Los Angeles" is not Spanish.
    return best if alone and scores[best] >= (1 if best == ENGLISH else _FEWEST) else None
