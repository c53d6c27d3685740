"""`askwire run`: opens the index, starts the bot, and stops it without dropping what it has begun."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.app import build_application
from bot.clock_watch import watch_clock
from bot.commands import publish_commands
from bot.context import BotApplication
from bot.jobs import start_jobs
from bot.logs import configure_logging
from bot.metrics_server import metrics_server
from bot.problems import Problems
from bot.recovery import recover, recover_regularly
from bot.settings import Settings, SettingsError
from bot.state import open_state
from bot.tracing import open_tracing
from bot.updates import ChatOrderProcessor

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
_STOP_RECEIVING_WITHIN = 2.0  # seconds; with what follows, the bot has stopped within ten
_STOP_WITHIN = 6.0
_FIRST_WAIT = 1.0  # seconds between attempts to reach Telegram, growing
_LONGEST_WAIT = 30.0
_CONFLICT_EVERY = 600.0  # seconds; Telegram tells it every few

_REFUSED = "Telegram refused the token in TELEGRAM_BOT_TOKEN. Get the right one from @BotFather with /token."
_TWO_POLL = "another process receives this bot's messages: stop it, or give each bot its own token"
_SEVERAL = "; for several processes set WEBHOOK_URL"

OnProgress = Callable[[str, int, int], None]


def run(settings: Settings, on_progress: OnProgress | None = None) -> None:
    """Runs the bot until SIGINT or SIGTERM.

    Raises:
        SettingsError: when there is no token, or Telegram refuses it.
        NewsIndexError: when the index cannot be opened.
    """
    asyncio.run(run_bot(settings, on_progress))


async def run_bot(settings: Settings, on_progress: OnProgress | None = None) -> None:
    """The same in a running event loop."""
    from index.news_index import NewsIndex
    from index.sources.reader import open_reader

    problems = Problems(settings.secrets())
    configure_logging(settings.log_level, settings.secrets(), also=problems, as_json=settings.log_format == "json")
    async with open_tracing(settings) as tracing:
        await _check_token(settings)
        config = settings.index_config()
        news = await NewsIndex.open(config, on_progress=on_progress, repair_beside=True)
        async with (
            news,
            open_reader(settings.private_hosts) as reader,
            open_state(config.database) as state,
        ):
            application = build_application(settings, news, reader, state, problems=problems, tracing=tracing)
            # A file of the data directory is this process's alone: the index has locked it.
            await serve(application, settings, alone=config.database_url is None)


async def _check_token(settings: Settings) -> None:
    """Finds out about a wrong token before models are fetched and loaded."""
    try:
        async with Bot(settings.require_token(), base_url=f"{settings.telegram_api_url}/bot"):
            pass
    except InvalidToken as error:
        raise SettingsError(_REFUSED) from error
    except TelegramError as error:
        log.warning("Telegram cannot be reached yet: check the network; trying again", reason=error.message)


async def serve(application: BotApplication, settings: Settings, *, alone: bool = True) -> None:
    """Receives and handles updates until a signal says stop, then finishes what is in flight.

    With `alone` no other process can be on the database; else several share the work, and one takes over what another
    leaves when it dies.

    Raises:
        SettingsError: when Telegram refuses the token or the webhook's address.
    """
    lease = contextlib.nullcontext() if alone else application.bot_data.state.leases.held()
    with _stop_signals() as stop:
        async with metrics_server(application, settings), lease:  # until all that was begun is ended
            try:
                if await _connect(application, stop) and await _unless_stopped(recover(application, alone=alone), stop):
                    await _work(application, settings, stop, alone=alone)
            except InvalidToken as error:
                raise SettingsError(_REFUSED) from error
            finally:
                await _shut_down(application)


async def _work(application: BotApplication, settings: Settings, stop: asyncio.Event, *, alone: bool) -> None:
    await application.start()
    start_jobs(application)
    async with contextlib.AsyncExitStack() as beside:
        await beside.enter_async_context(_beside(publish_commands(application)))
        await beside.enter_async_context(_beside(watch_clock(application)))
        if not alone:
            await beside.enter_async_context(_beside(recover_regularly(application)))
        await _receive(application, settings)
        log.info("the bot is running", username=application.bot.username)
        await stop.wait()
        log.info("the bot is stopping")


@contextlib.contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set; a second signal acts as usual."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)

    def on_signal() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, on_signal)
    try:
        yield stop
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


async def _connect(application: BotApplication, stop: asyncio.Event) -> bool:
    """Says hello to Telegram, as often as it takes; False when told to stop meanwhile."""
    wait = _FIRST_WAIT
    while not stop.is_set():
        try:
            await application.initialize()
        except NetworkError as error:
            log.warning("Telegram cannot be reached, trying again", wait_s=wait, reason=error.message)
        else:
            return True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
        wait = min(2 * wait, _LONGEST_WAIT)
    return False


async def _unless_stopped(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """Does the work; False when told to stop before it was done."""
    task, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        return task.done()
    finally:
        task.cancel()
        stopping.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)


@contextlib.asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Lets work go on for as long as the block runs, and ends it then."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _receive(application: BotApplication, settings: Settings) -> None:
    updater = application.updater
    if updater is None:
        return  # a test feeds the queue itself
    if settings.webhook_url is None:
        on_error = _PollingFaults(several=settings.database_url is not None)
        await updater.start_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=on_error.tell)
        return
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret
    if secret is None and settings.database_url:
        log.warning("each process makes a secret of its own: set WEBHOOK_SECRET to the same value in all of them")
    try:
        await updater.start_webhook(
            listen=host.strip("[]"),
            port=int(port),
            url_path=urlsplit(settings.webhook_url).path.lstrip("/"),
            webhook_url=settings.webhook_url,
            secret_token=secret.get_secret_value() if secret else secrets.token_urlsafe(32),
            allowed_updates=ALLOWED_UPDATES,
        )
    except OSError as error:
        raise SettingsError(
            f"WEBHOOK_LISTEN does not work: {settings.webhook_listen} cannot be listened at ({error.strerror})."
        ) from error
    except TelegramError as error:
        raise SettingsError(f"WEBHOOK_URL does not work: {error.message}.") from error


class _PollingFaults:
    """Logs what goes wrong while Telegram is asked for updates; what stays wrong only now and then."""

    def __init__(self, *, several: bool) -> None:
        self._conflict = _TWO_POLL + (_SEVERAL if several else "")
        self._told_at = -_CONFLICT_EVERY

    def tell(self, error: TelegramError) -> None:
        """One of them."""
        if not isinstance(error, Conflict):
            log.warning("Telegram cannot be reached, trying again", reason=error.message)
        elif time.monotonic() - self._told_at >= _CONFLICT_EVERY:
            self._told_at = time.monotonic()
            log.error(self._conflict)


async def _shut_down(application: BotApplication) -> None:
    """Takes no more updates, finishes those begun within a few seconds, and lets go of everything."""
    if application.updater and application.updater.running:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_RECEIVING_WITHIN):
                await application.updater.stop()
    try:
        async with asyncio.timeout(_STOP_WITHIN):
            if application.running:
                await application.stop()
    except TimeoutError:
        processor = application.update_processor
        dropped = await processor.cancel_all() if isinstance(processor, ChatOrderProcessor) else 0
        log.warning("stopped before everything was answered; the next start goes on", unfinished=dropped)
    await application.shutdown()
    await application.bot.shutdown()  # the application skips it when the first hello failed
