"""Tests of the measurements: a wrong ruler is worse than none."""
