"""The real language model in this process."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from llama_index.core.base.llms.types import CompletionResponse

from index.errors import ProviderError
from index.first_tokens import first_token_probability
from index.prompts import reader_prompt
from index.providers.llama_index_chat import CompletionReader
from index.providers.local_llm import ALTERNATIVES, CONTEXT_TOKENS, LocalLLM
from tests.index.builders import make_sentence

PROMPT = reader_prompt(
    "How many rockets fell?", make_sentence("Three rockets fell at the US Embassy on Sunday.", title="Embassy hit")
)


@pytest.fixture(scope="module")
def response(local_llm: LocalLLM) -> CompletionResponse:
    completed: CompletionResponse = local_llm.complete(PROMPT.text, formatted=True, stop=["\n"], max_tokens=24)
    return completed


def test_it_reads_a_sentence_and_stops_at_the_lines_end(response: CompletionResponse) -> None:
    """A few-shot prompt gives a short answer on one line, with a log-probability for each token."""
    assert response.text.strip().casefold().startswith("three")
    assert "\n" not in response.text
    logprobs = [entry[0].logprob for entry in response.logprobs or []]
    assert len(logprobs) == response.additional_kwargs["completion_tokens"] > 0
    assert all(logprob <= 0 for logprob in logprobs)
    assert response.additional_kwargs["prompt_tokens"] > 100


def test_each_token_is_told_with_the_likeliest_in_its_place(response: CompletionResponse) -> None:
    """The one written is the likeliest of them, and their probabilities fall and sum to one at most."""
    assert response.logprobs
    for written, *others in response.logprobs:
        assert len(others) == ALTERNATIVES
        assert others[0].token == written.token
        assert others[0].logprob == pytest.approx(written.logprob)
        assert [other.logprob for other in others] == sorted((other.logprob for other in others), reverse=True)
        assert 0 < sum(math.exp(other.logprob) for other in others) <= 1 + 1e-3


def test_streaming_gives_the_same_text(local_llm: LocalLLM, response: CompletionResponse) -> None:
    """What is streamed is what is completed."""
    parts = list(local_llm.stream_complete(PROMPT.text, formatted=True, stop=["\n"]))
    assert "".join(part.delta or "" for part in parts) == parts[-1].text == response.text


def test_the_same_prompt_gives_the_same_answer(local_llm: LocalLLM, response: CompletionResponse) -> None:
    """Completion is greedy, whatever was asked in between; `max_tokens` is kept."""
    between = local_llm.complete("Once upon a time", formatted=True, max_tokens=5)
    assert 0 < between.additional_kwargs["completion_tokens"] <= 5
    again = local_llm.complete(PROMPT.text, formatted=True, stop=["\n"])
    assert again.text == response.text


def test_a_prompt_over_the_context_is_refused_and_the_next_one_works(local_llm: LocalLLM) -> None:
    """llama.cpp's refusal is an error of ours, and breaks nothing."""
    with pytest.raises(ProviderError, match="gemma-3-270m refused the prompt"):
        local_llm.complete("word " * (CONTEXT_TOKENS + 10), formatted=True)
    assert local_llm.complete("Once upon", formatted=True, max_tokens=2).text


def test_a_file_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    """The line names the model."""
    (tmp_path / "x.gguf").write_bytes(b"no model" * 1000)
    with pytest.raises(ProviderError, match="The local model x cannot be loaded"):
        LocalLLM("x", tmp_path / "x.gguf")


async def test_askwire_gets_text_tokens_and_probability(local_llm: LocalLLM) -> None:
    """As a reader it gives what the vote needs."""
    heard: list[str] = []
    completion = await CompletionReader("local:gemma-3-270m", local_llm).complete(PROMPT, heard.append)
    assert completion.text.strip().casefold().startswith("three")
    assert heard == [completion.text]
    assert completion.tokens > 0
    assert completion.mean_logprob is not None
    assert -2 < completion.mean_logprob <= 0
    assert completion.first_token_ms > 0
    assert 0 < len(completion.first_tokens) <= 3
    assert first_token_probability(completion, "three") > 0.3 > first_token_probability(completion, "Sunday")
