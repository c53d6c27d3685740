"""A scripted model that can write: it tells what stands in its prompt, and cites it."""

from __future__ import annotations

import re

from index.providers.base import Completion, ModelKind, OnText, Prompt
from index.sentences import split_sentences

_PASSAGE = re.compile(r"^\[(\d+)\] .*\n(.+)$", re.MULTILINE)
_MESSAGE = re.compile(r"^\[(\d+)\] ([^:\n]+): (.+)$", re.MULTILINE)


class HonestWriter:
    """Says two sentences of each passage, or who said what in each message; `prompts` are what it was sent."""

    name = "fake:large"
    kind = ModelKind.WRITER

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Each sentence on a line of its own with its number."""
        self.prompts.append(prompt)
        if "Messages:" in prompt.text:
            said = [f"SAID: {who} said: {text} [{n}]" for n, who, text in _MESSAGE.findall(prompt.text)]
        else:
            passages = _PASSAGE.findall(prompt.text)
            said = [f"{sentence} [{n}]" for n, passage in passages for sentence in split_sentences(passage)[:2]]
        text = "\n".join(said)
        if on_text:
            on_text(text)
        return Completion(text, len(text.split()), -0.05)

    async def close(self) -> None:
        """Nothing to let go of."""
