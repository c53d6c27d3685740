"""Words that news uses for the same thing, so that a question about the hurt finds the injured."""

from __future__ import annotations

from collections import defaultdict

from index.words import stem

_GROUPS = """
hurt injured injury injuries wounded casualties victims
died dead killed death deaths toll fatalities lives
attack attacked strike struck raid assault bombing shelling
hit struck fell landed
began begin start started broke launched
blame blamed accuse accused accuses accusations
buy bought acquire acquired acquisition purchase purchased
win won winner victory beat defeated
leader president minister chief head
car vehicle automobile
fire fired dismissed sacked ousted
resign resigned quit stepped
arrested detained custody jailed
cost costs price worth
protest protests protesters demonstration demonstrations demonstrators rally
crash crashed collision accident
company firm business
film movie
city town
child children kids
married wed wedding
fine fined penalty
increase increased rise rose grew growth
decrease decreased fall fell dropped decline
vote voted election elected ballot
land landed fall fell
quake earthquake
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for line in _GROUPS.strip().splitlines():
        group = {stem(word) for word in line.split()}
        for member in group:
            table[member] |= group - {member}
    return {member: frozenset(others) for member, others in table.items()}


_TABLE = _table()


def synonyms_of(stemmed: str) -> frozenset[str]:
    """The stems that often stand for this one in news; empty for most words."""
    return _TABLE.get(stemmed, frozenset())
