"""The models of an index are opened and closed together."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import model_set
from index.config import IndexConfig
from index.errors import UnknownModelError, WeightsError
from index.model_set import ModelSet, check_models, open_models
from index.providers.fakes import FakeChatModel, FakeEmbedder


class Closing(FakeChatModel):
    """Remembers that it was closed; one called `stubborn` fails to."""

    closed = False

    async def close(self) -> None:
        self.closed = True
        if self.name == "stubborn":
            raise RuntimeError("already closed")


async def test_all_are_closed() -> None:
    """Also when one of them fails to; what is not there needs no closing."""
    first, second = Closing(name="stubborn"), Closing(name="stubborn")
    with pytest.raises(RuntimeError):
        await ModelSet(FakeEmbedder(), first, second).close()
    assert (first.closed, second.closed) == (True, True)
    await ModelSet(FakeEmbedder()).close()


@pytest.mark.parametrize("setting", ["chat_model", "embedding_model", "rerank_model"])
def test_each_setting_is_checked(setting: str) -> None:
    """The line names the one that is wrong."""
    names = {"chat_model": "none", setting: "acme:x"}
    with pytest.raises(UnknownModelError, match=f"^{setting.upper()}=acme:x: there is no provider"):
        check_models(IndexConfig(Path("a"), Path("b"), **names))  # type: ignore[arg-type]  # all are texts


async def test_what_opened_is_closed_when_the_rest_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat model holds connections already when the reranker cannot be opened."""
    chat = Closing()

    async def chat_model(*_: object) -> Closing:
        return chat

    async def reranker(*_: object) -> None:
        raise WeightsError("no weights")

    monkeypatch.setattr(model_set, "open_chat_model", chat_model)
    monkeypatch.setattr(model_set, "open_rerank_model", reranker)
    with pytest.raises(WeightsError):
        await open_models(IndexConfig(Path("a"), Path("b")), FakeEmbedder())
    assert chat.closed
