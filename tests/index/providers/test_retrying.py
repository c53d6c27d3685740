"""When a hosted model is asked again, and after how long."""

from __future__ import annotations

import httpx
import pytest

from index.providers.retrying import Limits, blocking_retrying

LIMITS = Limits(total_s=60.0, attempts=4, first_wait_s=0.5, longest_wait_s=8.0)


class BusyError(Exception):
    """429, with the wait that the server asks for."""

    status_code = 429

    def __init__(self, retry_after: str | None) -> None:
        super().__init__("busy")
        headers = {"retry-after": retry_after} if retry_after else {}
        self.response = httpx.Response(429, headers=headers)


def waits(error: Exception, limits: Limits = LIMITS) -> list[float]:
    """The seconds waited before each further attempt, when all attempts fail."""
    waited: list[float] = []
    again = blocking_retrying(limits)
    again.sleep = waited.append

    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        again(fail)
    return waited


def test_the_server_says_how_long() -> None:
    """Its wait is kept to the second."""
    assert waits(BusyError("3")) == [3.0, 3.0, 3.0]


@pytest.mark.parametrize(("asked", "attempts"), [("8", 4), ("8.5", 1), ("3600", 1)])
def test_a_longer_wait_than_a_person_bears_is_none(asked: str, attempts: int) -> None:
    """Asking earlier would be refused again, so the failure is told at once, and a chain goes on."""
    assert len(waits(BusyError(asked))) == attempts - 1


def test_waits_grow_and_vary() -> None:
    """Each lies between nothing and twice the one before, so that many clients do not come back together."""
    seen = [waits(BusyError(None)) for _ in range(50)]
    for position, most in enumerate([0.5, 1.0, 2.0]):
        values = [each[position] for each in seen]
        assert 0 <= min(values) < max(values) <= most


def test_after_all_its_time_no_attempt_begins() -> None:
    """The bound on all holds also while attempts are left."""
    assert waits(BusyError("1"), Limits(total_s=0.0, attempts=9)) == []
