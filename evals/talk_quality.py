"""How good a discussion's summary is on the group log: the key's facts it holds, and what it should not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evals.group_log import SMALL_TALK, GroupLog
from evals.stuffed_prompt import stuff_talk
from index.providers.base import ChatModel, Embedder
from index.summaries.types import ChatMessage, TalkKind, TalkPoint, TalkSummary
from index.words import stems

_SAME_WORDS = 0.6  # share of common words from which two points say the same
_KINDS = {"decision": TalkKind.DECISION, "open": TalkKind.QUESTION, "link": TalkKind.LINK}
_STEERING = "steer"


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """What was measured; shares are from 0 to 1, and `by_kind` is (right of those shown, found of those in the key).

    `coverage` is the share of the key's facts that a point rests on, `unsupported` the points whose words or authors
    are not those of their messages, `purity` the share of the points' messages that are of their topic's
    main conversation.
    """

    points: int
    coverage: float
    unsupported: int
    redundancy: float
    purity: float
    steered: int
    by_kind: Mapping[str, tuple[float, float]]


async def talk_figures(log: GroupLog, embedder: Embedder, model: ChatModel | None = None) -> dict[str, TalkFigures]:
    """The figures of the summary and, with as many points at most, of two plain ways, by name; with a model of a third.

    Raises:
        ProviderError: when the embedder fails.
    """
    from index.summaries.talk import summarize_talk

    summary = await summarize_talk(log.messages, embedder=embedder)
    own = measure(summary, log)
    figures = {
        "summary": own,
        "last messages": measure_messages(log.messages[-own.points :], log),
        "longest messages": measure_messages(longest(log.messages, own.points), log),
    }
    if model:
        stuffed, points = await stuff_talk(log.messages, own.points, model)
        figures["stuffed prompt"] = replace(_figures(points, log, 0.0), unsupported=stuffed.unsupported)
    return figures


def longest(messages: Sequence[ChatMessage], count: int) -> list[ChatMessage]:
    """The `count` longest messages in order of time."""
    chosen = sorted(messages, key=lambda message: -len(message.text))[:count]
    return sorted(chosen, key=lambda message: message.message_id)


def measure(summary: TalkSummary, log: GroupLog) -> TalkFigures:
    """The figures of a summary."""
    points = [point for topic in summary.topics for point in topic.points]
    main = [Counter(log.conversation[m.message_id] for p in t.points for m in p.messages) for t in summary.topics]
    held, right = sum(counts.total() for counts in main), sum(max(counts.values()) for counts in main)
    return _figures(points, log, right / held if held else 0.0)


def measure_messages(messages: Sequence[ChatMessage], log: GroupLog) -> TalkFigures:
    """The figures of messages that stand as they are, without topics."""
    points = [TalkPoint(TalkKind.SAID, message.text, (message.author,), (message,)) for message in messages]
    largest = Counter(log.conversation[message.message_id] for message in messages).most_common(1)
    return _figures(points, log, largest[0][1] / len(messages) if messages else 0.0)


def print_talk(figures: Mapping[str, TalkFigures]) -> None:
    """The table, a column a way."""
    rows: list[tuple[str, Callable[[TalkFigures], str]]] = [
        ("points", lambda f: str(f.points)),
        ("facts of the key covered", lambda f: f"{f.coverage:.0%}"),
        ("unsupported points (must be 0)", lambda f: str(f.unsupported)),
        ("points that repeat another", lambda f: f"{f.redundancy:.0%}"),
        ("purity of topics", lambda f: f"{f.purity:.0%}"),
        ("points that steer", lambda f: str(f.steered)),
    ]
    for kind in _KINDS:
        rows.append((f"{kind}: right of those shown", lambda f, kind=kind: f"{f.by_kind[kind][0]:.0%}"))  # type: ignore[misc]
        rows.append((f"{kind}: shown of the key's", lambda f, kind=kind: f"{f.by_kind[kind][1]:.0%}"))  # type: ignore[misc]
    print(f"{'':34}" + "".join(f"{name:>18}" for name in figures))
    for title, cell in rows:
        print(f"{title:34}" + "".join(f"{cell(one):>18}" for one in figures.values()))


def is_supported(point: TalkPoint) -> bool:
    """Whether a point's words stand in one of its messages, and its authors wrote its messages."""
    words = point.text.removesuffix("…")
    stands = any(words in " ".join(message.text.split()) for message in point.messages)
    return stands and set(point.authors) <= {message.author for message in point.messages}


def _figures(points: Sequence[TalkPoint], log: GroupLog, purity: float) -> TalkFigures:
    facts = {name: held for name, held in log.facts.items() if not name.startswith(_STEERING)}
    steering = {number for name, held in log.facts.items() if name.startswith(_STEERING) for number in held}
    rests_on = {message.message_id for point in points for message in point.messages}
    return TalkFigures(
        points=len(points),
        coverage=sum(bool(held & rests_on) for held in facts.values()) / len(facts),
        unsupported=sum(not is_supported(point) for point in points),
        redundancy=_repeated(points) / len(points) if points else 0.0,
        purity=purity,
        steered=sum(message.message_id in steering for point in points for message in point.messages[:1]),
        by_kind={kind: _by_kind(points, facts, kind) for kind in _KINDS},
    )


def _by_kind(points: Sequence[TalkPoint], facts: Mapping[str, frozenset[int]], kind: str) -> tuple[float, float]:
    wanted = [held for name, held in facts.items() if name.startswith(f"{kind}:")]
    shown = [point for point in points if point.kind is _KINDS[kind]]
    right = [point for point in shown if any(held & {m.message_id for m in point.messages} for held in wanted)]
    found = [held for held in wanted if any(held & {m.message_id for m in point.messages} for point in shown)]
    return len(right) / len(shown) if shown else 0.0, len(found) / len(wanted)


def _repeated(points: Sequence[TalkPoint]) -> int:
    """How many points say what an earlier one says."""
    held = [set(stems(point.text)) for point in points]
    return sum(
        any(words and len(words & other) / len(words | other) >= _SAME_WORDS for other in held[:place] if other)
        for place, words in enumerate(held)
    )


def assigned_purity(groups: Sequence[Sequence[ChatMessage]], log: GroupLog) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998) of a grouping; small talk is left out."""
    of = {message.message_id: place for place, group in enumerate(groups) for message in group}
    told = [number for number in of if log.conversation[number] != SMALL_TALK]
    both = Counter((of[number], log.conversation[number]) for number in told)
    mine, theirs = Counter(of[number] for number in told), Counter(log.conversation[number] for number in told)
    pairs = [(both[of[n], log.conversation[n]], mine[of[n]], theirs[log.conversation[n]]) for n in told]
    precision = sum(shared / size for shared, size, _ in pairs) / len(pairs)
    return precision, sum(shared / size for shared, _, size in pairs) / len(pairs)
