"""The words that numbers are made of in five languages, as `number_words.folded` has them.

`VALUES` stand for themselves, `SCALES` multiply what comes before them, `TENS_SCALES` the one digit before them, and
`TEENS` add ten to it. `CONNECTORS` stand between the parts of one number.
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, float]


def _numbered(words: str, start: int = 1, step: int = 1) -> dict[str, float]:
    """Values for forms that are separated by "/", one group a value."""
    groups = words.split()
    return {form: start + step * at for at, group in enumerate(groups) for form in group.split("/")}


_GERMAN = {
    **_numbered(
        """
            eins/einzige zwei/zweien/zwo drei/dreien vier/vieren fünf sechs sieben acht neun zehn elf zwölf dreizehn
            vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
        """
    ),
    **_numbered("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10),
    **_numbered(
        "erste/ersten/erster/erstes zweite/zweiten/zweiter/zweites dritte/dritten/dritter/drittes vierte/vierten"
    ),
    **_numbered("fünfte/fünften sechste/sechsten siebte/siebten achte/achten neunte/neunten zehnte/zehnten", 5),
    "null": 0,
    "anderthalb": 1.5,
    "eineinhalb": 1.5,
}
_SPANISH = {
    **_numbered(
        """
            uno dos/ambos/ambas tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
            dieciséis/dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna
            veintidós/veintidos veintitrés/veintitres veinticuatro veinticinco veintiséis/veintiseis veintisiete
            veintiocho veintinueve
        """
    ),
    **_numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien/ciento", 30, 10),
    **_numbered(
        "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas", 200, 100
    ),
    **_numbered(
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas", 600, 100
    ),
    **_numbered("primero/primera/primer/primeros/primeras segundo/segunda tercero/tercera/tercer cuarto/cuarta"),
    **_numbered("quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima", 5),
    "cero": 0,
}
_RUSSIAN = {
    **_numbered(
        """
            один/одна/одно/одного/одной/одному/одним/одну
            два/две/двух/двум/двумя/двое/двоих/двоим/оба/обе/обоих/обеих три/трех/трем/тремя/трое/троих/троим
            четыре/четырех/четырем/четырьмя/четверо/четверых пять/пяти/пятью/пятеро/пятерых
            шесть/шести/шестью/шестеро/шестерых семь/семи/семью/семеро/семерых восемь/восьми/восемью/восьмью
            девять/девяти/девятью десять/десяти/десятью одиннадцать/одиннадцати двенадцать/двенадцати
            тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати шестнадцать/шестнадцати
            семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати
        """
    ),
    **_numbered(
        """
            двадцать/двадцати/двадцатью тридцать/тридцати/тридцатью сорок/сорока пятьдесят/пятидесяти
        """,
        20,
        10,
    ),
    **_numbered("шестьдесят/шестидесяти семьдесят/семидесяти восемьдесят/восьмидесяти девяносто сто/ста", 60, 10),
    **_numbered("двести/двухсот/двумстам триста/трехсот/тремстам четыреста/четырехсот пятьсот/пятисот", 200, 100),
    **_numbered("шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот", 600, 100),
    **_numbered("первый/первая/первое/первого/первой второй/вторая/второе/второго третий/третья/третье/третьего"),
    **_numbered(
        """
            четвертый/четвертая/четвертого пятый/пятая/пятого шестой/шестая/шестого седьмой/седьмая/седьмого
        """,
        4,
    ),
    "ноль": 0,
    "полтора": 1.5,
    "полторы": 1.5,
}
_INDONESIAN = {
    **_numbered("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"),
    **_numbered("pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh"),
    "seratus": 100,
    "nol": 0,
}
_ARABIC = {
    **_numbered(
        """
            واحد/واحده/واحدا اثنان/اثنين/اثنتان/اثنتين/اثنا/اثني/اثنتا/اثنتي ثلاثه/ثلاث اربعه/اربع خمسه/خمس سته/ست
            سبعه/سبع ثمانيه/ثماني/ثمان تسعه/تسع عشره/عشر
        """
    ),
    **_numbered(
        "عشرون/عشرين ثلاثون/ثلاثين اربعون/اربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين", 20, 10
    ),
    **_numbered(
        "ميه/مايه/مئه ميتان/ميتين/ميتا/ميتي/مايتان/مايتين/مايتا/مايتي ثلاثميه/ثلاثمايه اربعميه/اربعمايه", 100, 100
    ),
    **_numbered("خمسميه/خمسمايه ستميه/ستمايه سبعميه/سبعمايه ثمانميه/ثمانمايه/ثمانيمايه تسعميه/تسعمايه", 500, 100),
    **_numbered(
        "اول/اولي ثاني/ثانيه ثالث/ثالثه رابع/رابعه خامس/خامسه سادس/سادسه سابع/سابعه ثامن/ثامنه تاسع/تاسعه عاشر/عاشره"
    ),
    "صفر": 0,
    "الفان": 2000,
    "الفين": 2000,
    "الفا": 2000,
    "الفي": 2000,
    "مليوني": 2_000_000,
    "مليونان": 2_000_000,
    "مليونين": 2_000_000,
}


def _scales(words: str) -> dict[str, int]:
    """Scales from `word=power of ten` or, for a dozen, `word=12`."""
    pairs = (pair.split("=") for pair in words.split())
    return {form: 12 if power == "12" else 10 ** int(power) for forms, power in pairs for form in forms.split("/")}


VALUES: Mapping[str, Table] = {
    "de": _GERMAN,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "id": _INDONESIAN,
    "ar": _ARABIC,
}
SCALES: Mapping[str, Mapping[str, int]] = {
    "de": _scales("tausend/tsd=3 million/millionen/mio=6 milliarde/milliarden/mrd=9 billion/billionen=+12 dutzend=12"),
    "es": _scales("mil=3 millón/millon/millones=6 millardo=9 billón/billon/billones=+12 docena=12"),
    "ru": _scales("""
        тысяча/тысячи/тысяч/тысячу/тысячам/тысячами/тысячах/тысячей/тыс=3 миллион/миллиона/миллионов/млн=6
        миллиард/миллиарда/миллиардов/млрд=9 триллион/триллиона/триллионов/трлн=+12 дюжина/дюжину/дюжины=12
    """),
    "id": _scales("ribu/seribu=3 juta/sejuta=6 miliar/semiliar=9 triliun=+12 lusin/selusin=12"),
    "ar": _scales("الف/الاف=3 مليون/مليونا/ملايين=6 مليار/مليارا/مليارات=9 تريليون=+12"),
}
TENS_SCALES: Mapping[str, Mapping[str, int]] = {
    "de": {},
    "es": {},
    "ru": {},
    "id": {"puluh": 10, "ratus": 100},
    "ar": {"ميه": 100, "مايه": 100},
}
TEENS: Mapping[str, Mapping[str, int]] = {
    "de": {},
    "es": {},
    "ru": {},
    "id": {"belas": 10},
    "ar": {"عشر": 10, "عشره": 10},
}
CONNECTORS: Mapping[str, frozenset[str]] = {
    "de": frozenset(),
    "es": frozenset({"y"}),
    "ru": frozenset(),
    "id": frozenset(),
    "ar": frozenset(),
}
