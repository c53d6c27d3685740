"""A collector of OpenTelemetry on loopback: it takes OTLP over HTTP and keeps the spans."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.index.providers.loopback import listening

PATH = "/v1/traces"


@dataclass(frozen=True)
class Span:
    """A span as it came; times are in nanoseconds since 1970, `error` is the status."""

    id: bytes
    parent: bytes
    trace: bytes
    name: str
    start: int
    end: int
    error: bool
    attributes: dict[str, Any]


class Collector:
    """Answers with `status`, after `hang` is cleared where it is set."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.calls = 0
        self.spans: list[Span] = []
        self.resource: dict[str, Any] = {}
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def take(self, request: web.Request) -> web.Response:
        self.calls += 1
        body = await request.read()
        await self.go_on.wait()
        if self.status != 200:
            return web.Response(status=self.status)
        self.bodies.append(body)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        for part in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.resource = _values(part.resource.attributes)
            self.spans += [_span(span) for scope in part.scope_spans for span in scope.spans]
        return web.Response(body=b"", content_type="application/x-protobuf")

    def named(self, name: str) -> list[Span]:
        """Spans of a name, the earliest first."""
        return sorted((span for span in self.spans if span.name == name), key=lambda span: span.start)

    def below(self, parent: Span) -> list[str]:
        """The names of the spans right below another one, the earliest first."""
        return [span.name for span in sorted(self.spans, key=lambda span: span.start) if span.parent == parent.id]


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """A collector for the block."""
    collector = Collector()
    app = web.Application()
    app.router.add_post(PATH, collector.take)
    async with listening(app) as collector.url:
        try:
            yield collector
        finally:
            collector.go_on.set()


def _span(span: Any) -> Span:
    return Span(
        span.span_id,
        span.parent_span_id,
        span.trace_id,
        span.name,
        span.start_time_unix_nano,
        span.end_time_unix_nano,
        span.status.code == 2,
        _values(span.attributes),
    )


def _values(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}
