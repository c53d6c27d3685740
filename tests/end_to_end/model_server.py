"""A language-model server of its own process: `python model_server.py GGUF KEY` prints its address, then serves.

It ends when its standard input does.
"""

from __future__ import annotations

import sys

import xllamacpp

# The small base model never ends a chat by itself: this holds it to one sentence that cites the first passage.
ONE_SENTENCE = r'root ::= [A-Z] [a-z ]{2,40} " [1]"'


def main() -> None:
    """Serves the model over HTTP, in the protocol of OpenAI."""
    path, key = sys.argv[1:]
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = 4096
    params.n_parallel = 1
    params.warmup = False
    params.verbosity = -1
    grammar = xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
    params.sampling.grammar = xllamacpp.CommonGrammar(grammar, ONE_SENTENCE)
    params.api_keys = [key]
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


main()
