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
    _add_quality(commands)
    conversation = commands.add_parser("conversation", help="draw the picture in the README")
    conversation.add_argument("target", type=Path, nargs="?", default=Path("docs/conversation.svg"))
    arguments = parser.parse_args()
    if arguments.name == "seed":
        from evals.seed import run_seed

        return asyncio.run(run_seed(arguments.data, arguments.model))
    if arguments.name == "conversation":
        from evals.conversation import draw_conversation

        return asyncio.run(draw_conversation(arguments.target))
    if arguments.name == "quality":
        from evals.quality import QualityOptions, run_quality

        options = {name: value for name, value in vars(arguments).items() if name != "name"}
        if options["data"] is None and options["questions"] is None:
            options["data"] = _SHARED / "data" / "rtqa2025"
        return asyncio.run(run_quality(QualityOptions(**options)))
    from evals.bench import run_bench

    return asyncio.run(run_bench(quick=arguments.quick))


def _add_quality(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    quality = commands.add_parser("quality", help="retrieval and answers on real news, or on your own questions")
    add = quality.add_argument
    add("--data", type=Path, help="folder with articles.jsonl.gz, questions.jsonl and unanswerable.jsonl")
    add("--questions", type=Path, help='your own, {"question", "answers", "asked_at"?, "id"?} a line; with --index')
    add("--index", type=Path, help="data directory; with --data, articles are added (default: one in the user's cache)")
    add("--articles", type=int, help="only so many articles, and the questions that they answer")
    add("--quick", action="store_true", help="200 articles, 35 questions, no answers of llama-index")
    add("--model", default="local:gemma-3-270m", help="provider:model, or none")
    add("--embedder", default="local:all-minilm-l6-v2", help="provider:model")
    add("--only", choices=["retrieval", "answers"])
    add("--baseline-questions", type=int, default=40, help="how many llama-index is asked (0: none)")
    add("--json", type=Path, help="every figure and each question's row")
    add("--markdown", type=Path, help="the tables for a README")
    add("--plot", type=Path, help="the figures as a PNG picture")
    add("--check", action="store_true", help="end with 1 when a quote is not verbatim or a claim stands in no quote")


if __name__ == "__main__":
    sys.exit(main())
