"""Failures in handlers: one line for the user, the cause in the log, no words of people in it."""

from __future__ import annotations

import io
import re
from typing import NoReturn

import pytest
from telegram.error import TimedOut

from bot.chats import ChatSettings
from bot.handlers.errors import error_line
from bot.words import languages, words_of
from index.errors import (
    EmbedderMismatchError,
    ForbiddenAddressError,
    ModelUnavailableError,
    NewsIndexError,
    QuestionError,
    StoreError,
)
from index.types import Answer, Citation, Status
from tests.bot.harness import running_bot
from tests.helpers.bot_api.server import FakeBotApi

QUESTION = "a question that nobody else may read"


class Failing:
    """An index whose every act fails with the given error, after one answer with a button if asked so."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def ask(self, question: str, *_: object, **__: object) -> Answer:
        if question == "work":
            return Answer(question, Status.QUOTED, citations=(Citation(1, "a1", "T", "verbatim words", 0, 14),))
        raise self._error

    async def fail(self, *_: object, **__: object) -> NoReturn:
        raise self._error

    article = add = count = fail


async def test_index_error(api: FakeBotApi, log: io.StringIO) -> None:
    """An index error's own line reaches the user, as text, and the log names its kind."""
    async with running_bot(api, Failing(StoreError("The store is <full>. Free some space."))) as bot:
        alice = api.user("Alice")
        reply = await bot.reply_to(api.say(api.private_chat(alice), alice, QUESTION))
        assert reply.text == "The store is <full>. Free some space."
    assert "StoreError" in log.getvalue()


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (StoreError("x"), "errors-store"),
        (EmbedderMismatchError("x"), "errors-store"),
        (ForbiddenAddressError("x"), "errors-forbidden-address"),
        (ModelUnavailableError("x"), "errors-provider"),
        (QuestionError("x"), "errors-question"),
        (NewsIndexError("x"), "errors-any"),
    ],
)
def test_an_errors_line(error: NewsIndexError, key: str) -> None:
    """In English it is the error's own, in other languages that of its kind or the nearest one above."""
    assert error_line(error, words_of("en")) == "x"
    assert error_line(error, words_of("ru")) == words_of("ru")(key)


def test_every_kind_of_error_has_a_line() -> None:
    """Also one that is added later."""
    kinds = [NewsIndexError]
    for kind in kinds:
        kinds += kind.__subclasses__()
        assert error_line(kind("x"), words_of("ar")).strip()
    assert len(kinds) > 10


async def test_in_another_language(api: FakeBotApi) -> None:
    """An error and an apology come in the language of the chat, and fit into an alert."""
    async with running_bot(api, Failing(StoreError("x"))) as bot:
        alice = api.user("Alice", language_code="de")
        chat = api.private_chat(alice)
        assert (await bot.reply_to(api.say(chat, alice, QUESTION))).text == words_of("de")("errors-store")
        await bot.application.bot_data.state.chats.save(chat.id, ChatSettings(language="ru"))
        assert (await bot.reply_to(api.say(chat, alice, QUESTION))).text == words_of("ru")("errors-store")
    for code in languages():
        assert len(words_of(code)("errors-apology", reference="0123abcd")) <= 200
        assert len(words_of(code)("errors-store")) <= 200


async def test_crash(api: FakeBotApi, log: io.StringIO) -> None:
    """A crash is one apology with a reference that finds the traceback; the log has no words and no token."""
    async with running_bot(api, Failing(RuntimeError(f"boom at {QUESTION!r} with {api.token}"))) as bot:
        alice = api.user("Alice")
        chat = api.private_chat(alice)
        reply = await bot.reply_to(api.say(chat, alice, QUESTION))
        await api.settle()
        assert len(api.replies(chat)) == 1
        reference = re.search(r"[0-9a-f]{8}", reply.text)
        assert reference is not None
        assert await bot.reply_to(api.say(chat, alice, "/help"))
    written = log.getvalue()
    assert reference[0] in written
    assert "RuntimeError" in written
    assert "questions.py" in written
    assert "nobody else" not in written
    assert api.token not in written


async def test_crash_behind_a_button(api: FakeBotApi, log: io.StringIO) -> None:
    """A crash at the press of a button is an alert with the reference."""
    async with running_bot(api, Failing(RuntimeError("boom"))) as bot:
        alice = api.user("Alice")
        answer = await bot.reply_to(api.say(api.private_chat(alice), alice, "work"))
        alert = await api.wait_for_answer(api.press(answer, alice, "Passage 1"))
        assert alert["show_alert"]
        assert re.search(r"[0-9a-f]{8}", alert["text"])


async def test_no_apology_after_a_time_out(api: FakeBotApi, log: io.StringIO) -> None:
    """A time-out at Telegram is logged and not apologised for: the reply has most likely arrived."""
    async with running_bot(api, Failing(TimedOut())) as bot:
        alice = api.user("Alice")
        chat = api.private_chat(alice)
        api.say(chat, alice, QUESTION)
        assert await bot.said_nothing(chat)
    assert "TimedOut" in log.getvalue()


async def test_broken_connection(api: FakeBotApi, log: io.StringIO) -> None:
    """A reply whose connection breaks before it arrived is sent again."""
    async with running_bot(api, Failing(RuntimeError("boom"))) as bot:
        alice = api.user("Alice")
        api.drop(method="sendMessage")
        reply = await bot.reply_to(api.say(api.private_chat(alice), alice, "work"))
        assert "Sorry" not in reply.text


async def test_refusal_that_nobody_expected(api: FakeBotApi, log: io.StringIO) -> None:
    """An odd refusal of the reply is logged with a reference, and the user hears of it."""
    async with running_bot(api, Failing(RuntimeError("boom"))) as bot:
        alice = api.user("Alice")
        api.fail(method="sendMessage", status=400, description="Bad Request: something new")
        reply = await bot.reply_to(api.say(api.private_chat(alice), alice, "work"))
        assert "Sorry" in reply.text
    assert "BadRequest" in log.getvalue()


async def test_no_words_in_the_log(api: FakeBotApi, log: io.StringIO) -> None:
    """A conversation leaves neither questions nor names nor the token in the log at INFO."""
    async with running_bot(api, Failing(StoreError("no"))) as bot:
        alice = api.user("Alexandrina")
        chat = api.private_chat(alice)
        for text in (
            "work",
            QUESTION,
            f"/ask {QUESTION}",
            f"/add {QUESTION}",
            "/sources",
            "/help",
            "/nobody",
        ):
            await bot.reply_to(api.say(chat, alice, text))
    written = log.getvalue()
    assert "question answered" in written
    for word in ("nobody", "Alexandrina", api.token, "verbatim"):
        assert word not in written
