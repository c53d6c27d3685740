"""A GGUF model in this process: llama.cpp through xllamacpp, as a llama-index LLM."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any

import xllamacpp
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata, LogProb
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr

from index.errors import ProviderError

CONTEXT_TOKENS = 2048
ALTERNATIVES = 24  # of each token, with their log-probabilities


class LocalLLM(CustomLLM):
    """Greedy completion with a GGUF model; blocking, so call it in a thread.

    A few-shot prefix that repeats from call to call is evaluated once (`cache_prompt`). Each entry of a completion's
    `logprobs` is the token written, then the likeliest ones in its place.
    """

    model_name: str
    model_path: str
    threads: int = 0
    _server: Any = PrivateAttr()

    def __init__(self, model_name: str, model_path: Path, threads: int = 0) -> None:
        super().__init__(model_name=model_name, model_path=str(model_path), threads=threads)
        try:
            self._server = xllamacpp.Server(_parameters(model_path, threads or os.cpu_count() or 1))
        except Exception as error:  # xllamacpp raises bare RuntimeErrors
            raise ProviderError(f"The local model {model_name} cannot be loaded: {error}") from error

    @property
    def metadata(self) -> LLMMetadata:
        """Context size in tokens, and the name."""
        return LLMMetadata(context_window=CONTEXT_TOKENS, num_output=64, model_name=self.model_name)

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002 – llama-index's signature
        """Completes a raw prompt; `stop` (list of strings) and `max_tokens` are understood.

        Raises:
            ProviderError: when llama.cpp refuses, for example a prompt over the context size.
        """
        return list(self._pieces(prompt, **kwargs))[-1]

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002 – llama-index's signature
        """The completion so far, once per call of llama.cpp (short answers come as one piece).

        Raises:
            ProviderError: as `complete`.
        """
        return self._pieces(prompt, **kwargs)

    def _pieces(self, prompt: str, *, stop: list[str] | None = None, max_tokens: int = 24) -> CompletionResponseGen:
        started = time.perf_counter()
        result = self._server.handle_completions(
            {
                "prompt": prompt,
                "max_tokens": max_tokens,
                "stop": stop or [],
                "temperature": 0.0,
                "cache_prompt": True,
                "logprobs": ALTERNATIVES,
            }
        )
        if "choices" not in result:
            raise ProviderError(f"The local model {self.model_name} refused the prompt: {_reason(result)}")
        choice = result["choices"][0]
        tokens = (choice.get("logprobs") or {}).get("content") or []
        timings = result.get("timings") or {}
        yield CompletionResponse(
            text=choice["text"],
            delta=choice["text"],
            logprobs=[[_logprob(token), *map(_logprob, token.get("top_logprobs", []))] for token in tokens],
            additional_kwargs={
                "prompt_tokens": result.get("usage", {}).get("prompt_tokens", 0),
                "completion_tokens": len(tokens),
                "first_token_ms": timings.get("prompt_ms", (time.perf_counter() - started) * 1000),
            },
        )


def _logprob(token: dict[str, Any]) -> LogProb:
    return LogProb(token=token["token"], logprob=token["logprob"], bytes=token["bytes"])


def _reason(result: dict[str, Any]) -> str:
    error = result.get("error")
    return str(error.get("message", error) if isinstance(error, dict) else error)[:200]


def _parameters(model_path: Path, threads: int) -> Any:
    """llama.cpp's settings. One slot: on few cores, calls one after another beat parallel ones."""
    params = xllamacpp.CommonParams()
    params.model.path = str(model_path)
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    # With Gemma's sliding windows kept whole, the few-shot prefix stays cached: a call takes a third of the time.
    params.swa_full = True
    params.cache_ram_mib = 0
    params.n_batch = 512
    params.n_gpu_layers = 0
    params.warmup = False
    params.verbosity = -1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    # The engine also listens on a loopback port; no other local process shall use it.
    params.api_keys = [secrets.token_urlsafe(32)]
    return params
