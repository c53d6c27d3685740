"""Tells a listener which calls of models llama-index makes, and when: never what was said in them.

llama-index's own way of observing, `llama_index_instrumentation`, hands on arguments, results and errors as well, and
so questions and articles. Here only a call's name, its place in another, and the class of its error go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from llama_index_instrumentation import get_dispatcher
from llama_index_instrumentation.span import BaseSpan
from llama_index_instrumentation.span_handlers import BaseSpanHandler
from pydantic import PrivateAttr


class CallListener(Protocol):
    """Hears of calls, in the thread and the context that they are made in; it must be quick and raise nothing."""

    def begun(self, call_id: str, name: str, caller_id: str | None) -> None:
        """A call such as `OpenAILike.astream_chat` begins, within the one with `caller_id` where there is one."""
        ...

    def ended(self, call_id: str, error: str | None) -> None:
        """It ends; `error` is the class of what it raised."""
        ...


class _Relay(BaseSpanHandler[BaseSpan]):
    """Keeps nothing: llama-index's own handlers hold every call in memory for as long as the process lives."""

    _listener: CallListener = PrivateAttr()

    def __init__(self, listener: CallListener) -> None:
        super().__init__()
        self._listener = listener

    @classmethod
    def class_name(cls) -> str:
        return "CallRelay"

    def new_span(self, id_: str, *_: Any, **told: Any) -> None:
        self._listener.begun(id_, id_.partition("-")[0], told.get("parent_span_id"))  # an id is a name and a UUID

    def prepare_to_exit_span(self, id_: str, *_: Any, **__: Any) -> None:
        self._listener.ended(id_, None)

    def prepare_to_drop_span(self, id_: str, *_: Any, **told: Any) -> None:
        self._listener.ended(id_, type(told.get("err")).__name__)


@contextmanager
def listening_to_calls(listener: CallListener) -> Iterator[None]:
    """Tells the listener of all calls in this process while the block runs."""
    relay, dispatcher = _Relay(listener), get_dispatcher()
    dispatcher.add_span_handler(relay)
    try:
        yield
    finally:
        dispatcher.span_handlers[:] = [handler for handler in dispatcher.span_handlers if handler is not relay]
