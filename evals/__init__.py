"""Measurements: `python -m evals seed | bench | …`. Nothing here is needed to run askwire."""
