"""Whatever a client library raises becomes one line for a person."""

from __future__ import annotations

import httpx
import pytest

from index.errors import ModelUnavailableError, ProviderError, StoreError
from index.providers.failures import mapped_failures


class StatusError(Exception):
    """An error with an HTTP status, as client libraries raise it; its text holds a key."""

    def __init__(self, status_code: object) -> None:
        super().__init__("Incorrect API key provided: sk-secret")
        self.status_code = status_code


class APITimeoutError(Exception):
    """Known by its name alone."""


REQUEST = httpx.Request("POST", "https://user:sk-secret@model.example/v1")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StatusError(401), "refuses the key: check it"),
        (StatusError(403), "refuses the key: check it"),
        (StatusError(404), "does not know this model: check its name"),
        (StatusError(429), "has no room for more requests now"),
        (StatusError(400), "refuses the request (HTTP 400)"),
        (StatusError(500), "has a fault of its own (HTTP 500)"),
        (StatusError(503), "has a fault of its own (HTTP 503)"),
        (StatusError("no number"), "cannot be reached"),
        (TimeoutError(), "took too long"),
        (httpx.ReadTimeout("slow", request=REQUEST), "took too long"),
        (APITimeoutError("sk-secret"), "took too long"),
        (httpx.ConnectError("refused sk-secret", request=REQUEST), "cannot be reached"),
        (ConnectionResetError("sk-secret"), "cannot be reached"),
        (ValueError("sk-secret is no JSON"), "answers in a way that askwire does not understand"),
        (RuntimeError("sk-secret"), "cannot be reached"),
    ],
)
def test_each_failure_has_its_words(error: Exception, said: str) -> None:
    """The line names the model and what happened, and holds no key."""
    with pytest.raises(ModelUnavailableError) as caught, mapped_failures("openai:gpt"):
        raise error
    assert str(caught.value) == f"The language model openai:gpt {said}."
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [ProviderError("answered with nothing"), StoreError("x")])
def test_our_own_errors_pass(error: Exception) -> None:
    """What is in words for a person already is left as it is."""
    with pytest.raises(type(error)) as caught, mapped_failures("m"):
        raise error
    assert caught.value is error


def test_being_cancelled_is_no_failure() -> None:
    """Stopping the program is not taken for a model that is down."""
    with pytest.raises(KeyboardInterrupt), mapped_failures("m"):
        raise KeyboardInterrupt
