"""llama-index's default query engine as a baseline."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr

from evals.baselines import ask_llama_index, first_line, open_local_llm, says_it_does_not_know
from evals.parts import retriever_of
from tests.evals.builders import make_question, nothing
from tests.evals.conftest import OpenNews
from tests.test_architecture import modules, tops


class ScriptedLLM(CustomLLM):
    """Says one thing, and keeps what it was asked."""

    reply: str
    _asked: list[tuple[str, dict[str, Any]]] = PrivateAttr(default_factory=list)

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        return self._asked

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=2048, num_output=64)

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self._asked.append((prompt, kwargs))
        return CompletionResponse(text=self.reply, additional_kwargs={"completion_tokens": 7})

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        yield self.complete(prompt, formatted, **kwargs)


async def test_llama_index_is_asked_with_the_texts_of_the_same_chunks(open_news: OpenNews) -> None:
    """Its prompt holds the articles' words, its reply is scored as askwire's is."""
    retriever = retriever_of(await open_news(None))
    llm = ScriptedLLM(reply="27\nQuery: and 28?")
    (scored,) = await asyncio.to_thread(ask_llama_index, retriever, llm, [make_question()], nothing)
    prompt, options = llm.asked[0]
    assert "shines 27 miles across the strait" in prompt
    assert "title: Lighthouse of Varn gets a new lamp" in prompt
    assert options["max_tokens"] == 64
    assert (scored.system, scored.status, scored.short_answer) == ("llama-index", "answered", "27")
    assert (scored.contained, scored.exact, scored.claims, scored.unsupported) == (True, True, 1, ())
    assert (scored.timings.tokens, scored.quotes) == (7, 0)


async def test_what_llama_index_invents_is_counted(open_news: OpenNews) -> None:
    """A number that none of its chunks holds is an unsupported claim; a refusal claims nothing."""
    retriever = retriever_of(await open_news(None))
    for reply, unsupported, status in (("91 miles", ("91",), "answered"), ("I don't know.", (), "declined")):
        llm = ScriptedLLM(reply=reply)
        (scored,) = await asyncio.to_thread(ask_llama_index, retriever, llm, [make_question()], nothing)
        assert (scored.unsupported, scored.status) == (unsupported, status)


@pytest.mark.parametrize(
    ("text", "declines"),
    [
        ("", True),
        ("Empty Response", True),
        ("I don't know.", True),
        ("The context does not mention the lamp.", True),
        ("That is not stated.\n27", True),
        ("There is no information on that.", True),
        ("27 miles", False),
        ("27 miles\nI don't know.", False),
        ("Nobody knows, said Oda Brink.", False),
    ],
)
def test_a_refusal_in_free_words_is_recognised_in_the_first_line(text: str, declines: bool) -> None:
    """What a model goes on to write after its answer takes nothing back."""
    assert says_it_does_not_know(text) is declines


def test_the_first_line_is_the_short_answer() -> None:
    """Without a list's number, which says nothing."""
    assert first_line("\n 1. Varn\n2. Tolm") == "Varn"
    assert first_line("1.5 miles") == "1.5 miles"
    assert first_line(" \n") == ""


def test_only_a_local_model_is_a_baseline(tmp_path: Path) -> None:
    """A hosted one is not asked twice at its owner's cost."""
    assert open_local_llm("openai:gpt-5-mini", tmp_path) is None


def test_only_the_baselines_know_llama_index() -> None:
    """The measurements stand on askwire's own seams."""
    users = [module.path for module in modules("evals") if "llama_index" in tops(module)]
    assert users == ["evals/baselines.py", "evals/plain_ingest.py"]
