"""The failures of hosted models' client libraries, mapped to askwire's own at one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from index.errors import ModelUnavailableError, NewsIndexError, ProviderError

_OVERLOADED = 529
_FIRST_FAULT = 400
_FIRST_SERVER_FAULT = 500
_NO_KEY = "refuses the key: check it"
_NO_CREDIT = "has no credit left: top up its account"
_BY_STATUS = {
    401: _NO_KEY,
    402: _NO_CREDIT,
    403: _NO_KEY,
    404: "does not know this model: check its name",
    408: "took too long",
    429: "has no room for more requests now",
    529: "has no room for more requests now",
}
_PASSING = {408, 429, 500, 502, 503, 504, _OVERLOADED}
# What a server says in the middle of a stream, where its HTTP status was 200 already.
_STATUS_OF_TYPE = {
    "authentication_error": 401,
    "permission_error": 403,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "api_error": 500,
    "server_error": 500,
    "timeout_error": 504,
    "overloaded_error": _OVERLOADED,
}
_TRANSPORTS = {"httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "requests", "urllib3"}


class StreamCutError(Exception):
    """A stream ended without the sign that its reply is whole."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a foreign error comes to.

    `words` follow the model's name. `passing`: the same request may succeed soon, after `retry_after_s` seconds
    where the server says so. `of_request`: it is this request that fails, another one may not.
    """

    words: str
    passing: bool = False
    retry_after_s: float | None = None
    of_request: bool = False


@contextmanager
def mapped_failures(name: str, kind: str = "language model") -> Iterator[None]:
    """Maps whatever a client library raises in the block; the text holds neither the key nor the request.

    Raises:
        ProviderError: when the model refuses this one request.
        ModelUnavailableError: for everything else.
    """
    try:
        yield
    except NewsIndexError:
        raise
    except Exception as error:  # every client library has its own tree
        failure = failure_of(error)
        words = failure.words
        if name.startswith("ollama:") and status_of(error) == 404:  # noqa: PLR2004 – HTTP's "not found"
            words = f"is not there: run ollama pull {name.partition(':')[2]}"
        kind_of_error = ProviderError if failure.of_request else ModelUnavailableError
        raise kind_of_error(f"The {kind} {name} {words}.") from error


def failure_of(error: BaseException) -> Failure:
    """What an error of a client library says; errors of askwire's own are never passing."""
    if isinstance(error, StreamCutError):
        return Failure("broke off in the middle of its reply", passing=True)
    status = status_of(error)
    if status is not None:
        return _failure_of_status(error, status)
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return Failure("took too long")
    if is_transport(error):
        return Failure("cannot be reached", passing=True)
    return _failure_of_kind(error)


def _failure_of_kind(error: BaseException) -> Failure:
    name = type(error).__name__
    if isinstance(error, ValueError):
        return Failure("answers in a way that askwire does not understand")
    if name in {"APIError", "APIStatusError", "ResponseError"}:  # told in the middle of a stream
        return Failure("has a fault of its own", passing=True)
    return Failure(f"failed in an unknown way ({name})")


def is_transport(error: BaseException) -> bool:
    """Whether the connection failed, not the server."""
    kind = type(error)
    return (
        (isinstance(error, OSError) and not isinstance(error, TimeoutError))
        or (kind.__module__.partition(".")[0] in _TRANSPORTS and "Timeout" not in kind.__name__)
        or kind.__name__ == "APIConnectionError"
    )


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an error carries, or the one that its body stands for."""
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and value >= _FIRST_FAULT:
            return value
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    return _STATUS_OF_TYPE.get(str(inner.get("type"))) if isinstance(inner, dict) else None


def _failure_of_status(error: BaseException, status: int) -> Failure:
    if getattr(error, "code", None) == "insufficient_quota":
        return Failure(_NO_CREDIT)
    if "API_KEY_INVALID" in str(getattr(error, "details", "")):
        return Failure(_NO_KEY)
    default = "has a fault of its own" if status >= _FIRST_SERVER_FAULT else "refuses the request"
    return Failure(
        _BY_STATUS.get(status, f"{default} (HTTP {status})"),
        passing=status in _PASSING,
        retry_after_s=_retry_after(error),
        of_request=status < _FIRST_SERVER_FAULT and status not in _BY_STATUS,
    )


def _retry_after(error: BaseException) -> float | None:
    """Seconds to wait, from a `Retry-After` header (RFC 9110, 10.2.3) or Google's `RetryInfo`."""
    sources = (error, error.__context__)  # one library raises from an error that has the response
    found = (getattr(getattr(source, "response", None), "headers", None) for source in sources)
    headers: Any = next((each for each in found if each), {})
    if value := headers.get("retry-after"):
        with suppress(ValueError):
            return max(float(value), 0.0)
        with suppress(ValueError, TypeError):
            return max((parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds(), 0.0)
    told = re.search(r"'retryDelay': '([0-9.]+)s'", str(getattr(error, "details", "")))
    return float(told[1]) if told else None
