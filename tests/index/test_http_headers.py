"""What headers say about asking again."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from index.http_headers import max_age, retry_after, validator

NOW = datetime(2025, 5, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("99999999", 86_400.0),
        ("Mon, 05 May 2025 12:30:00 GMT", 1_800.0),
        ("Mon, 05 May 2025 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Mon, 99 May 2025 12:30:00 GMT", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    """Between none and a day; what cannot be read says nothing."""
    assert retry_after(httpx.Headers({"Retry-After": value}), lambda: NOW) == seconds


def test_no_header_says_nothing() -> None:
    """An answer without these headers."""
    assert (retry_after(httpx.Headers()), max_age(httpx.Headers()), validator(httpx.Headers(), "ETag")) == (None,) * 3


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("max-age=60", 60.0),
        ("public, Max-Age = 60", 60.0),
        ('max-age="60"', 60.0),
        ("s-maxage=60", None),
        ("none", None),
    ],
)
def test_max_age_is_read(value: str, seconds: float | None) -> None:
    """In any of the usual spellings; a shared cache's age is another one."""
    assert max_age(httpx.Headers({"Cache-Control": value})) == seconds


@pytest.mark.parametrize("value", ["\u00e9", "x" * 1_001, "", "a\tb"])
def test_a_validator_that_cannot_be_sent_back_is_none(value: str) -> None:
    """Letters beyond ASCII, control characters and endless ones."""
    assert validator(httpx.Headers([(b"ETag", value.encode())]), "ETag") is None
    assert validator(httpx.Headers({"ETag": 'W/"a b"'}), "ETag") == 'W/"a b"'
