"""Logging: readable lines, no secrets."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logging, frames_of

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake_-1"


def fail(error: Exception) -> None:
    raise error


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_secrets_are_hidden_everywhere() -> None:
    """Neither a known secret nor anything like a token gets through, in words, fields or tracebacks."""
    stream = io.StringIO()
    configure_logging("INFO", ["hidden-key"], stream)
    log = structlog.get_logger("askwire")
    log.info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe", key="hidden-key")
    try:
        fail(RuntimeError(f"no {TOKEN} and hidden-key"))
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("library").exception("with %s", TOKEN)
    written = stream.getvalue()
    assert "AAFake" not in written
    assert "hidden-key" not in written
    assert written.count("RuntimeError: no [hidden] and [hidden]") == 2
    assert "calling" in written


def test_libraries_that_write_addresses_are_quiet() -> None:
    """The HTTP client's lines about each request, which hold the token, are not written even at DEBUG."""
    stream = io.StringIO()
    configure_logging("DEBUG", [], stream)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/")
    logging.getLogger("telegram.ext.Application").debug("Processing update with words")
    structlog.get_logger("askwire").debug("own words")
    assert "own words" in stream.getvalue()
    assert "HTTP Request" not in stream.getvalue()
    assert "Processing update" not in stream.getvalue()


def test_the_scheduler_tells_only_what_is_wrong() -> None:
    """Its six lines a minute about jobs that ran are not written; one that failed or was missed is."""
    stream = io.StringIO()
    configure_logging("INFO", [], stream)
    logging.getLogger("apscheduler.executors.default").info("Running job")
    logging.getLogger("apscheduler.executors.default").warning("Run time was missed")
    assert "Running job" not in stream.getvalue()
    assert "was missed" in stream.getvalue()


def test_a_secret_of_few_characters_spoils_no_line() -> None:
    """What is shorter than six characters is not hidden, for it is in any word; six and more are."""
    stream = io.StringIO()
    configure_logging("INFO", ["a", "12345", "123456"], stream)
    structlog.get_logger("askwire").info("an article was added", pages=12345, key="123456")
    assert "an article was added" in stream.getvalue()
    assert stream.getvalue().count("[hidden]") == 1


def test_no_local_variables() -> None:
    """A logged traceback shows no values of local variables, which can be people's messages."""
    stream = io.StringIO()
    configure_logging("INFO", [], stream)
    question = "what " + "somebody asked"
    try:
        int(question[:0])
    except ValueError:
        structlog.get_logger("askwire").exception("failed")
    assert "ValueError" in stream.getvalue()
    assert question not in stream.getvalue()


def test_level() -> None:
    """Lines below the level are not written."""
    stream = io.StringIO()
    configure_logging("WARNING", [], stream)
    log = structlog.get_logger("askwire")
    log.info("small talk")
    log.warning("watch out")
    assert "small talk" not in stream.getvalue()
    assert "watch out" in stream.getvalue()


def test_frames_show_where_but_not_what() -> None:
    """The frames of an error and its cause name files, functions and types, and none of the errors' words."""
    words = "what somebody asked"
    try:
        try:
            fail(KeyError(words))
        except KeyError as error:
            raise RuntimeError(words) from error
    except RuntimeError as error:
        frames = frames_of(error)
    assert words not in frames
    assert "builtins.RuntimeError" in frames
    assert "builtins.KeyError" in frames
    assert frames.count("in fail") == 1
