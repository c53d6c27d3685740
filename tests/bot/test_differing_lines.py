"""What reports say otherwise, in the reader's language; its English is tested with the replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.replies import answer_reply
from bot.words import words_of
from index.types import Answer, Citation, Conflict, ConflictKind, Status
from tests.bot.shown_replies import shown

DE, RU = words_of("de"), words_of("ru")
SUNDAY = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
ONE = Citation(1, "a1", "Rockets hit embassy", "Three rockets hit.", 0, 18, "https://news.example/1", "AFP", SUNDAY)
TWO = Citation(2, "a2", "An update", "Five rockets hit.", 0, 17, None, "Reuters", datetime(2020, 1, 27, tzinfo=UTC))


def test_differing_reports_in_other_languages() -> None:
    """Values, sources and marks stay; the words around them and the dates are the reader's."""
    conflict = Conflict("Five", 2, ConflictKind.CONTRADICTION)
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO), conflicts=(conflict,))
    assert shown(answer_reply(answer, RU)).startswith(
        "Сообщения расходятся: Five (Reuters, 27 января) [2], Three (AFP, 26 января) [1].\n\n«Three rockets hit.» [1]"
    )
    update = replace(answer, conflicts=(replace(conflict, kind=ConflictKind.UPDATE),))
    assert "27. Januar: Five (Reuters) [2] · zuvor 26. Januar: Three (AFP) [1]\n" in shown(answer_reply(update, DE))
    headline = replace(answer, conflicts=(Conflict("No rockets", 1, in_title=True),))
    assert "In der Überschrift steht „No rockets“, im Text „Three“ [1]." in shown(answer_reply(headline, DE))
    written = replace(answer, sentences=(("Three.", (1,)),))
    assert "In anderen Berichten steht: Five (Reuters, 27. Januar) [2]." in shown(answer_reply(written, DE))
