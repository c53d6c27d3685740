"""Sends spans to a collector, off the event loop; when it cannot be reached, the log says so once.

Needs the extra `otel`. The library's own log would say it with every batch, so it is kept silent.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import requests
import structlog
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.util.re import parse_env_headers

log = structlog.get_logger(__name__)

_TRACES = "/v1/traces"  # below the endpoint, by the specification of OTLP over HTTP
_WITHIN_S = 5.0


class CollectorExporter(SpanExporter):
    """An exporter of OTLP over HTTP for a collector's base address and its headers, `name=value,name=value`."""

    def __init__(self, endpoint: str, headers: str) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._session = requests.Session()
        self._session.hooks["response"].append(self._note_status)
        self._exporter = OTLPSpanExporter(
            endpoint + _TRACES,
            headers=parse_env_headers(headers, liberal=True),
            timeout=_WITHIN_S,
            session=self._session,
        )
        self._status: int | None = None
        self._failing = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Sends a batch, in the thread of the queue; one that cannot be sent is given up."""
        self._status = None
        sent = self._exporter.export(spans)
        if sent is SpanExportResult.SUCCESS:
            if self._failing:
                log.warning("the collector takes traces again")
            self._failing = False
        elif not self._failing:
            reason = "no answer" if self._status is None else f"HTTP {self._status}"
            log.warning(
                "traces cannot be sent, and are given up until they can be: look at OTEL_EXPORTER_OTLP_ENDPOINT, "
                "OTEL_EXPORTER_OTLP_HEADERS and the collector",
                reason=reason,
            )
            self._failing = True
        return sent

    def shutdown(self) -> None:
        """Breaks off what waits for the collector."""
        self._exporter.shutdown()  # type: ignore[no-untyped-call]  # the library gives it no types
        self._session.close()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:  # noqa: ARG002 - the library's form
        """Nothing is kept here."""
        return True

    def _note_status(self, response: requests.Response, *_: Any, **__: Any) -> None:
        self._status = response.status_code
