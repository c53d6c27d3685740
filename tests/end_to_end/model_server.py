"""A language-model server of its own process: `python model_server.py GGUF KEY` prints its address, then serves.

It ends when its standard input does.
"""

from __future__ import annotations

import sys

import xllamacpp


def main() -> None:
    """Serves the model over HTTP, in the protocol of OpenAI."""
    path, key = sys.argv[1:]
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = 4096
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = -1
    params.api_keys = [key]
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


main()
