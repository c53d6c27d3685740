"""`python -m evals NAME`: runs one measurement and prints its figures."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

_SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def main() -> int:
    """Runs the measurement named on the command line; 0 when its targets are met."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure askwire on this machine.")
    commands = parser.add_subparsers(dest="name", required=True)
    seed = commands.add_parser("seed", help="one article, its questions, and questions it does not answer")
    seed.add_argument("--data", type=Path, default=_SHARED / "seed", help="folder with *.txt and questions.jsonl")
    seed.add_argument("--model", default="local:gemma-3-270m", help="provider:model, or none")
    bench = commands.add_parser("bench", help="speed and memory")
    bench.add_argument("--quick", action="store_true", help="fewer repeats")
    conversation = commands.add_parser("conversation", help="draw the picture in the README")
    conversation.add_argument("target", type=Path, nargs="?", default=Path("docs/conversation.svg"))
    arguments = parser.parse_args()
    if arguments.name == "seed":
        from evals.seed import run_seed

        return asyncio.run(run_seed(arguments.data, arguments.model))
    if arguments.name == "conversation":
        from evals.conversation import draw_conversation

        return asyncio.run(draw_conversation(arguments.target))
    from evals.bench import run_bench

    return asyncio.run(run_bench(quick=arguments.quick))


if __name__ == "__main__":
    sys.exit(main())
