"""The world's countries by their English names."""

from __future__ import annotations

from functools import lru_cache

_OTHER_NAMES = frozenset(
    """
        america,britain,great britain,england,scotland,wales,northern ireland,us,u.s,usa,uk,u.k,eu,uae,drc,gaza
        west bank,turkey,czech republic,ivory coast,congo,burma,myanmar,hong kong,macau,palestine,holland,bosnia
        cape verde,swaziland,east timor,vatican,crimea,kashmir,chechnya,catalonia,greenland,europe,korea
    """.replace("\n", ",").split(",")
)
_NO_LANDS = frozenset({"XA", "XB", "ZZ", "QO", "UN"})


def is_country(name: str) -> bool:
    """Whether a name is that of a country or a land like one; loads the list when first asked."""
    folded = " ".join(name.casefold().removeprefix("the ").strip(" .,?!").split()).removesuffix("'s").removesuffix("’s")
    return folded in _names()


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from babel import Locale

    lands = ((str(code), str(name)) for code, name in Locale("en").territories.items())
    # A code of digits is that of a continent or a region.
    found = {name.casefold() for code, name in lands if code.isalpha() and code not in _NO_LANDS}
    return frozenset(found | {name.strip() for name in _OTHER_NAMES if name.strip()})
