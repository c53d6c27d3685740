"""The last question for something else."""

from __future__ import annotations

import pytest

from index.conversation.spoken_of import SpokenOf
from index.conversation.substitution import asked_of_another
from index.types import Turn


@pytest.mark.parametrize(
    ("last", "new", "meant"),
    [
        ("How many people died in Syria?", "Turkey", "How many people died in Turkey"),
        ("How many people died in Syria?", "in Lebanon", "How many people died in Lebanon"),
        ("How many people died?", "in Lebanon", "How many people died in Lebanon"),
        ("How many people died?", "Turkey", "How many people died in Turkey"),
        ("How many people died near Aleppo?", "in Homs", "How many people died in Homs"),
        ("How many people died in Syria on Monday?", "on Tuesday", "How many people died in Syria on Tuesday"),
        ("How many people died in Syria on Monday?", "yesterday", "How many people died in Syria yesterday"),
        ("How many people died in Syria in May 2020?", "2021", "How many people died in Syria in 2021"),
        ("Which country hosts the 2026 World Cup?", "last year", "Which country hosts the 2026 World Cup last year"),
        ("How many people died in Syria?", "children", "How many children died in Syria"),
        ("What did Macron say about Gaza?", "Scholz", "What did Scholz say about Gaza"),
        ("What did Macron say about Gaza?", "Ukraine", "What did Macron say about Ukraine"),
        ("Why did Israel strike Beirut?", "Damascus", "Why did Israel strike Damascus"),
        ("Why did Israel strike Beirut?", "the US", "Why did the US strike Beirut"),
        ("Who is Iran's president?", "Iraq", "Who is Iraq's president"),
        ("Who is the mayor of Lindholm?", "the vicar", "Who is the vicar of Lindholm"),
        ("When will the museum reopen?", "the Louvre", "When will the Louvre reopen"),
        ("How much did the town pay for trams?", "for the buses", "How much did the town pay for the buses"),
        ("Which airline flies to Rome?", "Ryanair", "what about Ryanair (which airline flies to Rome)"),
        ("Who watched the BBC drama?", "Netflix", "what about Netflix (who watched the BBC drama)"),
        ("When did the volcano in Iceland erupt?", "the one in Hawaii", "When did the volcano in Hawaii erupt"),
    ],
)
def test_what_is_new_takes_the_place_of_what_it_fits(last: str, new: str, meant: str) -> None:
    """A place that of a place, a day that of a day, a name that of a name; else it is put behind or beside."""
    assert asked_of_another(new, SpokenOf(Turn(last))) == meant


@pytest.mark.parametrize("new", ["the hostages in Gaza", "", "in", "of Porto"])
def test_what_has_a_subject_of_its_own_is_another_question(new: str) -> None:
    """Nor can nothing be put anywhere."""
    assert asked_of_another(new, SpokenOf(Turn("How many rockets hit Basra?"))) is None
