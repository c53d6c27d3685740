"""Whatever a client library raises becomes one line for a person."""

from __future__ import annotations

import httpx
import pytest

from index.errors import ModelUnavailableError, ProviderError, StoreError
from index.providers.failures import StreamCutError, failure_of, mapped_failures


class StatusError(Exception):
    """An error with an HTTP status, as client libraries raise it; its text holds a key."""

    def __init__(self, status_code: object, **more: object) -> None:
        super().__init__("Incorrect API key provided: sk-secret")
        self.status_code = status_code
        vars(self).update(more)


class APITimeoutError(Exception):
    """Known by its name alone."""


class APIError(Exception):
    """A fault told in the middle of a stream."""


REQUEST = httpx.Request("POST", "https://user:sk-secret@model.example/v1")


def anthropic_error(kind: str) -> StatusError:
    """As its library raises what the server says in a stream that began well."""
    return StatusError(200, body={"type": "error", "error": {"type": kind}})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StatusError(401), "refuses the key: check it"),
        (StatusError(402), "has no credit left: top up its account"),
        (StatusError(403), "refuses the key: check it"),
        (StatusError(404), "does not know this model: check its name"),
        (StatusError(408), "took too long"),
        (StatusError(429), "has no room for more requests now"),
        (StatusError(429, code="insufficient_quota"), "has no credit left: top up its account"),
        (StatusError(500), "has a fault of its own (HTTP 500)"),
        (StatusError(503), "has a fault of its own (HTTP 503)"),
        (StatusError(529), "has no room for more requests now"),
        (StatusError(None, code=503), "has a fault of its own (HTTP 503)"),
        (
            StatusError(400, details={"error": {"details": [{"reason": "API_KEY_INVALID"}]}}),
            "refuses the key: check it",
        ),
        (anthropic_error("overloaded_error"), "has no room for more requests now"),
        (anthropic_error("authentication_error"), "refuses the key: check it"),
        (APIError("sk-secret"), "has a fault of its own"),
        (StatusError("no number"), "failed in an unknown way (StatusError)"),
        (TimeoutError(), "took too long"),
        (httpx.ReadTimeout("slow", request=REQUEST), "took too long"),
        (httpx.ConnectTimeout("slow", request=REQUEST), "took too long"),
        (APITimeoutError("sk-secret"), "took too long"),
        (httpx.ConnectError("refused sk-secret", request=REQUEST), "cannot be reached"),
        (httpx.RemoteProtocolError("cut sk-secret", request=REQUEST), "cannot be reached"),
        (ConnectionResetError("sk-secret"), "cannot be reached"),
        (StreamCutError(), "broke off in the middle of its reply"),
        (ValueError("sk-secret is no JSON"), "answers in a way that askwire does not understand"),
        (RuntimeError("sk-secret"), "failed in an unknown way (RuntimeError)"),
    ],
)
def test_each_failure_has_its_words(error: Exception, said: str) -> None:
    """The line names the model and what happened, and holds no key."""
    with pytest.raises(ModelUnavailableError) as caught, mapped_failures("openai:gpt"):
        raise error
    assert str(caught.value) == f"The language model openai:gpt {said}."
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_request_is_no_model_that_is_down(status: int) -> None:
    """Another request may fare better, so a chain goes on asking this model."""
    with pytest.raises(ProviderError, match=rf"refuses the request \(HTTP {status}\)") as caught, mapped_failures("m"):
        raise StatusError(status)
    assert type(caught.value) is ProviderError


def test_an_embedding_model_is_called_one() -> None:
    """The line says which kind of model failed, so that the right setting is looked at."""
    said = r"^The embedding model ollama:x is not there: run ollama pull x\.$"
    with pytest.raises(ModelUnavailableError, match=said), mapped_failures("ollama:x", "embedding model"):
        raise StatusError(404)


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        *[(StatusError(status), True) for status in (408, 429, 500, 502, 503, 504, 529)],
        *[(StatusError(status), False) for status in (400, 401, 403, 404, 422, 501)],
        (StatusError(429, code="insufficient_quota"), False),
        (httpx.ConnectError("refused", request=REQUEST), True),
        (StreamCutError(), True),
        (httpx.ReadTimeout("slow", request=REQUEST), False),
        (ValueError(), False),
        (ProviderError("declined"), False),
        (ModelUnavailableError("down"), False),
    ],
)
def test_what_may_pass(error: Exception, passing: bool) -> None:
    """Only what another moment may bring right is asked again."""
    assert failure_of(error).passing is passing


def with_headers(**headers: str) -> StatusError:
    return StatusError(429, response=httpx.Response(429, headers={k.replace("_", "-"): v for k, v in headers.items()}))


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (with_headers(Retry_After="3"), 3.0),
        (with_headers(Retry_After="0.5"), 0.5),
        (with_headers(Retry_After="-1"), 0.0),
        (with_headers(Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), 0.0),
        (with_headers(Retry_After="soon"), None),
        (with_headers(), None),
        (StatusError(429, details={"error": {"details": [{"retryDelay": "17s"}]}}), 17.0),
        (StatusError(429), None),
    ],
)
def test_a_server_says_when_to_come_back(error: Exception, seconds: float | None) -> None:
    """In seconds or as a date, in a header or in Google's details; nonsense is no number."""
    assert failure_of(error).retry_after_s == seconds


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
