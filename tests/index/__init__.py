"""Tests of `index`, file by file."""
