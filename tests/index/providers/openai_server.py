"""A server that speaks OpenAI's protocol in a process of its own: `python -m … MODEL_FILE`, prints its address."""

from __future__ import annotations

import sys

import xllamacpp


def main(model: str) -> None:
    """Serves a GGUF file on a free loopback port until standard input ends."""
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = 2048
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.warmup = False
    params.verbosity = -1
    params.cpuparams.n_threads = 2
    params.chat_template = "chatml"
    params.api_keys = ["right-key"]
    params.port = 0
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
