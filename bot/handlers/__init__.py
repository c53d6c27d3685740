"""One file a group of commands; `registry.py` lists them all."""
