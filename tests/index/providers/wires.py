"""What each provider's server says on the wire, as its documentation and its own servers have it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.providers.anthropic_api import open_anthropic
from index.providers.base import ChatModel, ProviderKeys
from index.providers.gemini_api import open_gemini
from index.providers.ollama_api import open_ollama
from index.providers.openai_compatible import open_openai
from index.providers.retrying import Limits

KEY = "sk-right-0123456789"
WRONG_KEY = "sk-wrong-0123456789"
TOKENS = 7
PROMPT_TOKENS = 25
Json = dict[str, Any]


@dataclass(frozen=True)
class Wire:
    """One protocol. `reply` makes a stream's events; it ends with `stop`, `limit`, `declined`, `filtered` or None."""

    provider: str
    path: str
    content_type: str
    reply: Callable[[Sequence[str], str | None], list[bytes]]
    fault: Callable[[int], Json]
    fault_in_stream: Callable[[], bytes]
    open: Callable[[str, str, str | None, Limits], ChatModel]
    key_header: str | None


def _event(data: Json, name: str | None = None) -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()


def _openai_chunk(delta: Json, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return _event({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})


def _openai_reply(pieces: Sequence[str], ending: str | None) -> list[bytes]:
    first = _openai_chunk({"role": "assistant", "content": "", "refusal": None})
    texts = [_openai_chunk({"content": piece}) for piece in pieces]
    if ending is None:
        return [first, *texts]
    if ending == "filtered":
        return [first, *texts, _openai_chunk({}, "content_filter"), b"data: [DONE]\n\n"]
    if ending == "declined":
        texts = [_openai_chunk({"refusal": piece}) for piece in ["I'm sorry, ", "but no."]]
    last = _openai_chunk({}, "length" if ending == "limit" else "stop")
    told = [_openai_usage()] if ending == "usage" else []
    return [first, *texts, last, *told, b"data: [DONE]\n\n"]


def _openai_usage() -> bytes:
    usage = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": TOKENS, "total_tokens": PROMPT_TOKENS + TOKENS}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []}
    return _event({**chunk, "usage": usage})


def _openai_fault(status: int) -> Json:
    return {"error": {"message": f"Incorrect API key provided: {KEY}", "type": "x", "param": None, "code": "y"}}


def _anthropic_reply(pieces: Sequence[str], ending: str | None) -> list[bytes]:
    usage = {"input_tokens": PROMPT_TOKENS, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
    block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    events: list[Json] = [
        {"type": "message_start", "message": message | {"stop_reason": None, "stop_sequence": None}},
        {"type": "ping"},
        block,
    ]
    for piece in pieces:
        delta = {"type": "text_delta", "text": piece}
        events.append({"type": "content_block_delta", "index": 0, "delta": delta})
    if ending is not None:
        reason = {"stop": "end_turn", "limit": "max_tokens", "declined": "refusal", "filtered": "refusal"}[ending]
        told = {"stop_reason": reason, "stop_sequence": None}
        events.append({"type": "content_block_stop", "index": 0})
        events.append({"type": "message_delta", "delta": told, "usage": {"output_tokens": TOKENS}})
        events.append({"type": "message_stop"})
    return [_event(data, data["type"]) for data in events]


def _anthropic_fault(status: int) -> Json:
    kinds = {401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error"}
    kind = kinds.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": f"invalid x-api-key {KEY}"}, "request_id": "req_1"}


def _gemini_part(text: str | None = None, reason: str | None = None) -> bytes:
    candidate: Json = {"index": 0}
    if text is not None:
        candidate["content"] = {"parts": [{"text": text}], "role": "model"}
    if reason:
        candidate["finishReason"] = reason
    usage = {"promptTokenCount": PROMPT_TOKENS, "candidatesTokenCount": TOKENS, "totalTokenCount": 32}
    return _event({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m", "responseId": "r"})


def _gemini_reply(pieces: Sequence[str], ending: str | None) -> list[bytes]:
    parts = [_gemini_part(piece) for piece in pieces]
    if ending is None:
        return parts
    if ending == "filtered":  # the prompt, so there is no candidate
        return [_event({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "modelVersion": "m"})]
    # As the real server does, the last response has a reason and no content.
    return [*parts, _gemini_part(None, {"stop": "STOP", "limit": "MAX_TOKENS", "declined": "SAFETY"}[ending])]


def _gemini_fault(status: int) -> Json:
    error: Json = {"code": status, "message": f"API key not valid: {KEY}", "status": "UNAVAILABLE"}
    if status == 400:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
        error |= {"status": "INVALID_ARGUMENT", "details": [info]}
    return {"error": error}


def _ollama_line(text: str, **more: object) -> bytes:
    message = {"role": "assistant", "content": text}
    line = {"model": "m", "created_at": "2026-01-01T00:00:00.0Z", "message": message, "done": False} | more
    return json.dumps(line).encode() + b"\n"


def _ollama_reply(pieces: Sequence[str], ending: str | None) -> list[bytes]:
    lines = [_ollama_line(piece) for piece in pieces]
    if ending is None:
        return lines
    reason = "length" if ending == "limit" else "stop"
    return [*lines, _ollama_line("", done=True, done_reason=reason, prompt_eval_count=PROMPT_TOKENS, eval_count=TOKENS)]


def _open_openai(url: str, model: str, key: str | None, limits: Limits) -> ChatModel:
    return open_openai(model, ProviderKeys(openai_api_key=key, openai_base_url=f"{url}/v1"), limits)


def _open_anthropic(url: str, model: str, key: str | None, limits: Limits) -> ChatModel:
    return open_anthropic(model, ProviderKeys(anthropic_api_key=key), limits, base_url=url)


def _open_gemini(url: str, model: str, key: str | None, limits: Limits) -> ChatModel:
    return open_gemini(model, ProviderKeys(gemini_api_key=key), limits, base_url=url)


def _open_ollama(url: str, model: str, key: str | None, limits: Limits) -> ChatModel:
    return open_ollama(model, ProviderKeys(ollama_base_url=url), limits)


OPENAI = Wire(
    "openai",
    "/v1/chat/completions",
    "text/event-stream",
    _openai_reply,
    _openai_fault,
    lambda: _event({"error": {"message": f"broken {KEY}", "type": "server_error"}}),
    _open_openai,
    "Authorization",
)
ANTHROPIC = Wire(
    "anthropic",
    "/v1/messages",
    "text/event-stream",
    _anthropic_reply,
    _anthropic_fault,
    lambda: _event(_anthropic_fault(529), "error"),
    _open_anthropic,
    "X-Api-Key",
)
GEMINI = Wire(
    "gemini",
    r"/v1beta/models/{model}:streamGenerateContent",
    "text/event-stream",
    _gemini_reply,
    _gemini_fault,
    lambda: _event(_gemini_fault(503)),
    _open_gemini,
    "X-Goog-Api-Key",
)
OLLAMA = Wire(
    "ollama",
    "/api/chat",
    "application/x-ndjson",
    _ollama_reply,
    lambda _: {"error": f"something about {KEY}"},
    lambda: json.dumps({"error": f"llama runner process has terminated {KEY}"}).encode() + b"\n",
    _open_ollama,
    None,
)
WIRES = (OPENAI, ANTHROPIC, GEMINI, OLLAMA)
