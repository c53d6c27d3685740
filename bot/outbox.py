"""Delivering replies so that each arrives once: noted when sent, looked for when in doubt, repeated until taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError
from telegram.ext import ApplicationHandlerStop, ExtBot

from bot.inbox import Inbox, Kind
from bot.incoming import Place
from bot.replies import Part, Reply
from bot.traces import find_unnoted
from bot.undeliverable import UndeliverableError, says, takes_no_message
from index.errors import StoreError

log = structlog.get_logger(__name__)

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0  # seconds between attempts to reach Telegram
_NOT_HTML = ("can't parse entities", "entities too long", "entity_")
_NOT_CHANGED = ("not modified",)
Result = TypeVar("Result")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TakenOverError(ApplicationHandlerStop):
    """Another process has taken the update over, as this one seemed dead: nothing more is done for it here."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Sends for one update, or for none (`update_id` None: a job).

    `on_gone` hears of chats that the bot is not in, `on_moved` of a group that became a supergroup: old and new id;
    `on_lost` of a topic of a chat that is not there any more, or of a whole chat (None).
    """

    bot: ExtBot[Any]
    inbox: Inbox
    update_id: int | None = None
    on_gone: Callable[[int], Awaitable[None]] | None = None
    on_moved: Callable[[int, int], Awaitable[None]] | None = None
    on_lost: Callable[[int, int | None], Awaitable[None]] | None = None

    async def send(self, place: Place, reply: Reply, kind: Kind = Kind.FINAL) -> list[int]:
        """Sends the messages of a reply in order; their ids, none of which when the chat takes none.

        Waits as long as Telegram cannot be reached or says to wait.

        Raises:
            TakenOverError: when the update is another process's now.
            TelegramError: when Telegram refuses for a reason that is not the chat's.
        """
        ids: list[int] = []
        try:
            for number, part in enumerate(reply.parts, start=1):
                last = number == len(reply.parts)
                buttons = reply.buttons if last else None
                to = place if number == 1 else Place(place.chat_id, place.thread_id)
                place, sent = await self._send_part(
                    to, part, buttons, kind if last else Kind.PART, after=max(ids, default=0)
                )
                ids.append(sent)
        except UndeliverableError as error:
            log.info("reply not delivered", chat=place.chat_id, reason=str(error))
            await self._note_undeliverable(error)
        return ids

    async def edit(
        self, place: Place, message_id: int, part: Part, buttons: InlineKeyboardMarkup | None, kind: Kind
    ) -> bool:
        """Makes a message of the bot say something else; False when it cannot be changed any more.

        Raises:
            TelegramError: as `send`.
        """

        async def change(chat_id: int) -> None:
            await self._check_owner()
            await _edit_text(self.bot, Place(chat_id), message_id, part, buttons)

        chat_id = await self._where(place.chat_id, message_id, change)
        if chat_id is None:
            return False
        await self.inbox.note_sent(chat_id, message_id, self.update_id, kind)
        return True

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Takes a message of the bot back; one that is gone or too old stays as it is."""

        async def take_back(chat_id: int) -> None:
            await self.bot.delete_message(chat_id, message_id)

        await self.inbox.forget_sent(await self._where(chat_id, message_id, take_back) or chat_id, [message_id])

    async def _where(self, chat_id: int, message_id: int, act: Callable[[int], Awaitable[None]]) -> int | None:
        """Does something to a message; the chat that it is in, None when that cannot be done any more.

        The reply to a group that became a supergroup is in the supergroup; what was sent before stays behind.
        """
        try:
            await until_reached(chat_id, lambda: act(chat_id))
        except ChatMigrated as error:
            noted = {(chat, message) for chat, message, _ in await self.inbox.sent_for(self.update_id or 0)}
            is_there = (error.new_chat_id, message_id) in noted
            return await self._where(error.new_chat_id, message_id, act) if is_there else None
        except (BadRequest, Forbidden) as error:
            log.info("message not changed", chat=chat_id, reason=error.message)
            return None
        return chat_id

    async def _check_owner(self) -> None:
        """Makes sure that the update is still this process's; it goes on when nobody can tell.

        Raises:
            TakenOverError: when it is another's.
        """
        try:
            owns = self.update_id is None or await self.inbox.owns(self.update_id)
        except StoreError as error:
            log.warning("the inbox cannot be read", reason=str(error.__cause__))
            return
        if not owns:
            log.info("an update is another process's now", update_id=self.update_id)
            raise TakenOverError

    async def _send_part(
        self, place: Place, part: Part, buttons: InlineKeyboardMarkup | None, kind: Kind, *, after: int
    ) -> tuple[Place, int]:
        """Sends and notes one message; the place for the next one, and the message's id."""
        try:
            sent = await self._send_once(place, part, buttons, kind, after or place.reply_to or 0)
        except ChatMigrated as error:
            await self._note_move(place.chat_id, error.new_chat_id)
            place = Place(error.new_chat_id)
            sent = await self._send_once(place, part, buttons, kind, 0)
        return place, sent

    async def _note_undeliverable(self, error: UndeliverableError) -> None:
        chat_id, topic = error.place.chat_id, error.place.thread_id
        if error.forbidden and self.on_gone:
            await self.on_gone(chat_id)
        if (error.chat_is_lost or error.topic_is_lost) and self.on_lost:
            await self.on_lost(chat_id, topic if error.topic_is_lost else None)

    async def _note_move(self, old: int, new: int) -> None:
        """Tells of a group's new id; when that fails, the group's own message of it will be another occasion."""
        try:
            if self.on_moved:
                await self.on_moved(old, new)
        except StoreError as error:
            log.warning("a group cannot be moved yet", old=old, new=new, reason=str(error.__cause__))

    async def _send_once(
        self, place: Place, part: Part, buttons: InlineKeyboardMarkup | None, kind: Kind, after: int
    ) -> int:
        """Sends a message until Telegram has it; after a lost connection, looks first whether it does.

        Raises:
            ChatMigrated: when the group has become a supergroup.
            TakenOverError: when the update is another process's now.
            UndeliverableError: when the chat takes no message.
            TelegramError: when Telegram refuses otherwise.
        """
        in_doubt = False

        async def attempt() -> int:
            nonlocal in_doubt
            await self._check_owner()
            found = await self._find(place.chat_id, after) if in_doubt else None
            in_doubt = True
            if found is None:
                return await _send_text(self.bot, place, part, buttons)
            await _edit_text(self.bot, place, found, part, buttons)  # looking for it took its buttons away
            return found

        async with self.inbox.sending(place.chat_id):
            try:
                sent = await until_reached(place.chat_id, attempt)
            except ChatMigrated:
                raise
            except (BadRequest, Forbidden) as error:
                if takes_no_message(error):
                    raise UndeliverableError(place, error) from error
                raise
            await self.inbox.note_sent(place.chat_id, sent, self.update_id, kind)
        return sent

    async def _find(self, chat_id: int, after: int) -> int | None:
        """A message that may have been sent unnoted behind `after`, or else behind the last noted one of the chat."""
        start = after or max(await self.inbox.noted(chat_id, 0), default=0)
        return await find_unnoted(self.bot, self.inbox, chat_id, start) if start else None


async def until_reached(chat_id: int, call: Callable[[], Awaitable[Result]]) -> Result:
    """Repeats a call until Telegram is reached.

    Raises:
        TelegramError: what Telegram itself refuses.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            return await call()
        except BadRequest:
            raise
        except NetworkError as error:
            log.info("Telegram not reached, trying again", chat=chat_id, wait_s=wait, reason=type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)


async def _send_text(bot: ExtBot[Any], place: Place, part: Part, buttons: InlineKeyboardMarkup | None) -> int:
    reply_to = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None

    async def send(text: str, mode: ParseMode | None) -> int:
        message = await bot.send_message(
            place.chat_id,
            text,
            parse_mode=mode,
            message_thread_id=place.thread_id,
            reply_parameters=reply_to,
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
        )
        return message.message_id

    return await _as_html_or_plain(place.chat_id, part, send)


async def _edit_text(
    bot: ExtBot[Any], place: Place, message_id: int, part: Part, buttons: InlineKeyboardMarkup | None
) -> None:
    async def edit(text: str, mode: ParseMode | None) -> None:
        try:
            await bot.edit_message_text(
                text,
                place.chat_id,
                message_id,
                parse_mode=mode,
                reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if not says(error, _NOT_CHANGED):
                raise

    await _as_html_or_plain(place.chat_id, part, edit)


async def _as_html_or_plain(
    chat_id: int, part: Part, call: Callable[[str, ParseMode | None], Awaitable[Result]]
) -> Result:
    try:
        return await call(part.html, ParseMode.HTML)
    except BadRequest as error:
        if not says(error, _NOT_HTML):
            raise
    log.warning("HTML refused, sent as plain text", chat=chat_id)
    return await call(part.plain, None)
