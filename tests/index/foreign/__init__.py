"""Tests of reading text in other languages than English."""
