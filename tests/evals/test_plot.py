"""The picture of a measurement."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from evals.plot import draw
from tests.evals.builders import make_result, make_scored

WHOLE = make_result([make_scored("1"), make_scored("2", golds=None, status="declined")])


def size_of(file: Path) -> tuple[int, int]:
    """The width and height in a PNG's header."""
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_the_picture_is_a_png_with_both_panels(tmp_path: Path) -> None:
    """Retrieval on the left, answers on the right."""
    draw(WHOLE, tmp_path / "both.png")
    draw(replace(WHOLE, answers=()), tmp_path / "one.png")
    both, one = size_of(tmp_path / "both.png"), size_of(tmp_path / "one.png")
    assert both[0] == 2 * one[0]
    assert both[1] == one[1]


@pytest.mark.parametrize("result", [replace(WHOLE, stages=()), make_result([make_scored()], recall=lambda _: None)])
def test_a_part_alone_and_figures_of_zero_are_drawn(tmp_path: Path, result: object) -> None:
    """`--only answers`, no unanswerable questions, and a retrieval that finds nothing."""
    assert isinstance(result, type(WHOLE))
    draw(result, tmp_path / "plot.png")
    assert size_of(tmp_path / "plot.png")[0] > 1000
