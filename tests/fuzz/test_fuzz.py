"""A short form of `python -m tests.fuzz`: the same inputs each time."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.__main__ import Tried, fault_of, try_target
from tests.fuzz.mutations import mutated
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_end_in_articles_or_clear_errors(name: str) -> None:
    """A good input is taken; no change of it breaks a parser in another way, or gives what Telegram refuses."""
    target = TARGETS[name]
    for seed in target.seeds:
        target.run(seed)
    assert try_target(target, random.Random(1), inputs=150) == Tried(150, {})


def test_a_fault_is_seen() -> None:
    """With the place where it arose; the same dice find the same inputs."""

    def fails_at_a_brace(data: bytes) -> None:
        if b"{" in data:
            raise ValueError

    target = Target((b"one {", b"two"), fails_at_a_brace)
    ((fault, data),) = try_target(target, random.Random(1), inputs=50).faults.items()
    assert fault.startswith("ValueError at test_fuzz.py:")
    assert fault_of(target, data) == fault
    assert mutated(target.seeds, random.Random(7)) == mutated(target.seeds, random.Random(7))
