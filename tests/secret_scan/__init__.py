"""Looks for secrets in what is tracked, and in all that ever was."""
