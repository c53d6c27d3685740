"""Logging: structlog in front, the standard library behind, and no secret gets through.

Libraries that write what people say, or addresses with the token in them, are kept to warnings.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from functools import lru_cache
from typing import TextIO
from urllib.parse import quote

import structlog

_TOKEN = re.compile(r"\d{5,20}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_HIDDEN = "[hidden]"
# The client of OpenAI logs whole requests at DEBUG, people's questions included.
_QUIET = (
    *("httpx", "httpx2", "httpcore", "httpcore2", "telegram", "tornado", "chromadb", "llama_index", "trafilatura"),
    *("openai", "anthropic", "google_genai", "alembic", "apscheduler"),
)
_SHORTEST_SECRET = 6  # characters; to hide "a" would spoil every line, and protects nothing: it is guessed at once


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders a record, then hides bot tokens and the given secrets, in tracebacks too."""

    def __init__(self, secrets: Iterable[str], *, as_json: bool = False) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(_json_processors() if as_json else _text_processors()),
            ],
            foreign_pre_chain=_shared_processors(),
        )
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The finished line."""
        return hidden(super().format(record), self._secrets)


def configure_logging(
    level: str,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    *,
    also: logging.Handler | None = None,
    as_json: bool = False,
) -> None:
    """Sends all logging to `stream` (standard error by default) at `level`; `also` hears it, too.

    A line is text for a person, or with `as_json` an object for a program.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets, as_json=as_json))
    root = logging.getLogger()
    root.handlers = [handler, *([also] if also else [])]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_processors(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def hidden(line: str, secrets: Iterable[str]) -> str:
    """A line without bot tokens and the given secrets of six characters and more, however they are written."""
    for secret in _spelled(tuple(secrets)):
        line = line.replace(secret, _HIDDEN)
    return _TOKEN.sub(_HIDDEN, line)


@lru_cache(maxsize=4)
def _spelled(secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Each secret as it is and as Python, an address and JSON write it, the longest first."""
    long = [secret for secret in secrets if len(secret) >= _SHORTEST_SECRET]
    plain = {form for secret in long for form in (secret, repr(secret)[1:-1], quote(secret, safe=""), quote(secret))}
    in_json = {json.dumps(form, ensure_ascii=ascii_only)[1:-1] for form in plain for ascii_only in (True, False)}
    return tuple(sorted(plain | in_json, key=len, reverse=True))


def frames_of(error: BaseException) -> str:
    """The traceback of an error and its causes, without the errors' own texts: they may quote messages."""
    blocks = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__))
        blocks.append(f"{frames}{type(current).__module__}.{type(current).__qualname__}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nraised from\n".join(blocks)


def _text_processors() -> list[structlog.types.Processor]:
    # The default formatter of tracebacks shows local variables: people's messages among them.
    traceback_of = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, exception_formatter=traceback_of)]


def _json_processors() -> list[structlog.types.Processor]:
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _shared_processors() -> list[structlog.types.Processor]:
    return [
        structlog.contextvars.merge_contextvars,  # the update that a line belongs to
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
