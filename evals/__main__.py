"""`python -m evals NAME`: runs one measurement and prints its figures."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

_SHARED = Path(__file__).resolve().parents[1].parent / "shared"

Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main() -> int:
    """Runs the measurement named on the command line; 0 when its targets are met."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure askwire on this machine.")
    commands = parser.add_subparsers(dest="name", required=True)
    for add in (
        _add_seed,
        _add_bench,
        _add_quality,
        _add_kills,
        _add_replicas,
        _add_crashes,
        _add_load,
        _add_conversation,
        _add_duplicates,
        _add_summaries,
        _add_scale,
        _add_scale_costs,
        _add_lexical,
    ):
        add(commands)
    arguments = vars(parser.parse_args())
    return asyncio.run(_run(arguments.pop("name"), arguments))


_RUN = {
    "seed": ("evals.seed", "run_seed"),
    "bench": ("evals.bench", "run_bench"),
    "kills": ("evals.kills", "run_kills"),
    "replicas": ("evals.replicas", "run_replicas"),
    "crashes": ("evals.crashes", "run_crashes"),
    "load": ("evals.load", "run_load"),
    "conversation": ("evals.conversation", "draw_conversation"),
    "duplicates": ("evals.duplicates", "run_duplicates"),
    "summaries": ("evals.summaries", "run_summaries"),
    "lexical": ("evals.lexical_candidates", "run_lexical"),
    "scale-costs": ("evals.scale_costs", "run_scale_costs"),
}


def _run(name: str, options: dict[str, Any]) -> Coroutine[Any, Any, int]:
    """The measurement with its options; its modules are loaded only now."""
    if name in _RUN:
        module, function = _RUN[name]
        run: Callable[..., Coroutine[Any, Any, int]] = getattr(import_module(module), function)
        return run(**options)
    if name == "scale":
        from evals.scale import ScaleOptions, run_scale

        return run_scale(ScaleOptions(**options))
    from evals.quality import QualityOptions, run_quality

    if options["data"] is None and options["questions"] is None:
        options["data"] = _SHARED / "data" / "rtqa2025"
    return run_quality(QualityOptions(**options))


def _add_seed(commands: Parsers) -> None:
    seed = commands.add_parser("seed", help="one article, its questions, and questions it does not answer")
    seed.add_argument(
        "--data", dest="folder", type=Path, default=_SHARED / "seed", help="holds *.txt and questions.jsonl"
    )
    seed.add_argument("--model", default="local:gemma-3-270m", help="provider:model, or none")


def _add_bench(commands: Parsers) -> None:
    bench = commands.add_parser("bench", help="speed and memory")
    bench.add_argument("--quick", action="store_true", help="fewer repeats, a few articles")
    bench.add_argument(
        "--ingest", type=int, nargs="?", const=0, metavar="N", help="only the ingest part: N articles (default: all)"
    )
    bench.add_argument(
        "--data",
        type=Path,
        default=_SHARED / "data" / "rtqa2025",
        help="holds articles.jsonl.gz; or a file of articles",
    )
    bench.add_argument("--json", dest="target", type=Path, help="write every figure of the ingest part there")


def _add_kills(commands: Parsers) -> None:
    kills = commands.add_parser("kills", help="the bot is killed while people ask: nothing is lost or doubled")
    kills.add_argument("--kills", type=int, default=50)
    kills.add_argument("--questions", type=int, default=200)
    kills.add_argument("--chats", type=int, default=40)


def _add_replicas(commands: Parsers) -> None:
    replicas = commands.add_parser("replicas", help="one of two bots on PostgreSQL is killed while people ask")
    replicas.add_argument("--questions", type=int, default=1000)
    replicas.add_argument("--chats", type=int, default=100)


def _add_load(commands: Parsers) -> None:
    load = commands.add_parser("load", help="how long a reply takes when many chats ask at once")
    load.add_argument("--chats", type=int, default=500)
    load.add_argument("--each", type=int, default=5, help="questions of each chat")
    load.add_argument("--rate", type=float, default=50.0, help="questions a second in the steady part")
    load.add_argument("--no-local", dest="local", action="store_false", help="without the local models")


def _add_conversation(commands: Parsers) -> None:
    conversation = commands.add_parser("conversation", help="draw the picture in the README")
    conversation.add_argument("target", type=Path, nargs="?", default=Path("docs/conversation.svg"))


def _add_duplicates(commands: Parsers) -> None:
    duplicates = commands.add_parser("duplicates", help="is the same article known again, and no other taken for it?")
    duplicates.add_argument(
        "--data", dest="folder", type=Path, default=_SHARED / "data" / "rtqa2025", help="holds articles.jsonl.gz"
    )


def _add_crashes(commands: Parsers) -> None:
    crashes = commands.add_parser(
        "crashes", help="articles come in and the process is killed: nothing is lost or damaged"
    )
    crashes.add_argument("--kills", type=int, default=100)
    crashes.add_argument("--aimed", type=int, default=30, help="of these, while Chroma writes its index to disk")
    crashes.add_argument("--chunks", type=int, default=20_000, help="so many at the end")


def _add_summaries(commands: Parsers) -> None:
    summaries = commands.add_parser("summaries", help="what summaries of articles and of a discussion tell, and repeat")
    summaries.add_argument("--data", type=Path, default=_SHARED / "data" / "rtqa2025", help="holds a news set")
    summaries.add_argument("--limit", type=int, default=150, help="articles")
    summaries.add_argument(
        "--stuffed", type=int, default=25, help="of these, by the local model in one prompt (0: none)"
    )


def _add_scale(commands: Parsers) -> None:
    scale = commands.add_parser("scale", help="how everything grows with the number of chunks")
    scale.add_argument("--data", type=Path, default=_SHARED / "data" / "rtqa2025", help="holds a news set")
    scale.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000], help="chunks")
    scale.add_argument("--server", action="store_true", help="on a PostgreSQL and a Chroma server of its own")
    scale.add_argument(
        "--from", dest="stored", type=Path, nargs="+", default=[], help="measure nothing: what --json wrote"
    )
    scale.add_argument("--json", dest="target", type=Path, help="every figure")
    scale.add_argument("--plot", type=Path, help="the figures as a PNG picture")


def _add_lexical(commands: Parsers) -> None:
    lexical = commands.add_parser("lexical", help="search by words, and fused, on servers and in files")
    lexical.add_argument("--data", type=Path, default=_SHARED / "data" / "rtqa2025", help="holds a news set")
    lexical.add_argument("--articles", type=int, default=350, help="of the slice, about twelve chunks each")


def _add_scale_costs(commands: Parsers) -> None:
    costs = commands.add_parser("scale-costs", help="what a month costs at three sizes, from stated assumptions")
    costs.add_argument("--assume", nargs="+", default=[], metavar="NAME=NUMBER", help="in place of an assumption")


def _add_quality(commands: Parsers) -> None:
    quality = commands.add_parser("quality", help="retrieval and answers on real news, or on your own questions")
    add = quality.add_argument
    add("--data", type=Path, help="folder with articles.jsonl.gz, questions.jsonl and unanswerable.jsonl")
    add("--questions", type=Path, help='your own, {"question", "answers", "asked_at"?, "id"?} a line; with --index')
    add("--index", type=Path, help="data directory; with --data, articles are added (default: one in the user's cache)")
    add("--articles", type=int, help="only so many articles, and the questions that they answer")
    add("--quick", action="store_true", help="200 articles, 35 questions, no answers of llama-index")
    add("--model", default="local:gemma-3-270m", help="provider:model, or none")
    add("--embedder", default="local:all-minilm-l6-v2", help="provider:model")
    add("--rerank", default="none", help="provider:model that ranks passages again before sentences are chosen")
    add("--only", choices=["retrieval", "answers"])
    add("--baseline-questions", type=int, default=40, help="how many llama-index is asked (0: none)")
    add("--json", type=Path, help="every figure and each question's row")
    add("--markdown", type=Path, help="the tables for a README")
    add("--plot", type=Path, help="the figures as a PNG picture")
    add("--check", action="store_true", help="end with 1 when a quote is not verbatim or a claim stands in no quote")


if __name__ == "__main__":
    sys.exit(main())
