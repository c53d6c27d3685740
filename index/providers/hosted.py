"""What each hosted provider needs before a model of it is opened: an extra of askwire, and a key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from index.errors import ProviderError
from index.providers.base import ProviderKeys

MULTILINGUAL = "multilingual"


@dataclass(frozen=True, slots=True)
class Hosted:
    """A provider: the module of its llama-index package for each use, None where it has none."""

    extra: str
    chat: str
    embedding: str | None
    key: str | None  # the field of `ProviderKeys`, which is also the setting's name in small letters


HOSTED = {
    "openai": Hosted("openai", "llama_index.llms.openai_like", "llama_index.embeddings.openai", "openai_api_key"),
    "anthropic": Hosted("anthropic", "llama_index.llms.anthropic", None, "anthropic_api_key"),
    "gemini": Hosted(
        "gemini", "llama_index.llms.google_genai", "llama_index.embeddings.google_genai", "gemini_api_key"
    ),
    "ollama": Hosted("ollama", "llama_index.llms.ollama", "llama_index.embeddings.ollama", None),
}


def check_installed(named: str, module: str, extra: str) -> None:
    """Refuses a model whose package is not installed, without importing it; `named` is the setting as given.

    Raises:
        ProviderError: naming the line that installs it.
    """
    try:
        found = find_spec(module) is not None
    except ModuleNotFoundError:  # a parent of it is missing
        found = False
    if not found:
        raise _missing(named, extra)


def check_key(named: str, provider: str, keys: ProviderKeys) -> None:
    """Refuses a model without the key it needs; `named` is the setting as given.

    Raises:
        ProviderError: naming the setting; its text holds no key.
    """
    field = HOSTED[provider].key
    if field is None:
        return
    key = getattr(keys, field)
    if not key and not (provider == "openai" and keys.openai_base_url):
        or_else = ", or OPENAI_BASE_URL for a server of your own" if provider == "openai" else ""
        raise ProviderError(f"{named} needs {field.upper()}{or_else}.")
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ProviderError(f"{field.upper()} holds a character that no key has: copy it once more.")


@contextmanager
def named_extra(named: str, extra: str) -> Iterator[None]:
    """Turns a failing import in the block, as of a package that is installed in parts, into the line that helps.

    Raises:
        ProviderError: naming the line that installs it.
    """
    try:
        yield
    except ImportError as error:
        raise _missing(named, extra) from error


def _missing(named: str, extra: str) -> ProviderError:
    return ProviderError(f'{named} needs more packages. Install them with: pip install ".[{extra}]"')
