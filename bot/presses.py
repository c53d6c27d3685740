"""Answering a pressed button, so that it stops blinking."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery
from telegram.error import BadRequest


async def answer_press(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Says something in passing, or nothing; too late is no failure."""
    with contextlib.suppress(BadRequest):
        await query.answer(text, show_alert=alert)
