"""How updates reach the bot: a queue with numbered updates, long polling, and posting to a webhook."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from tests.helpers.bot_api import errors
from tests.helpers.bot_api.errors import Json, bad_request, conflict
from tests.helpers.bot_api.schema import check_update

_ASKED_FOR_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_RETRY_SECONDS = 0.05


class Signal:
    """Wakes everyone who waits, each time something has changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wakes all that wait now."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seconds: float) -> None:
        """Returns at the next change, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


@dataclass
class Webhook:
    """Where updates are posted; nowhere while `url` is empty."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int = 0


class Updates:
    """Updates that wait until the bot has taken them, in order, numbered from 1,000."""

    def __init__(self) -> None:
        self.pending: list[Json] = []
        self.webhook = Webhook()
        self.allowed: list[str] = []
        self.changed = Signal()
        self.closing = False
        self._next_id = 1000
        self.polls = 0

    def add(self, kind: str, payload: Json) -> Json | None:
        """Queues an update, unless the bot has not asked for its kind."""
        if kind not in self.allowed if self.allowed else kind in _ASKED_FOR_ONLY:
            return None
        update = {"update_id": self._next_id, kind: payload}
        check_update(update)
        self._next_id += 1
        self.pending.append(update)
        self.changed.notify()
        return update

    async def poll(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,  # noqa: ASYNC109 - the API's word
        allowed: list[str] | None = None,
    ) -> list[Json]:
        """`getUpdates`: forgets what lies before `offset`, then waits up to `timeout` seconds for more.

        Raises:
            ApiError: 409 when a webhook is set, or when another poller takes over.
        """
        if self.webhook.url:
            raise conflict(errors.WEBHOOK_ACTIVE)
        self.polls += 1
        me = self.polls
        if allowed is not None:
            self.allowed = allowed
        self._forget(offset)
        self.changed.notify()
        deadline = time.monotonic() + timeout
        while not self.pending and not self.closing and me == self.polls:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            await self.changed.wait(left)
        if me != self.polls:
            raise conflict(errors.OTHER_POLLER)
        return self.pending[: min(max(limit, 1), 100)]

    def set_webhook(self, params: Json) -> None:
        """`setWebhook`; an address of this machine may be plain http, as with a server of one's own."""
        url = params["url"]
        parts = urlsplit(url)
        if url and parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if "allowed_updates" in params:
            self.allowed = params["allowed_updates"]
        if params.get("drop_pending_updates"):
            self.pending.clear()
        self.webhook = Webhook(url, params.get("secret_token"), params.get("max_connections", 40))
        self.polls += 1
        self.changed.notify()

    def webhook_info(self) -> Json:
        """`getWebhookInfo`."""
        info: Json = {
            "url": self.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        if self.webhook.url:
            info["max_connections"] = self.webhook.max_connections
        if self.webhook.last_error:
            info["last_error_message"] = self.webhook.last_error
            info["last_error_date"] = self.webhook.last_error_date
        if self.allowed:
            info["allowed_updates"] = self.allowed
        return info

    async def post_forever(self) -> None:
        """Posts updates to the webhook one after another, each until it is answered with 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                if not (self.webhook.url and self.pending):
                    await self.changed.wait(60)
                elif await self._post(session, self.pending[0]):
                    self.changed.notify()
                else:
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _post(self, session: aiohttp.ClientSession, update: Json) -> bool:
        webhook = self.webhook
        headers = {_SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as response:
                fault = None if response.ok else f"{response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            fault = type(error).__name__
        if fault is None:
            self._forget(update["update_id"] + 1)
            return True
        webhook.last_error = f"Wrong response from the webhook: {fault}"
        webhook.last_error_date = int(time.time())
        return False

    def _forget(self, offset: int) -> None:
        if offset < 0:
            offset = self.pending[offset]["update_id"] if -offset <= len(self.pending) else 0
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
