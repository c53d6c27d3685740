"""The rules of the design that code can be checked for, read from its syntax trees."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
HEAVY = {"chromadb", "llama_index"}
MAY_BE_HEAVY = {"index/store.py", "index/chunking.py", "index/retrieval.py"}


@dataclass(frozen=True)
class Module:
    """One source file; `name` is as in an import, `path` below the root."""

    name: str
    path: str
    source: str
    tree: ast.Module


@cache
def modules(package: str) -> tuple[Module, ...]:
    """Every module of a top-level package."""
    found = []
    for file in sorted((ROOT / package).rglob("*.py")):
        path = file.relative_to(ROOT)
        parts = path.with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        source = file.read_text("utf-8")
        found.append(Module(name, path.as_posix(), source, ast.parse(source)))
    return tuple(found)


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The dotted names that these nodes import; `from a import b` is `a` and `a.b`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_import_time(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The statements that run when a module is imported: not in functions, not for type checkers alone."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            yield from at_import_time(statement.orelse)
            continue
        yield statement
        for name in ("body", "orelse", "finalbody"):
            yield from at_import_time(getattr(statement, name, []))
        for handler in getattr(statement, "handlers", []):
            yield from at_import_time(handler.body)


def tops(module: Module) -> set[str]:
    """The top-level packages that a module imports anywhere."""
    return {name.partition(".")[0] for name in imported(ast.walk(module.tree))}


def test_the_bot_reaches_the_stores_only_through_the_index() -> None:
    """No module of `bot` imports chromadb or llama_index, early or late."""
    assert [m.path for m in modules("bot") if tops(m) & HEAVY] == []


def test_the_index_knows_neither_the_bot_nor_telegram() -> None:
    """Dependencies run one way."""
    assert [m.path for m in modules("index") if tops(m) & {"bot", "telegram", "evals", "tests"}] == []


def test_the_index_reads_no_environment() -> None:
    """Settings come to `index` as arguments."""
    readers = {"environ", "environb", "getenv", "getenvb"}

    def reads(node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr in readers
        if isinstance(node, ast.Name):
            return node.id in readers
        return isinstance(node, ast.alias) and node.name.rpartition(".")[2] in readers

    found = [
        f"{m.path}:{getattr(node, 'lineno', 0)}" for m in modules("index") for node in ast.walk(m.tree) if reads(node)
    ]
    assert found == []


def test_the_environment_is_read_in_one_place() -> None:
    """Only `bot/settings.py` turns variables into settings."""
    users = [m.path for m in modules("bot") if {"pydantic_settings"} & tops(m) or "os.environ" in m.source]
    assert users == ["bot/settings.py"]


def test_heavy_libraries_stay_where_they_belong() -> None:
    """Within `index`, only the store, the chunker, the retriever and the providers import them."""
    users = {m.path for m in modules("index") if tops(m) & HEAVY}
    assert {path for path in users if not path.startswith("index/providers/")} <= MAY_BE_HEAVY
    assert "index/store.py" in users


def test_traces_are_made_in_one_place() -> None:
    """Two files know OpenTelemetry, and one llama-index's own way of observing, which shows prompts."""
    users = {m.path for package in ("bot", "index") for m in modules(package) if "opentelemetry" in tops(m)}
    assert users == {"bot/otel_export.py", "bot/otel_tracing.py"}
    users = {m.path for m in (*modules("bot"), *modules("index")) if "llama_index_instrumentation" in tops(m)}
    assert users == {"index/providers/model_calls.py"}


def test_chroma_is_behind_the_store() -> None:
    """One file knows chromadb, so the vector index can be another one day."""
    assert {m.path for m in modules("index") if "chromadb" in tops(m)} == {"index/store.py"}


@pytest.mark.parametrize("package", ["bot", "index", "evals", "tests"])
def test_packages_hold_no_code(package: str) -> None:
    """An `__init__.py` is one docstring, so importing a package costs nothing."""
    for module in modules(package):
        if module.path.endswith("__init__.py"):
            assert ast.get_docstring(module.tree), module.path
            assert len(module.tree.body) == 1, module.path


def test_every_folder_is_a_package() -> None:
    """A folder with modules in it has an `__init__.py`, or it would be missing from what is installed."""
    for package in ("bot", "index", "evals", "tests"):
        folders = {str(Path(m.path).parent) for m in modules(package)}
        assert [folder for folder in folders if not (ROOT / folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("package", ["bot", "index", "evals"])
def test_no_import_cycles(package: str) -> None:
    """Modules can be read, and imported, in one order."""
    names = {m.name for m in modules(package)}
    graph = {m.name: set(imported(at_import_time(m.tree.body))) & names - {m.name} for m in modules(package)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_modules_and_functions_are_short() -> None:
    """A module is one concept, a function one step."""
    offenders = []
    for package in ("bot", "index", "evals", "tests"):
        for module in modules(package):
            lines = len(module.source.splitlines())
            if lines > MAX_MODULE_LINES:
                offenders.append(f"{module.path}: {lines} lines")
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > MAX_FUNCTION_LINES:
                        offenders.append(f"{module.path}:{node.lineno} {node.name}: {length} lines")
    assert offenders == [], "\n".join(offenders)


@pytest.mark.parametrize(
    "code",
    [
        "import bot.app",
        "import bot.cli\ntry:\n    bot.cli.app(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0",
    ],
    ids=["bot.app", "askwire --help"],
)
def test_starting_loads_no_heavy_library(code: str) -> None:
    """A reader of the help, or a handler's test, does not wait for the vector store and the models."""
    check = "\nimport sys\nprint('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code + check], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "bot" in loaded
    assert not loaded & {*HEAVY, "onnxruntime", "xllamacpp", "trafilatura", "pypdf"}
