"""Everyday words of a language: a capital at their beginning does not make a name of them."""
