"""Any llama-index LLM as a model of askwire."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, CompletionResponse, LogProb
from llama_index.core.llms import MockLLM

from index.errors import ModelUnavailableError, ProviderError
from index.providers.base import FirstToken, Prompt
from index.providers.llama_index_chat import ChatWriter, CompletionReader, End, Piece
from tests.index.providers.conftest import QUICK


class Blocking(MockLLM):
    """Counts how many calls run at once."""

    _running: int = 0
    _most: int = 0

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self._running += 1
        self._most = max(self._most, self._running)
        assert threading.current_thread() is not threading.main_thread()
        time.sleep(0.02)
        self._running -= 1
        return CompletionResponse(text=f"{prompt} {kwargs['max_tokens']} {kwargs['stop']}")


async def test_a_reader_runs_in_a_thread_one_at_a_time() -> None:
    """The event loop goes on, and the model is never asked two things at once."""
    llm = Blocking(max_tokens=None)
    reader = CompletionReader("local:x", llm)
    results = await asyncio.gather(*[reader.complete(Prompt(f"p{n}", max_tokens=3, stop=("\n",))) for n in range(4)])
    assert [completion.text for completion in results] == [f"p{n} 3 ['\\n']" for n in range(4)]
    assert llm._most == 1
    assert results[0].mean_logprob is None


class Telling(MockLLM):
    """Completes with these entries of tokens: the one written, then those that could have stood there."""

    _entries: Sequence[Sequence[tuple[str, float]]] = ()

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        logprobs = [[LogProb(token=token, logprob=p) for token, p in entry] for entry in self._entries]
        return CompletionResponse(text="Rome", logprobs=logprobs)


async def test_a_reader_tells_what_its_first_tokens_could_have_been() -> None:
    """Three of them at most, each with its alternatives; the mean is over those written, all of them."""
    llm = Telling(max_tokens=None)
    llm._entries = [[("Ro", -0.25), ("Ro", -0.25), ("Os", -2.0)], [("me", -0.5)], [(".", -0.75)], [("x", -1.5)]]
    completion = await CompletionReader("local:x", llm).complete(Prompt("p"))
    assert completion.first_tokens == (
        FirstToken("Ro", (("Ro", -0.25), ("Os", -2.0))),
        FirstToken("me"),
        FirstToken("."),
    )
    assert completion.mean_logprob == pytest.approx(-0.75)


async def test_a_reader_that_tells_no_tokens_has_none() -> None:
    """A model without probabilities is a reader like any other."""
    completion = await CompletionReader("local:x", Telling(max_tokens=None)).complete(Prompt("p"))
    assert (completion.text, completion.first_tokens, completion.mean_logprob) == ("Rome", (), None)


Step = Piece | str | float | Exception


class Backend:
    """Streams pieces: a string is text, a `Piece` is as it is, a number is seconds of silence, an exception is raised.

    Each attempt takes the next list of them.
    """

    def __init__(self, *attempts: Sequence[Step]) -> None:
        self.messages: list[list[tuple[str, str | None]]] = []
        self.closed = False
        self._attempts = list(attempts)

    async def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> AsyncIterator[ChatResponse]:
        self.messages.append([(message.role.value, message.content) for message in messages])
        return self._parts(self._attempts[len(self.messages) - 1])

    async def _parts(self, pieces: Sequence[Step]) -> AsyncIterator[ChatResponse]:
        for piece in pieces:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, float):
                await asyncio.sleep(piece)
                continue
            yield ChatResponse(message=ChatMessage(), raw=piece if isinstance(piece, Piece) else Piece(piece))

    def read(self, part: ChatResponse) -> Piece:
        piece: Piece = part.raw  # type: ignore[assignment]  # `_parts` made it one
        return piece

    async def close(self) -> None:
        self.closed = True


WHOLE = Piece(end=End.WHOLE)


async def test_a_writer_streams_and_joins() -> None:
    """Rules go in as the system's turn, pieces are heard as they come, empty ones are passed over."""
    backend = Backend(["Three ", "", "fell.", WHOLE])
    heard: list[str] = []
    completion = await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Question", "Rules"), heard.append)
    assert (completion.text, heard) == ("Three fell.", ["Three ", "fell."])
    assert backend.messages == [[("system", "Rules"), ("user", "Question")]]


async def test_without_rules_there_is_one_turn() -> None:
    """No empty system's turn is sent."""
    backend = Backend(["ok", WHOLE])
    await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Question"))
    assert backend.messages == [[("user", "Question")]]


@pytest.mark.parametrize("pieces", [[], [""], [WHOLE], ["\n ", WHOLE]])
async def test_an_empty_reply_is_an_error(pieces: Sequence[Step]) -> None:
    """A model that says nothing, or nothing but white space, is named, and not asked again."""
    backend = Backend(pieces)
    with pytest.raises(ProviderError, match="openai:x answered with nothing"):
        await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Q"))
    assert len(backend.messages) == 1


async def test_tokens_that_went_into_thinking_are_told() -> None:
    """A reply whose limit was used up before its first word says what to do."""
    with pytest.raises(ProviderError, match=r"used up its tokens .* choose one that thinks less"):
        await ChatWriter("m", Backend([Piece(end=End.LIMIT)]), QUICK).complete(Prompt("Q"))


async def test_a_cut_stream_is_an_error_not_half_an_answer() -> None:
    """What came before the cut is not taken for the reply, however often it is cut."""
    cut: list[Step] = ["Three rock", ConnectionResetError("cut")]
    backend = Backend(cut, cut, cut)
    with pytest.raises(ModelUnavailableError, match="broke off in the middle of its reply"):
        await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Q"))
    assert len(backend.messages) == 3


async def test_half_a_reply_is_forgotten_when_it_is_asked_again() -> None:
    """The next attempt's text stands alone."""
    backend = Backend(["Three rock", ConnectionResetError("cut")], ["Two ", "fell.", WHOLE])
    assert (await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Q"))).text == "Two fell."


CUT = ConnectionResetError("cut")


async def test_tokens_are_told_or_estimated() -> None:
    """What the server counts holds; where it does not, a third of the characters, one a piece at least."""
    told = Backend([Piece("Three fell.", tokens=3, prompt_tokens=11), WHOLE])
    completion = await ChatWriter("m", told, QUICK).complete(Prompt("Q"))
    assert (completion.prompt_tokens, completion.tokens) == (11, 3)
    completion = await ChatWriter("m", Backend(["Three fell.", WHOLE]), QUICK).complete(Prompt("Question", "Rules!"))
    assert (completion.prompt_tokens, completion.tokens) == (5, 4)
    completion = await ChatWriter("m", Backend(["一", "二", WHOLE]), QUICK).complete(Prompt("Q"))
    assert (completion.prompt_tokens, completion.tokens) == (1, 2)


async def test_attempts_that_were_billed_are_counted() -> None:
    """A reply that broke off was sent a prompt and wrote; a server that refused at once was not at work."""
    backend = Backend([ConnectionRefusedError()], ["123456789", CUT], ["Two fell.", WHOLE])
    completion = await ChatWriter("m", backend, QUICK).complete(Prompt("Question"))
    assert (completion.prompt_tokens, completion.tokens) == (6, 6)


@pytest.mark.parametrize(
    ("attempts", "prompt_tokens", "tokens"),
    [
        ([["123456", CUT]] * 3, 9, 6),
        ([["No", Piece(end=End.DECLINED, tokens=7, prompt_tokens=5)]], 5, 7),
        ([[ConnectionRefusedError()]] * 3, 0, 0),
        ([[60.0]], 3, 0),
    ],
    ids=["cut", "declined", "refused", "silent"],
)
async def test_a_failure_tells_what_it_cost(attempts: list[Sequence[Step]], prompt_tokens: int, tokens: int) -> None:
    """Whoever keeps a budget learns of tokens that brought no reply."""
    with pytest.raises(ProviderError) as caught:
        await ChatWriter("m", Backend(*attempts), replace(QUICK, total_s=0.2)).complete(Prompt("Question"))
    assert (caught.value.prompt_tokens, caught.value.tokens) == (prompt_tokens, tokens)


class Forgetful:
    """Hears pieces, and can start over."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, text: str, /) -> None:
        self.heard.append(text)

    def start_over(self) -> None:
        self.heard.append("<anew>")


async def test_a_listener_that_can_start_over_hears_the_second_attempt() -> None:
    """The reply is the same as without a listener, and what was heard of the first attempt is taken back."""
    forgetful = Forgetful()
    backend = Backend([CUT], ["Three rock", CUT], ["Two ", "fell.", WHOLE])
    completion = await ChatWriter("m", backend, QUICK).complete(Prompt("Q"), forgetful)
    assert completion.text == "Two fell."
    assert forgetful.heard == ["Three rock", "<anew>", "Two ", "fell."]


async def test_a_refusal_stays_one_whatever_follows() -> None:
    """Some servers end a refusal with the same sign as an answer."""
    backend = Backend(["I ", Piece(end=End.DECLINED), "cannot", WHOLE])
    with pytest.raises(ProviderError, match="declined to answer this"):
        await ChatWriter("openai:x", backend, QUICK).complete(Prompt("Q"))


async def test_waits_between_attempts_are_within_the_limit() -> None:
    """All attempts together take no longer than one reply may."""
    backend = Backend(*[[ConnectionRefusedError()]] * 3)
    slow = replace(QUICK, total_s=0.2, first_wait_s=500.0, longest_wait_s=1000.0)
    with pytest.raises(ModelUnavailableError, match=r"took too long|cannot be reached"):
        await ChatWriter("openai:x", backend, slow).complete(Prompt("Q"))
    assert len(backend.messages) < 3


async def test_a_cancelled_question_is_not_asked_again() -> None:
    """Stopping the program stops the asking, without an error of the model."""
    backend = Backend([60.0], [60.0])
    task = asyncio.create_task(ChatWriter("openai:x", backend, QUICK).complete(Prompt("Q")))
    await asyncio.sleep(0.05)
    assert len(backend.messages) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(backend.messages) == 1


async def test_closing_closes_the_backend() -> None:
    """Connections do not outlive the model."""
    backend = Backend()
    await ChatWriter("openai:x", backend, QUICK).close()
    assert backend.closed
