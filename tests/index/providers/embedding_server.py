"""A server on loopback that plays the embedding models of each provider, faults included."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from index.providers.base import Embedder, ProviderKeys
from index.providers.gemini_api import open_gemini_embedder
from index.providers.ollama_api import open_ollama_embedder
from index.providers.openai_compatible import open_openai_embedder
from index.providers.retrying import Limits
from tests.index.providers.loopback import listening
from tests.index.providers.wires import GEMINI, OLLAMA, OPENAI, WRONG_KEY, Json, Wire

Vector = list[float]


def vector_of(text: str) -> Vector:
    """Four numbers that differ with the text, not of length 1."""
    return [float(len(text)), float(text.count("e")), float(sum(map(ord, text)) % 17), 1.0]


@dataclass(frozen=True)
class EmbeddingWire:
    """One protocol: where texts stand in a request, and how vectors are sent back."""

    wire: Wire
    path: str
    texts: Callable[[Json], list[str]]
    reply: Callable[[Json, list[Vector]], Json]
    open: Callable[[str, str, str, Limits], Embedder]


def _openai_reply(body: Json, vectors: list[Vector]) -> Json:
    def coded(vector: Vector) -> object:
        if body.get("encoding_format") != "base64":
            return vector
        return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()

    data = [{"object": "embedding", "index": i, "embedding": coded(vector)} for i, vector in enumerate(vectors)]
    return {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _ollama_texts(body: Json) -> list[str]:
    given = body["input"]
    return [given] if isinstance(given, str) else list(given)


EMBEDDING_WIRES = (
    EmbeddingWire(
        OPENAI,
        "/v1/embeddings",
        lambda body: list(body["input"]),
        _openai_reply,
        lambda url, model, key, limits: open_openai_embedder(
            model, ProviderKeys(openai_api_key=key, openai_base_url=f"{url}/v1"), limits
        ),
    ),
    EmbeddingWire(
        GEMINI,
        "/v1beta/models/{model}:batchEmbedContents",
        lambda body: [request["content"]["parts"][0]["text"] for request in body["requests"]],
        lambda _, vectors: {"embeddings": [{"values": vector} for vector in vectors]},
        lambda url, model, key, limits: open_gemini_embedder(
            model, ProviderKeys(gemini_api_key=key), limits, base_url=url
        ),
    ),
    EmbeddingWire(
        OLLAMA,
        "/api/embed",
        _ollama_texts,
        lambda _, vectors: {"model": "m", "embeddings": vectors},
        lambda url, model, _, limits: open_ollama_embedder(model, ProviderKeys(ollama_base_url=url), limits),
    ),
)


class EmbeddingServer:
    """Embeds with `vector_of`; `faults` are answered first, each once: a status, or `fewer`, `zero`, `ragged`."""

    def __init__(self, kind: EmbeddingWire) -> None:
        self.url = ""
        self.batches: list[list[str]] = []
        self.bodies: list[dict[str, Any]] = []
        self.faults: list[int | str] = []
        self._kind = kind

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        texts = self._kind.texts(body)
        self.bodies.append(body)
        self.batches.append(texts)
        wire = self._kind.wire
        if wire.key_header and WRONG_KEY in request.headers[wire.key_header]:
            status = 400 if wire.provider == "gemini" else 401
            return web.json_response(wire.fault(status), status=status)
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, int):
            return web.json_response(wire.fault(fault), status=fault, headers={"Retry-After": "0"})
        vectors = [vector_of(text) for text in texts]
        if fault == "fewer":
            vectors = vectors[:-1]
        if fault == "zero":
            vectors[0] = [0.0] * 4
        if fault == "ragged":
            vectors[0] = vectors[0][:-1]
        return web.Response(text=json.dumps(self._kind.reply(body, vectors)), content_type="application/json")


@asynccontextmanager
async def embedding(kind: EmbeddingWire) -> AsyncIterator[EmbeddingServer]:
    """A server for the block; its `url` is the root."""
    server = EmbeddingServer(kind)
    app = web.Application(client_max_size=1 << 24)
    app.router.add_post(kind.path, server.answer)
    async with listening(app) as server.url:
        yield server
