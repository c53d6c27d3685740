"""What publishers put around a text goes; what only looks like it stays."""

from __future__ import annotations

import time

import pytest

from index.credit_lines import without_credits

STORY = "The ferry ran aground on Monday. Twelve people were hurt.\nDivers found no damage.\nTugs came.\nAll is well."
PLAIN = STORY.replace(". ", ".\n")


@pytest.mark.parametrize(
    "before",
    [
        "SPLIT, Croatia (AP) — ",
        "SPLIT, May 6 (Reuters) - ",
        "Split (dpa) - ",
        "London CNN — ",
        "SPLIT, Calif. – ",
        "Jane Roe\n\nHarbour News\n",
        "By Jane Roe and John Doe, Harbour News\n",
        "May 6, 2024 Updated May 7, 2024, 10:37 a.m. ET\n",
        "Published: May 6, 2024\n",
        "Split, 6 may (EFE).- ",
        "СПЛИТ, 6 мая. /ТАСС/. ",
        "新华社斯普利特5月6日电（记者李明）",
        "【スプリト共同】",
        "Editor's note: Details in this story may be upsetting.\n",
    ],
)
def test_what_stands_before_a_text(before: str) -> None:
    """Datelines, bylines and times go, in several languages."""
    assert without_credits(before + STORY) == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Jane Roe; Editing by John Doe)",
        "Reporting by Jane Roe in Zagreb; Editing by John Doe",
        "Contributing: Jane Roe, USA TODAY; Reuters",
        "Associated Press writer Jane Roe in Zagreb contributed to this report.",
        "The Associated Press",
        "This story has been updated with new information.",
        "(This article was first published in May 2024.)",
        "© 2024 Harbour News. All rights reserved.",
        "Sign up for our newsletter.",
        "Stay healthy: Sign up for the Harbour News newsletter to read more.",
        "Need a break? Play the Harbour News puzzle.",
        "Read more: Storm sank 14 boats",
        "Contact Jane Roe at jroe@harbour.example.",
        "Follow her on X @jroe.",
        "Jane Roe is a senior reporter for the Harbour News.",
        "Lesen Sie auch: Sturm über Hvar",
        "Baca juga: Badai di Hvar",
        "Читайте также: Шторм у Хвара",
        "اقرأ أيضا: عاصفة قبالة هفار",
        "责任编辑：李明",
    ],
)
def test_what_stands_behind_a_text(line: str) -> None:
    """Credits and promotions go, wherever they stand."""
    assert without_credits(f"{STORY}\n{line}") == PLAIN
    assert without_credits(f"Boats came.\n{line}\n{STORY}") == f"Boats came.\n{PLAIN}"


@pytest.mark.parametrize(
    "sentence",
    [
        "The report published on Tuesday showed that prices rose by 4.2 percent.",
        "Follow-up tests found 12 more cases.",
        "By January 2015 a new lane had opened.",
        "Contact tracing found 31 people who had been on board.",
        "Copyright law will change in 2026, the minister said.",
        "Updated figures show 12 dead.",
        "More than 300 people fled.",
        "Watch towers will be built along the coast.",
        "Published in 1922, the novel was banned for ten years.",
        "Note that the payment ends in May.",
        "The Associated Press was the first to report the deal.",
        "The ferry leaves on Nov. 27, 2025, at 8:30 a.m.",
        "She edited the paper for 20 years.",
        f"Note: the office {'which looks after all the harbours of the coast ' * 7}has moved.",
        "记者从港务局获悉，渡轮将于周五恢复运营。",
    ],
)
def test_news_stays(sentence: str) -> None:
    """A sentence that tells something is never taken for a credit, however it begins."""
    assert without_credits(f"{STORY}\n{sentence}").replace("\n", " ").endswith(f"All is well. {sentence}")


def test_nothing_in_nothing_out() -> None:
    """A text of credits alone leaves nothing."""
    assert without_credits("") == ""
    assert without_credits("By Jane Roe\n\nThe Associated Press\n\nSign up for our newsletter") == ""


@pytest.mark.parametrize("piece", ["A. ", "。", "(", "by A", "a@", " - ", "Sign up ", "May 5, 2024 ", "x\n"])
def test_any_text_takes_little_time(piece: str) -> None:
    """A million characters of what patterns look for take seconds, not minutes."""
    started = time.process_time()
    without_credits(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 5
