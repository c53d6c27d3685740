"""Inline queries, from keystrokes to the answer that is offered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import structlog

from bot.handlers import inline
from index.types import PUBLIC, Answer, Article, Scopes, Status
from tests.bot.harness import QUESTION, QUOTE, STORY, Bot, Scripted, declined, running_bot
from tests.helpers.bot_api.server import FakeBotApi

SECRET = Article(title="Handshake", text="Three short knocks are the secret handshake of the press room.")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PAUSE", 0.1)


async def test_answer_to_share(bot: Bot) -> None:
    """A question offers one result: the short answer over its quote, and the whole answer with sources to share."""
    await bot.news.add([STORY])
    query = bot.api.inline(bot.api.user("Alice"), QUESTION)
    answer = await bot.api.wait_for_answer(query)
    (result,) = query.results
    assert (result["type"], result["title"], result["description"]) == ("article", "Three", QUOTE)
    content = result["input_message_content"]
    assert f"“<b>Three</b>{QUOTE.removeprefix('Three')}” [1]" in content["message_text"]
    assert '<a href="https://news.example/rockets?a=1&amp;b=2">' in content["message_text"]
    assert (content["parse_mode"], content["link_preview_options"]) == ("HTML", {"is_disabled": True})
    assert "reply_markup" not in result
    assert answer["is_personal"] is True
    assert answer["cache_time"] <= 60
    assert "button" not in answer


async def test_declined_is_said(bot: Bot) -> None:
    """When the articles don't say, the result says so."""
    query = bot.api.inline(bot.api.user("Alice"), QUESTION)
    await bot.api.wait_for_answer(query)
    (result,) = query.results
    assert result["title"] == "The articles don't say"
    assert "don't say" in result["input_message_content"]["message_text"]


async def test_quotes_without_a_short_answer(api: FakeBotApi) -> None:
    """An answer that only quotes has a title of its own."""

    async def act(question: str) -> Answer:
        return Answer(question, Status.QUOTED)

    async with running_bot(api, Scripted(act)) as bot:
        query = api.inline(api.user("Alice"), QUESTION)
        await bot.api.wait_for_answer(query)
        assert [result["title"] for result in query.results] == ["What the articles say"]


async def test_only_public_articles(bot: Bot) -> None:
    """What was added in a chat is not offered to share, not even to those in it."""
    alice = bot.api.user("Alice")
    await bot.news.add([STORY])
    await bot.news.add([SECRET], scope=f"chat:{bot.api.private_chat(alice).id}")
    question = "What is the secret handshake of the press room?"
    assert "knocks" in (await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, question))).text
    answer = await bot.api.wait_for_answer(bot.api.inline(alice, question))
    assert "knocks" not in str(answer)


@pytest.mark.parametrize("text", ["", "how", "rockets", "Rockets???", "a b c"])
async def test_no_question_yet(bot: Bot, text: str) -> None:
    """Before there is a question, a button says what to type and opens the private chat."""
    query = bot.api.inline(bot.api.user("Alice"), text)
    answer = await bot.api.wait_for_answer(query)
    assert query.results == []
    assert answer["button"]["text"] == "Ask a whole question, such as: how many rockets hit?"
    assert answer["button"]["start_parameter"] == "inline"


async def test_hint_in_the_users_language(bot: Bot) -> None:
    """The hint is in the language of whoever types."""
    answer = await bot.api.wait_for_answer(bot.api.inline(bot.api.user("Anna", language_code="de"), "wie"))
    assert answer["button"]["text"].startswith("Stellen Sie")


@pytest.mark.parametrize("text", ["几枚火箭击中了大使馆", "何発のロケットが当たった", "จรวดกี่ลูกโดนสถานทูต"])
async def test_scripts_without_spaces(api: FakeBotApi, text: str) -> None:
    """A question needs no spaces where its script has none."""
    asked: list[str] = []
    async with running_bot(api, Scripted(_recording(asked))):
        await api.wait_for_answer(api.inline(api.user("Alice"), text))
    assert asked == [text]


async def test_the_button_leads_to_start(bot: Bot) -> None:
    """Its press sends /start with a parameter, which is answered as /start is."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    plain = await bot.reply_to(bot.api.say(chat, alice, "/start"))
    assert (await bot.reply_to(bot.api.say(chat, alice, "/start inline"))).text == plain.text


async def test_keystrokes(api: FakeBotApi) -> None:
    """Of the queries of one person that follow quickly, only the last is worked on and answered."""
    asked: list[str] = []
    async with running_bot(api, Scripted(_recording(asked))):
        alice, bob = api.user("Alice"), api.user("Bob")
        typed = [api.inline(alice, QUESTION[:length]) for length in (12, 16, 20, len(QUESTION))]
        other = api.inline(bob, "Who was blamed for it?")
        await api.wait_for_answer(typed[-1])
        await api.wait_for_answer(other)
        await api.settle()
        assert [query.answer is not None for query in typed] == [False, False, False, True]
    assert sorted(asked) == sorted([QUESTION, "Who was blamed for it?"])


async def test_newer_query_ends_the_work_on_an_older_one(api: FakeBotApi) -> None:
    """A question that is being worked on is given up for the next one, without a word and without an error."""
    ended: list[str] = []
    begun = asyncio.Event()

    async def act(question: str) -> Answer:
        if question == QUESTION:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(question)
        return declined(question)

    with structlog.testing.capture_logs() as logs:
        async with running_bot(api, Scripted(act)):
            alice = api.user("Alice")
            first = api.inline(alice, QUESTION)
            await begun.wait()
            await api.wait_for_answer(api.inline(alice, "Who was blamed for it?"))
            assert (first.answer, ended) == (None, [QUESTION])
    assert [entry for entry in logs if entry["log_level"] in {"warning", "error"}] == []


async def test_same_question_typed_on(api: FakeBotApi) -> None:
    """A question mark or a space more does not begin the work anew; the query that is on the screen is answered."""
    gate = asyncio.Event()
    asked: list[str] = []

    async def act(question: str) -> Answer:
        asked.append(question)
        await gate.wait()
        return declined(question)

    async with running_bot(api, Scripted(act)):
        alice = api.user("Alice")
        first = api.inline(alice, QUESTION.rstrip("?"))
        await api.wait_until(lambda: bool(asked))
        second = api.inline(alice, QUESTION)
        await asyncio.sleep(0.3)
        gate.set()
        await api.wait_for_answer(second)
        await api.settle()
        assert first.answer is None
    assert len(asked) == 1


async def test_clearing_the_text_ends_the_work(api: FakeBotApi) -> None:
    """A query that is no question any more ends the work on the one before."""
    ended = asyncio.Event()
    begun = asyncio.Event()

    async def act(question: str) -> Answer:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return declined(question)

    async with running_bot(api, Scripted(act)):
        alice = api.user("Alice")
        api.inline(alice, QUESTION)
        await begun.wait()
        api.inline(alice, "")
        async with asyncio.timeout(5):
            await ended.wait()


@pytest.mark.parametrize("ending", [" ", "?", "", "??"])
async def test_slow_answer(api: FakeBotApi, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """What takes too long is said, not kept by Telegram, and there when the same is typed again; asked only once."""
    monkeypatch.setattr(inline, "PATIENCE", 0.3)
    gate = asyncio.Event()
    asked: list[str] = []

    async def act(question: str) -> Answer:
        asked.append(question)
        await gate.wait()
        return Answer(question, Status.ANSWERED, short_answer="three")

    async with running_bot(api, Scripted(act)):
        alice = api.user("Alice")
        late = api.inline(alice, QUESTION)
        answer = await api.wait_for_answer(late)
        assert late.results == []
        assert answer["button"]["text"] == "Still looking. Type a space or a “?” to see the answer."
        assert answer["cache_time"] == 0
        again = api.inline(alice, QUESTION + ending)
        assert "button" in await api.wait_for_answer(again)
        gate.set()
        last = api.inline(alice, QUESTION)
        await api.wait_for_answer(last)
        assert [result["title"] for result in last.results] == ["Three"]
    assert asked == [QUESTION]


async def test_failure_is_logged_and_not_kept(api: FakeBotApi) -> None:
    """A question that failed is asked anew when it is typed again."""
    asked: list[str] = []

    async def act(question: str) -> Answer:
        asked.append(question)
        if len(asked) == 1:
            raise RuntimeError("boom")
        return declined(question)

    with structlog.testing.capture_logs() as logs:
        async with running_bot(api, Scripted(act)):
            alice = api.user("Alice")
            failed = api.inline(alice, QUESTION)
            await asyncio.sleep(0.3)
            await api.settle()
            await api.wait_for_answer(api.inline(alice, QUESTION))
            assert failed.answer is None
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["handler failed"]


async def test_too_late_for_telegram(bot: Bot) -> None:
    """A query that Telegram has closed meanwhile is no fault."""
    refused = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    bot.api.fail(method="answerInlineQuery", status=400, description=refused)
    with structlog.testing.capture_logs() as logs:
        bot.api.inline(bot.api.user("Alice"), "wie")
        await bot.api.wait_until(lambda: bool(bot.api.calls("answerInlineQuery")))
        await bot.api.settle()
    assert "inline query answered too late" in [entry["event"] for entry in logs]
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


async def test_the_index_is_asked_for_public_articles_with_the_time(api: FakeBotApi) -> None:
    """The search names the public collection and nothing else."""
    seen: list[tuple[str, Scopes]] = []

    class News:
        async def ask(self, question: str, scopes: Scopes, *, asked_at: object = None, **_: object) -> Answer:
            assert asked_at is not None
            seen.append((question, scopes))
            return declined(question)

    async with running_bot(api, News()):
        await api.wait_for_answer(api.inline(api.user("Alice"), f"  {QUESTION}\n"))
    assert seen == [(QUESTION, PUBLIC)]


async def test_nothing_stays_behind(bot: Bot) -> None:
    """After its last query a person leaves no work behind, only the answer for a minute."""
    handler = next(h for group in bot.application.handlers.values() for h in group if "inline" in h.callback.__module__)
    queries: inline.InlineQueries = handler.callback.__self__  # type: ignore[attr-defined]  # a bound method
    for text in (QUESTION, "how"):
        await bot.api.wait_for_answer(bot.api.inline(bot.api.user("Alice"), text))
    await bot.api.settle()
    assert not queries._latest
    assert [search.task.done() for search in queries._searches.values()] == [True]
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "inline query"]


def _recording(asked: list[str]) -> Callable[[str], Awaitable[Answer]]:
    """Keeps what it is asked, and declines."""

    async def act(question: str) -> Answer:
        asked.append(question)
        return declined(question)

    return act
