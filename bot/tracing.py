"""Traces of questions and other requests for OpenTelemetry: what the bot calls, and the form of it that makes none."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar

from bot.settings import Settings, SettingsError
from index.types import Answer

_received: ContextVar[int] = ContextVar("received")
_NO_PACKAGES = (
    "OTEL_EXPORTER_OTLP_ENDPOINT is set, but traces need more packages. "
    "Install them with: pip install '.[otel]', or leave it empty."
)


class Tracing:
    """Makes no spans, as `OTEL_EXPORTER_OTLP_ENDPOINT` is not set."""

    def work(
        self,
        name: str,  # noqa: ARG002 - nothing to do with it here
        request: int | None = None,  # noqa: ARG002 - the same
    ) -> AbstractContextManager[None]:
        """The whole of a question, a summary and so on, from its update (`request` is its id) to the reply."""
        return contextlib.nullcontext()

    def part(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002 - the same
        """A part of what is worked on."""
        return contextlib.nullcontext()

    def answered(self, found: Answer) -> None:
        """The answer of the part that is worked on: its stages, and how it ended."""

    def ended(self, status: str) -> None:
        """What is worked on ended in this way, as in `Metrics.ended`."""


@contextlib.contextmanager
def update_received() -> Iterator[None]:
    """Marks the time when an update came, for the spans of what is done in the block."""
    token = _received.set(time.time_ns())
    try:
        yield
    finally:
        _received.reset(token)


def received_at_ns() -> int:
    """When the update came that is worked on, in nanoseconds since 1970; now, when that is not known."""
    return _received.get(0) or time.time_ns()


@contextlib.asynccontextmanager
async def open_tracing(settings: Settings) -> AsyncIterator[Tracing]:
    """What makes spans while the block runs, if settings want it; behind it, what is not sent yet is.

    Raises:
        SettingsError: when the extra `otel` is not installed.
    """
    if settings.otel_exporter_otlp_endpoint is None:
        yield Tracing()
        return
    try:
        from bot.otel_tracing import opened
    except ImportError as error:
        raise SettingsError(_NO_PACKAGES) from error
    headers = settings.otel_exporter_otlp_headers
    where = settings.otel_exporter_otlp_endpoint
    async with opened(where, headers.get_secret_value() if headers else "", settings.otel_service_name) as tracing:
        yield tracing
