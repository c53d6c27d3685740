"""Finding messages that the bot sent without being able to note them: right before a crash, or on a cut connection.

Telegram has no key that makes sending safe to repeat, and shows a bot no history. But asking it to take the buttons of
a message away changes nothing where there are none, and is refused for messages of others; so a bot can tell its own.
"""

from __future__ import annotations

from typing import Any

from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot

from bot.inbox import Inbox

_REACH = 40  # ids behind the last known message; other people write in between


async def find_unnoted(bot: ExtBot[Any], inbox: Inbox, chat_id: int, after: int) -> int | None:
    """The id of the first message of the bot behind the message `after` that is not noted; None when there is none.

    Buttons of the message found are gone.

    Raises:
        TelegramError: when Telegram cannot be reached, or the bot is not welcome in the chat.
    """
    noted = await inbox.noted(chat_id, after)
    for message_id in range(after + 1, after + 1 + _REACH):
        if message_id not in noted and await _is_own(bot, chat_id, message_id):
            return message_id
    return None


async def _is_own(bot: ExtBot[Any], chat_id: int, message_id: int) -> bool:
    try:
        await bot.edit_message_reply_markup(chat_id, message_id)
    except RetryAfter:
        raise
    except BadRequest as error:
        return "not modified" in error.message.casefold()
    return True
