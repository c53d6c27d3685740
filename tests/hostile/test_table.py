"""What the table of hostile inputs is, and what is in it that no single input shows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.hostile.table import TABLE


def test_the_table_is_one_of_different_inputs() -> None:
    """At least 60, each named once, through every way that there is."""
    assert len(TABLE) >= 60
    assert [what for what, count in Counter(row.what for row in TABLE).items() if count > 1] == []
    assert {row.way for row in TABLE} == {"file", "lines", "feed", "opml", "web"}
    assert all(Path(row.name).name == row.name for row in TABLE)
