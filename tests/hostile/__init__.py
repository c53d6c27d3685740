"""Inputs that are made to do harm, listed in `table.py`, and the proofs that they do none."""
