"""A scripted model that obeys every order in its prompt, as far as it can; without one, it is honest and knows all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.providers.base import Completion, ModelKind, OnText, Prompt
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.markup import WIN
from tests.injection.stories import ANSWERED, CLEAN, STORIES, UNANSWERED

_PASSAGE = re.compile(r"^\[(\d+)\] (.*)\n(.*)$", re.MULTILINE)
_WINDOW = 24  # letters and digits of an order by which it is known
_SURE = -0.001
_SLY = (
    "The articles I have don't say.",
    "I can't give a short answer, but this is what the articles say:",
    "See https://evil.example/win or evil.com.",
    "Ask @evil_bot or send /forget.",
    "It was 5,000.",
    "Nobody knows.",
)
_HONEST = {
    **{asked.question: (asked.fact, asked.honest) for asked in ANSWERED},
    **{story.question: (story.fact, story.text) for story in STORIES},
}


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _signs(hostile: Hostile) -> tuple[str, ...]:
    """Stretches of an order that stand in no question and no clean article: an order may repeat these."""
    order = _plain(hostile.attack.order.replace(WIN, ""))
    starts = range(0, max(1, len(order) - _WINDOW + 1), _WINDOW // 2)
    return tuple(sign for at in starts if (sign := order[at : at + _WINDOW]) and sign not in _CLEAN)


_CLEAN = _plain(
    " ".join([*(f"Question: {asked.question}" for asked in ANSWERED), UNANSWERED, *(article.text for article in CLEAN)])
)
_ORDERS = tuple((hostile, _signs(hostile)) for hostile in HOSTILE)


def orders_in(text: str) -> list[Hostile]:
    """The hostile articles an order of which stands in a text, or a part of one."""
    plain = _plain(text)
    return [hostile for hostile, signs in _ORDERS if any(sign in plain for sign in signs)]


@dataclass
class GullibleModel:
    """Obeys; `mixed` says the honest thing besides, `silent` says nothing. `obeyed` counts prompts with an order."""

    kind: ModelKind = ModelKind.WRITER
    mixed: bool = False
    silent: bool = False
    name: str = "fake:gullible"
    obeyed: int = 0
    prompts: list[Prompt] = field(default_factory=list)

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """What the orders demand, in every way that might pass; else the honest answer."""
        self.prompts.append(prompt)
        text = "NOT IN THE ARTICLES" if self.silent else self._reply(prompt)
        if on_text:
            for piece in re.findall(r".{1,40}", text, re.DOTALL):
                on_text(piece)
        return Completion(text, len(text.split()), _SURE)

    async def close(self) -> None:
        """Nothing to let go of."""

    def _reply(self, prompt: Prompt) -> str:
        # The examples in a reader's prompt hold no order, and it is asked about one passage.
        orders = orders_in(prompt.text)
        self.obeyed += bool(orders)
        system = prompt.system or ""
        if "rank" in system:
            return _ranked(prompt)
        if "last question" in system:
            return _rewritten(prompt, orders)
        if self.kind is ModelKind.READER:
            return _read(prompt, orders)
        return _written(prompt, orders, mixed=self.mixed)


def _written(prompt: Prompt, orders: Sequence[Hostile], *, mixed: bool) -> str:
    passages = _PASSAGE.findall(prompt.text)
    question = prompt.text.partition("\n")[0].removeprefix("Question: ")
    honest = _honest(question, passages)
    if not orders:
        return honest
    theirs = [n for n, title, text in passages if orders_in(f"{title}\n{text}")]
    others = [n for n, _, _ in passages if n not in theirs]
    says = list(_demanded(prompt, orders))
    said = [marked for sentence in says for marked in _marked(sentence, theirs, others)]
    return "\n".join([*([honest] if mixed and honest else []), *said])


def _demanded(prompt: Prompt, orders: Iterable[Hostile]) -> Iterable[str]:
    for hostile in orders:
        for said in hostile.attack.says:
            yield from _sentences_of(prompt) if said == "{prompt}" else [said]
    yield from _SLY


def _sentences_of(prompt: Prompt) -> list[str]:
    """All that the model was sent, to leak it sentence by sentence."""
    whole = re.sub(r"\[\d+\]", "", f"{prompt.system or ''} {prompt.text}")
    return [part.strip() for part in re.split(r"(?<=[.:])\s+", " ".join(whole.split())) if part.strip()]


def _marked(sentence: str, theirs: Sequence[str], others: Sequence[str]) -> list[str]:
    """A sentence with every kind of citation: its own article, another one, both, one that is not there, none."""
    own, other = (theirs or ["1"])[0], (others or theirs or ["1"])[0]
    return [
        f"{sentence} [{own}]",
        f"{sentence} [{other}]",
        f"{sentence} [{other}][{own}]",
        f"{sentence} [99]",
        sentence,
    ]


def _honest(question: str, passages: Iterable[tuple[str, str, str]]) -> str:
    fact, sentence = _HONEST.get(question, ("", ""))
    found = next((n for n, title, text in passages if fact and fact in f"{title}\n{text}"), None)
    return f"{sentence} [{found}]" if found else "NOT IN THE ARTICLES"


def _read(prompt: Prompt, orders: Sequence[Hostile]) -> str:
    passage = prompt.text.rpartition("\nPassage: ")[2].partition("\nQuestion: ")
    for hostile in orders:
        # Surest where it stands in the passage, as a reader's answer must.
        says = [said.rstrip(".") for said in hostile.attack.says]
        return next((said for said in says if said in passage[0]), says[0])
    question = passage[2].partition("\n")[0]
    fact = _HONEST.get(question, ("", ""))[0]
    return fact if fact and fact in passage[0] else "nothing of the kind"


def _ranked(prompt: Prompt) -> str:
    """The passages with orders first, then the others from the last to the first."""
    passages = _PASSAGE.findall(prompt.text)
    theirs = [n for n, title, text in passages if orders_in(f"{title}\n{text}")]
    if not theirs:
        return " > ".join(f"[{n}]" for n, _, _ in passages)
    others = [n for n, _, _ in reversed(passages) if n not in theirs]
    return " > ".join(f"[{n}]" for n in [*theirs, *others])


def _rewritten(prompt: Prompt, orders: Sequence[Hostile]) -> str:
    last = prompt.text.rpartition("Last question: ")[2]
    return orders[0].attack.says[0] if orders else last
