"""The `askwire` command. Exit codes: 0 done, 1 a clear error on one line, 2 usage."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli_feeds import app as feeds_app
from bot.cli_upkeep import app as upkeep_app

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.news_index import NewsIndex

T = TypeVar("T")
app = typer.Typer(
    name="askwire",
    help="Ask the news a question, and see the sentence each answer rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(feeds_app)
app.add_typer(upkeep_app)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Batch = Annotated[Path | None, typer.Option("--batch", help="Read JSON lines, write a JSON line for each.")]


def main() -> None:
    """Runs the command; an expected error becomes one line on standard error."""
    from bot.settings import SettingsError
    from bot.terminal import tolerate_any_text
    from index.errors import NewsIndexError

    tolerate_any_text()
    try:
        app()
    except (NewsIndexError, SettingsError) as error:
        for line in str(error).splitlines():
            sys.stderr.write(f"askwire: {line}\n")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        raise SystemExit(130) from None


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"askwire {version('askwire')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask the news a question, and see the sentence each answer rests on."""


@app.command()
def chat() -> None:
    """Talk to the news in the terminal."""
    from bot.chat import chat as talk

    _with_index(talk)


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="The question.")] = None,
    *,
    as_json: Json = False,
    batch: Batch = None,
) -> None:
    """Answer one question, or a file of them."""
    from bot import batches
    from bot.terminal import print_answer, print_json
    from index.answer_text import answer_json
    from index.types import PUBLIC

    async def work(news: NewsIndex) -> None:
        if batch is not None:
            await batches.ask_all(news, batch)
            return
        answer = await news.ask(" ".join(question or []), PUBLIC, asked_at=datetime.now(UTC))
        if as_json:
            print_json(answer_json(answer))
        else:
            print_answer(answer)

    _need_one(question, batch)
    _with_index(work)


@app.command()
def search(
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="Words to look for.")] = None,
    *,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    as_json: Json = False,
    batch: Batch = None,
) -> None:
    """Show the passages that retrieval finds, without an answer."""
    from bot import batches
    from bot.terminal import origin, out, print_json
    from index.types import PUBLIC

    async def work(news: NewsIndex) -> None:
        if batch is not None:
            await batches.search_all(news, batch, k)
            return
        found = await news.search(" ".join(query or []), PUBLIC, k=k, asked_at=datetime.now(UTC))
        if as_json:
            print_json(batches.search_json(" ".join(query or []), found))
            return
        for number, item in enumerate(found, start=1):
            out.print(f"{number}. {origin(item)}", markup=False, style="bold")
            out.print(f"   {item.text}", markup=False)

    _need_one(query, batch)
    # Retrieval needs no language model.
    _with_index(work, chat_model="none")


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(metavar="PATH_OR_URL…", help="Files and links.")],
) -> None:
    """Take in articles: text, Markdown, HTML, PDF, DOCX, EPUB, chat exports, JSON lines, or links."""
    from bot.adding import add_sources

    hosts = _settings().private_hosts
    failed = _with_index(lambda news: add_sources(news, sources, hosts), chat_model="none")
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_articles(*, as_json: Json = False) -> None:
    """List the articles, newest added first."""
    from bot.terminal import origin, out, print_json
    from index.answer_text import iso

    for article in _from_catalog(lambda catalog, scopes: catalog.articles(scopes, -1, 0)):
        if as_json:
            print_json(
                {
                    "id": article.id,
                    "title": article.title,
                    "url": article.url,
                    "source": article.source,
                    "published_at": iso(article.published_at),
                    "version": article.version,
                }
            )
        else:
            out.print(f"{article.id}  {origin(article)}", markup=False)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    *,
    version: Annotated[int | None, typer.Option("--version", min=1, help="An older version.")] = None,
) -> None:
    """Show one article."""
    from bot.showing import show_article

    show_article(_settings().index_config(), article_id, version)


@app.command()
def remove(article_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Remove one article from everywhere."""
    from bot.terminal import out
    from index.errors import SourceError
    from index.types import PUBLIC

    if not _with_index(lambda news: news.remove(article_id, PUBLIC), chat_model="none"):
        raise SourceError(f"There is no article {article_id}. askwire list shows what there is.")
    out.print(f"Removed {article_id}.", markup=False)


@app.command()
def run() -> None:
    """Run the Telegram bot."""
    from bot.run import run as run_bot
    from bot.terminal import progress

    settings = _settings()
    with progress() as report:
        run_bot(settings, report)


@app.command()
def status(*, as_json: Json = False) -> None:
    """Show what is indexed, which models are set, and whether all is well."""
    from bot.status import print_status

    if not print_status(_settings().index_config(), as_json=as_json):
        raise typer.Exit(1)


@app.command()
def weights() -> None:
    """Fetch the local models' weights (also done when they are first needed)."""
    from bot.terminal import out, progress
    from index.providers.registry import check_model_names, local_weights_of
    from index.providers.weights import ensure_weights

    config = _settings().index_config()
    check_model_names(config.chat_model, config.embedding_model)
    with progress() as report:
        for model in local_weights_of(config.chat_model, config.embedding_model):
            files = ensure_weights(model, config.cache_dir, report)
            out.print(f"{model}: {', '.join(str(path) for path in files.values())}", markup=False)


def _settings() -> Settings:
    from bot.logs import configure_logging
    from bot.settings import Settings

    settings = Settings.load()
    configure_logging("WARNING", settings.secrets())
    return settings


def _with_index(work: Callable[[NewsIndex], Coroutine[Any, Any, T]], chat_model: str | None = None) -> T:
    """Opens the index for one command and closes it in order."""
    from dataclasses import replace

    from bot.terminal import progress
    from index.news_index import NewsIndex

    config = _settings().index_config()
    if chat_model is not None:
        config = replace(config, chat_model=chat_model)

    async def session() -> T:
        with progress() as report:
            news = await NewsIndex.open(config, on_progress=report)
        async with news:
            return await work(news)

    return asyncio.run(session())


def _from_catalog(read: Callable[[Any, Any], T]) -> T:
    """Reads from the catalog alone, which works beside a running bot."""
    from index.catalog import Catalog
    from index.types import PUBLIC

    catalog = Catalog(_settings().index_config().database)
    try:
        return read(catalog, PUBLIC)
    finally:
        catalog.close()


def _need_one(text: list[str] | None, batch: Path | None) -> None:
    if (text is None) == (batch is None):
        raise typer.BadParameter("give either a text or --batch FILE")
