"""The memory that measurements tell."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from evals.memory import growth, peak_mb, resident_mb


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell the peak only by rusage")
def test_a_process_does_not_inherit_the_peak_of_its_parent() -> None:
    """What a large process starts is measured by itself."""
    large = np.ones(50_000_000)  # 400 MB
    peak = subprocess.check_output([sys.executable, "-c", "from evals.memory import peak_mb; print(peak_mb())"])
    assert float(peak) < 300 < large.nbytes / 2**20 < resident_mb() <= peak_mb() + 1


def test_growth_is_a_slope_of_what_was_sampled() -> None:
    """Two MB for each one; nothing is said of a few samples."""
    assert growth([(number, 100 + 2 * number) for number in range(20)]) == pytest.approx(2)
    assert growth([(1, 100), (2, 102)]) is None
