"""Tests of the handlers, through the real application."""
