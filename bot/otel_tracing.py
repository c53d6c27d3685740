"""Spans of requests, by OpenTelemetry's own library: names, times, counts, and no word that anybody wrote.

    question        from the update to the reply; also inline, summary, digest, timeline, catchup, each by its name
    ├── wait        until its chat's turn
    ├── answer      what the index does
    │   ├── retrieval, sentences, writing
    │   └── OpenAILike.astream_chat, …    as llama-index tells them: a stream's ends when it begins
    └── reply       the last message goes out

Needs the extra `otel`. An error is told by its class: its text may quote a message.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

from opentelemetry import trace
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Span, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import StatusCode, set_span_in_context

from bot.otel_export import CollectorExporter
from bot.running import StoppedError
from bot.tracing import Tracing, received_at_ns
from index.providers.model_calls import listening_to_calls
from index.types import Answer

_request: ContextVar[trace.Span] = ContextVar("request", default=trace.INVALID_SPAN)
_FLUSH_WITHIN_S = 2.0  # with the rest of stopping, within ten seconds
_QUEUE, _BATCH = 2048, 512  # spans; more than that at once are given up
_EVERY_MS = 2000
_NS = 1_000_000  # in a millisecond

Attributes = Mapping[str, str | int | float]


class OtelTracing(Tracing):
    """Makes spans. It also hears of llama-index's calls: those within a request become spans in it."""

    def __init__(self, tracer: trace.Tracer) -> None:
        self._tracer = tracer
        self._calls: dict[str, trace.Span] = {}

    @contextmanager
    def work(self, name: str, request: int | None = None) -> Iterator[None]:
        """The whole of a request; `request` is the id that the log has, too: none where no update asked for it."""
        came = received_at_ns()
        with self._span(name, {} if request is None else {"askwire.request": request}, came) as span:
            if request is not None:
                self._tracer.start_span("wait", start_time=came).end()
            token = _request.set(span)
            try:
                yield
            finally:
                _request.reset(token)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A part of the request."""
        with self._span(name, {}, None):
            yield

    def answered(self, found: Answer) -> None:
        """The stages behind one another, by the times that the answer brings with it."""
        current, times = trace.get_current_span(), found.timings
        if not isinstance(current, Span) or current.start_time is None:
            return  # not sampled
        at = began = current.start_time
        self._stage("retrieval", at, at := at + round(times.retrieval_ms * _NS))
        self._stage("sentences", at, at := at + round(times.sentences_ms * _NS))
        first = {} if times.first_token_ms is None else {"askwire.first_token_ms": round(times.first_token_ms, 1)}
        self._stage("writing", at, max(at, began + round(times.total_ms * _NS)), first)
        _request.get().set_attributes(_outcome(found))

    def ended(self, status: str) -> None:
        """How the request ended."""
        _request.get().set_attribute("askwire.status", status)

    def begun(self, call_id: str, name: str, caller_id: str | None) -> None:
        """A call of llama-index begins; one that is for no request, as when articles come in, is let be."""
        caller = self._calls.get(caller_id or "", trace.get_current_span())
        if caller.get_span_context().is_valid:
            self._calls[call_id] = self._tracer.start_span(name, context=set_span_in_context(caller))

    def ended_call(self, call_id: str, error: str | None) -> None:
        """It ends."""
        if span := self._calls.pop(call_id, None):
            if error:
                _fail(span, error)
            span.end()

    def _stage(self, name: str, start: int, end: int, attributes: Attributes | None = None) -> None:
        self._tracer.start_span(name, start_time=start, attributes=dict(attributes or {})).end(end)

    @contextmanager
    def _span(self, name: str, attributes: Attributes, start: int | None) -> Iterator[trace.Span]:
        with self._tracer.start_as_current_span(
            name,
            attributes=dict(attributes),
            start_time=start,
            record_exception=False,  # both quote the error
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except StoppedError:  # as the asker wished
                raise
            except BaseException as error:
                _fail(span, type(error).__name__)
                raise


class _Calls:
    """The side of the tracing that hears of calls."""

    def __init__(self, tracing: OtelTracing) -> None:
        self.begun, self.ended = tracing.begun, tracing.ended_call


def _fail(span: trace.Span, error: str) -> None:
    span.set_status(StatusCode.ERROR)
    span.set_attribute("error.type", error)


def _outcome(found: Answer) -> dict[str, str | int | bool]:
    times = found.timings
    told = {
        "askwire.status": found.status.value,
        "askwire.citations": len(found.citations),
        "askwire.notice": found.notice is not None,  # as when a model failed
        "askwire.tokens_sent": times.prompt_tokens,
        "askwire.tokens_written": times.tokens,
    }
    return told | ({"askwire.model": found.model} if found.model else {})


@asynccontextmanager
async def opened(endpoint: str, headers: str, service: str) -> AsyncIterator[OtelTracing]:
    """Makes spans and sends them to a collector while the block runs; behind it the last ones, for two seconds."""
    exporter = CollectorExporter(endpoint, headers)
    queue = BatchSpanProcessor(
        exporter, max_queue_size=_QUEUE, max_export_batch_size=_BATCH, schedule_delay_millis=_EVERY_MS
    )
    # Not the provider of the whole process: what other libraries would trace may hold anything.
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: service}), shutdown_on_exit=False)
    provider.add_span_processor(queue)
    tracing = OtelTracing(provider.get_tracer("askwire"))
    try:
        with listening_to_calls(_Calls(tracing)):
            yield tracing
    finally:
        await _close(provider, exporter)


async def _close(provider: TracerProvider, exporter: SpanExporter) -> None:
    """Sends what is left, and gives up after a while: the library would wait for half a minute."""
    done = threading.Event()

    def flush() -> None:
        provider.shutdown()
        done.set()

    threading.Thread(target=flush, name="last traces", daemon=True).start()
    if not await asyncio.to_thread(done.wait, _FLUSH_WITHIN_S):
        exporter.shutdown()
