"""What a reader sees of a reply, and whether Telegram would take it."""

from __future__ import annotations

from bot.replies import Reply
from bot.richtext import MAX_UNITS
from tests.helpers.bot_api.entities import utf16_length
from tests.helpers.bot_api.markup import parse_html


def shown(reply: Reply) -> str:
    """The text as a reader sees it, messages after each other."""
    return "\n---\n".join(part.plain for part in reply.parts)


def check_messages(reply: Reply) -> None:
    """Each message is well formed, not empty and within Telegram's limit."""
    for part in reply.parts:
        text, _ = parse_html(part.html)
        assert text == part.plain
        assert part.plain.strip()
        assert utf16_length(part.plain) <= MAX_UNITS
    for row in reply.buttons.inline_keyboard if reply.buttons else ():
        for button in row:
            assert isinstance(button.callback_data, str)
            assert 1 <= len(button.callback_data.encode()) <= 64
