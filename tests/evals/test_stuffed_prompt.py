"""The plain way to sum up is measured as what it is."""

from __future__ import annotations

import pytest

from evals.group_log import read_group_log
from evals.stuffed_prompt import stuff_article, stuff_talk
from evals.talk_quality import talk_figures
from index.errors import ProviderError
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel, FakeEmbedder
from tests.index.builders import ROCKETS

LOG = read_group_log()


def model(*replies: str | Exception) -> FakeChatModel:
    return FakeChatModel(replies, kind=ModelKind.READER)


async def test_sentences_that_the_article_does_not_say_are_counted() -> None:
    """Invented numbers and words; list marks are no sentences, and a last one that is cut off is left out."""
    reply = (
        "1. Three rockets hit the American embassy in Baghdad.\n2. Nine people died there.\n- Peace is wonderful.\nT"
    )
    found = await stuff_article(ROCKETS, 5, model(reply))
    assert found.sentences == (
        "Three rockets hit the American embassy in Baghdad.",
        "Nine people died there.",
        "Peace is wonderful.",
    )
    assert found.unsupported == 2
    assert len((await stuff_article(ROCKETS, 2, model(reply))).sentences) == 2


async def test_a_prompt_that_is_too_long_is_made_shorter() -> None:
    """Until the model takes it; one that never does is an error."""
    asked = model(ProviderError("too long"), ProviderError("too long"), "Mira likes the cabin.")
    await stuff_talk(LOG.messages, 5, asked)
    lengths = [len(prompt.text) for prompt in asked.prompts]
    assert lengths == sorted(lengths, reverse=True) and lengths[2] < 0.8 * lengths[0]
    assert LOG.messages[-1].text in asked.prompts[2].text
    with pytest.raises(ProviderError):
        await stuff_article(ROCKETS, 5, model(ProviderError("never")))


async def test_a_discussion_is_measured_by_the_messages_whose_words_are_told() -> None:
    """A message said again rests on itself; invented words rest on none and are unsupported."""
    last = next(m for m in reversed(LOG.messages) if len(m.text.split()) > 6 and "http" not in m.text)
    stuffed, points = await stuff_talk(LOG.messages, 5, model(f"{last.text.rstrip('.!?')}.\nZorro sold 900 castles."))
    assert [last in point.messages for point in points] == [True, False]
    assert stuffed.unsupported == 1
    figures = await talk_figures(LOG, FakeEmbedder(), model("Zorro sold 900 castles."))
    assert (figures["stuffed prompt"].points, figures["stuffed prompt"].unsupported) == (1, 1)
    assert figures["stuffed prompt"].coverage == 0.0
    assert "stuffed prompt" not in await talk_figures(LOG, FakeEmbedder())
