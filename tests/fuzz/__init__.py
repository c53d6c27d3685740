"""Bytes that nobody foresaw, for everything that takes bytes from outside."""
