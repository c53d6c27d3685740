"""Traces of questions: what a collector of OpenTelemetry is sent, and what it is never sent."""

from __future__ import annotations

import asyncio
import contextlib
import io
from pathlib import Path

import pytest
from llama_index_instrumentation import get_dispatcher

from bot.settings import Settings
from bot.tracing import open_tracing
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import Answer
from tests.bot.collector import Collector, Span
from tests.bot.harness import QUESTION, STORY, Scripted, running_bot
from tests.bot.traced import answered, ask, settings_for
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.providers.conftest import QUICK
from tests.index.providers.model_server import serving
from tests.index.providers.wires import KEY, OPENAI


def milliseconds(span: Span) -> float:
    return (span.end - span.start) / 1e6


async def test_a_question_is_one_trace(api: FakeBotApi, collector: Collector, log: io.StringIO) -> None:
    """From update to reply, with the id that the log has, its stages as long as the index says, and how it ended."""
    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, Scripted(answered), tracing=tracing):
        await ask(api, QUESTION)
    (question,) = collector.named("question")
    (answer,) = collector.named("answer")
    assert collector.below(question) == ["wait", "answer", "reply"]
    assert collector.below(answer) == ["retrieval", "sentences", "writing"]
    assert {span.trace for span in collector.spans} == {question.trace}
    assert f"request={question.attributes.pop('askwire.request')}" in log.getvalue()
    assert question.attributes == {
        "askwire.status": "answered",
        "askwire.citations": 0,
        "askwire.notice": False,
        "askwire.model": "openai:gpt-5-mini",
        "askwire.tokens_sent": 70,
        "askwire.tokens_written": 5,
    }
    stages = [collector.named(name)[0] for name in ("retrieval", "sentences", "writing")]
    assert [milliseconds(stage) for stage in stages] == pytest.approx([60, 10, 2930])
    assert [stage.start for stage in stages[1:]] == [stage.end for stage in stages[:-1]]
    assert stages[0].start == answer.start
    assert stages[2].attributes == {"askwire.first_token_ms": 900}
    assert question.start <= answer.start and collector.named("reply")[0].end <= question.end
    assert collector.resource["service.name"] == "askwire"


async def test_it_begins_when_the_update_came(api: FakeBotApi, collector: Collector) -> None:
    """A question that waits for the one before it in its chat shows that it does."""

    async def act(question: str) -> Answer:
        await asyncio.sleep(0.3)
        return await answered(question)

    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, Scripted(act), tracing=tracing):
        chat = api.private_chat(alice := api.user("Zebra"))
        for question in ("How many rockets?", "And now?"):
            api.say(chat, alice, question)
        await api.settle()
    first, second = collector.named("question")
    assert second.start < first.end
    waits = {span.parent: milliseconds(span) for span in collector.named("wait")}
    assert waits[first.id] < 200 < waits[second.id]


@pytest.mark.parametrize("model", ["ok", "400"])
async def test_nobodys_words_are_in_a_trace(api: FakeBotApi, collector: Collector, tmp_path: Path, model: str) -> None:
    """llama-index's calls are in it, well or failed; no word of question, article, reply or error, no name, no key."""
    async with (
        serving(OPENAI) as server,
        open_tracing(settings_for(collector)) as tracing,
        await NewsIndex.open_with(
            tmp_path / "data",
            embedder=FakeEmbedder(),
            chat_model=(chat_model := OPENAI.open(server.url, model, KEY, QUICK)),
        ) as news,
    ):
        await news.add([STORY])
        async with running_bot(api, news, tracing=tracing):
            await ask(api, f"{QUESTION} Quartz")
        await chat_model.close()
    assert server.seen and "Quartz" in str(server.seen)
    (answer,) = collector.named("answer")
    calls = collector.named("OpenAILike.astream_chat")
    assert [call.parent for call in calls] == [answer.id, *(call.id for call in calls[:-1])]  # one calls another
    assert all(call.attributes == {} for call in calls)
    assert collector.named("question")[0].attributes["askwire.notice"] == (model == "400")
    sent = b" ".join(collector.bodies).decode(errors="replace").casefold()
    for word in ("quartz", "rockets", "embassy", "smoke", "canteen", "zebra", KEY, "api key", api.token, server.url):
        assert word.casefold() not in sent


async def test_an_error_is_told_by_its_class(api: FakeBotApi, collector: Collector, log: io.StringIO) -> None:
    """Its text may quote a message; and the trace says that the question failed."""

    async def act(question: str) -> Answer:
        raise RuntimeError(question)

    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, Scripted(act), tracing=tracing):
        await ask(api, "Quartz?")
    (question,), (answer,) = collector.named("question"), collector.named("answer")
    assert question.error and answer.error
    assert (question.attributes["askwire.status"], answer.attributes) == ("failed", {"error.type": "RuntimeError"})
    assert b"Quartz" not in b" ".join(collector.bodies)


async def test_a_call_of_a_model_that_fails_is_told_by_its_class(collector: Collector) -> None:
    """And one within another stands below it; neither what goes in nor what comes out is told."""
    dispatcher = get_dispatcher("a library")

    @dispatcher.span
    def inner(prompt: str) -> str:
        raise ConnectionError(prompt)

    @dispatcher.span
    async def outer(prompt: str) -> str:
        with contextlib.suppress(ConnectionError):
            await asyncio.to_thread(inner, prompt)
        return prompt

    async with open_tracing(settings_for(collector)) as tracing:
        with tracing.work("question", 7):
            assert await outer("Quartz") == "Quartz"
    assert await outer("after") == "after"
    (above,), (below,) = ([one for one in collector.spans if one.name.endswith(name)] for name in ("outer", "inner"))
    assert (above.error, above.attributes) == (False, {})
    assert (below.parent, below.error, below.attributes) == (above.id, True, {"error.type": "ConnectionError"})
    assert above.parent == collector.named("question")[0].id
    assert b"Quartz" not in b" ".join(collector.bodies)


async def test_calls_for_no_question_are_let_be(collector: Collector, tmp_path: Path) -> None:
    """Articles that come in make no traces, though llama-index cuts them up."""
    async with (
        open_tracing(settings_for(collector)),
        await NewsIndex.open_with(tmp_path / "data", embedder=FakeEmbedder(), chat_model=None) as news,
    ):
        await news.add([STORY])
    assert collector.spans == []


async def test_what_a_collector_wants_to_see(collector: Collector, log: io.StringIO) -> None:
    """Its headers go with each request, and stand in no repr and no log."""
    settings = settings_for(
        collector, otel_exporter_otlp_headers="Authorization=Bearer%20hush-1,X-Team=a=b", otel_service_name="wire-2"
    )
    async with open_tracing(settings) as tracing:
        with tracing.work("question", 7):
            pass
    (headers,) = collector.headers
    assert (headers["authorization"], headers["x-team"]) == ("Bearer hush-1", "a=b")
    assert collector.resource["service.name"] == "wire-2"
    assert "hush" not in repr(settings) + log.getvalue()
    assert {"Bearer%20hush-1", "Bearer hush-1"} <= set(settings.secrets())


@pytest.mark.parametrize("headers", ["hush", "Authorization: Bearer hush", "a=b,hush", "a=hüsh", "a="])
def test_headers_are_checked(headers: str) -> None:
    """What is no list of headers is told, and not quoted."""
    with pytest.raises(ValueError, match="write name=value") as caught:
        Settings.model_validate({"otel_exporter_otlp_headers": headers})
    assert "hush" not in str(caught.value.errors(include_input=False))  # type: ignore[attr-defined]  # pydantic's
