"""The failures of hosted models' client libraries, mapped to askwire's own at one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from index.errors import ModelUnavailableError, NewsIndexError

_BY_STATUS = {
    401: "refuses the key: check it",
    403: "refuses the key: check it",
    404: "does not know this model: check its name",
    429: "has no room for more requests now",
}
_FIRST_SERVER_FAULT = 500


@contextmanager
def mapped_failures(name: str) -> Iterator[None]:
    """Maps whatever a client library raises in the block to `ModelUnavailableError`.

    The new error's text holds neither the key nor the request.
    """
    try:
        yield
    except NewsIndexError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        raise ModelUnavailableError(f"The language model {name} took too long.") from error
    except Exception as error:  # every client library has its own tree
        raise ModelUnavailableError(f"The language model {name} {_what_happened(error)}.") from error


def _what_happened(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        if status >= _FIRST_SERVER_FAULT:
            return f"has a fault of its own (HTTP {status})"
        return _BY_STATUS.get(status, f"refuses the request (HTTP {status})")
    if "Timeout" in type(error).__name__:
        return "took too long"
    if isinstance(error, ValueError):
        return "answers in a way that askwire does not understand"
    return "cannot be reached"
