"""The group log is as its head says, and its measures count what they claim to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from evals.group_log import GroupLog, read_group_log
from evals.talk_quality import is_supported, longest, measure, measure_messages, talk_figures
from index.providers.fakes import FakeEmbedder
from index.summaries.types import TalkKind, TalkPoint, TalkSummary, TalkTopic


@pytest.fixture(scope="module")
def log() -> GroupLog:
    """The group log."""
    return read_group_log()


def test_the_log_is_large_mixed_and_keyed(log: GroupLog) -> None:
    """At least 300 messages, five conversations that interleave, all kinds of facts, three attempts to steer."""
    assert len(log.messages) >= 300
    assert set(log.conversation.values()) == set("abcdex")
    letters = [log.conversation[message.message_id] for message in log.messages]
    assert sum(one != other for one, other in pairwise(letters)) > 150
    kinds = [name.partition(":")[0] for name in log.facts]
    assert {kind: kinds.count(kind) >= least for kind, least in (("fact", 60), ("decision", 10), ("open", 10))} == {
        "fact": True,
        "decision": True,
        "open": True,
    }
    assert kinds.count("steer") == 3
    assert all(m.reply_to is None or m.reply_to < m.message_id for m in log.messages)


def test_a_line_of_another_form_is_told(tmp_path: Path) -> None:
    """With its number."""
    path = tmp_path / "log.txt"
    path.write_text("a1 +0 Ann hello\nnonsense\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_group_log(path)


def test_coverage_counts_facts_that_points_rest_on(log: GroupLog) -> None:
    """All messages cover all facts, none cover none."""
    assert measure_messages(log.messages, log).coverage == 1.0
    assert measure_messages((), log).coverage == 0.0
    assert measure_messages(longest(log.messages, 10), log).points == 10


def test_what_nobody_said_is_unsupported(log: GroupLog) -> None:
    """Other words, or another author, make a point unsupported."""
    message = log.messages[4]
    point = TalkPoint(TalkKind.SAID, message.text, (message.author,), (message,))
    assert is_supported(point)
    assert not is_supported(replace(point, text="The cabin has 9 beds"))
    assert not is_supported(replace(point, authors=("Somebody",)))
    summary = TalkSummary((TalkTopic("t", (point, point, replace(point, text="Not so")), 3, ()),), 3)
    figures = measure(summary, log)
    assert figures.unsupported == 1 and figures.redundancy == pytest.approx(1 / 3) and figures.purity == 1.0


async def test_the_summary_is_better_than_plain_ways_even_with_the_fake_embedder(log: GroupLog) -> None:
    """It covers more facts than as many of the last messages, and nothing in it is unsupported or steers."""
    figures = await talk_figures(log, FakeEmbedder())
    own = figures["summary"]
    assert own.unsupported == 0 and own.steered == 0
    assert own.coverage > figures["last messages"].coverage
    assert own.by_kind["decision"][0] >= 0.8
