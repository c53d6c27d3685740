"""The small HTTP server of `METRICS_LISTEN`: `/healthz` for whoever starts the bot, `/metrics` for Prometheus."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from sqlalchemy import text
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.context import BotApplication
from bot.settings import Settings, SettingsError
from index.errors import StoreError

_WITHIN_S = 5.0
_NOT_FOUND, _UNAVAILABLE = 404, 503


@contextlib.asynccontextmanager
async def metrics_server(bot: BotApplication, settings: Settings) -> AsyncIterator[None]:
    """Listens while the block runs, where `METRICS_LISTEN` says; nothing when it is empty.

    Raises:
        SettingsError: when it cannot listen there.
    """
    if settings.metrics_listen is None:
        yield
        return
    host, _, port = settings.metrics_listen.rpartition(":")
    given = {"bot": bot, "settings": settings}
    server = HTTPServer(
        Application(
            [("/healthz", _Health, given), ("/metrics", _Exposition, given)],
            default_handler_class=_Nothing,
            log_function=lambda _: None,  # what strangers ask for stands in no log
        )
    )
    try:
        server.add_socket(_bound(host.strip("[]"), int(port)))
    except OSError as error:
        raise SettingsError(
            f"METRICS_LISTEN: cannot listen at {settings.metrics_listen}: {error.strerror}. Choose another port."
        ) from error
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


async def fault_of(bot: BotApplication, settings: Settings) -> str | None:
    """What keeps the bot from working, in a word; None while it receives updates and has its database."""
    if bot.updater is None or not bot.updater.running:
        return "not receiving"
    try:
        async with asyncio.timeout(_WITHIN_S):
            await bot.bot_data.state.database.run(lambda connection: connection.execute(text("SELECT 1")).scalar())
            if settings.webhook_url is None:
                return None if bot.bot_data.heartbeat.is_alive else "polling has stopped"
            return None if await _listens(settings.webhook_listen) else "the webhook is not listening"
    except (TimeoutError, StoreError):
        return "database"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.create_server((host, port), family=family)
    bound.setblocking(False)
    return bound


async def _listens(address: str) -> bool:
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    try:
        _, writer = await asyncio.open_connection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), int(port))  # noqa: S104 - where it listens
    except OSError:
        return False
    writer.close()
    return True


class _Handler(RequestHandler):
    def initialize(self, bot: BotApplication, settings: Settings) -> None:
        self.bot, self.settings_of_bot = bot, settings

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Type", "text/plain; charset=utf-8")


class _Health(_Handler):
    async def get(self) -> None:
        fault = await fault_of(self.bot, self.settings_of_bot)
        self.set_status(_UNAVAILABLE if fault else 200)
        self.finish(f"{fault or 'ok'}\n")


class _Exposition(_Handler):
    async def get(self) -> None:
        try:
            async with asyncio.timeout(_WITHIN_S):
                waiting, started = await self.bot.bot_data.state.inbox.depth()
        except (TimeoutError, StoreError):
            self.set_status(_UNAVAILABLE)
            self.finish("database\n")
            return
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self.bot.bot_data.metrics.exposition(waiting, started))


class _Nothing(RequestHandler):
    def prepare(self) -> None:
        self.clear_header("Server")
        self.set_status(_NOT_FOUND)
        self.finish()
