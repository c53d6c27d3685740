"""Questions that are being answered right now, so that whoever asked can stop them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")


class StoppedError(Exception):
    """The asker stopped this question."""


@dataclass(slots=True)
class _Question:
    chat_id: int
    user_id: int | None
    task: asyncio.Task[Any]
    stopped: bool = False


class Running:
    """The questions of this process, by the id of the update that asked."""

    def __init__(self) -> None:
        self._questions: dict[int, _Question] = {}

    async def run(self, update_id: int, chat_id: int, user_id: int | None, work: Coroutine[Any, Any, Result]) -> Result:
        """Runs the work of one question to its end.

        Raises:
            StoppedError: when the asker stopped it.
        """
        task = asyncio.create_task(work, name="question")
        question = _Question(chat_id, user_id, task)
        self._questions[update_id] = question
        try:
            return await task
        except asyncio.CancelledError:
            if question.stopped:
                raise StoppedError from None
            task.cancel()
            raise
        finally:
            del self._questions[update_id]

    def asked_by(self, update_id: int, user_id: int | None) -> bool:
        """Whether this question is running and this user's."""
        question = self._questions.get(update_id)
        return question is not None and question.user_id == user_id

    def is_in(self, update_id: int, chat_id: int) -> bool:
        """Whether this question is running in this chat."""
        question = self._questions.get(update_id)
        return question is not None and question.chat_id == chat_id

    def of(self, chat_id: int, user_id: int | None) -> int | None:
        """The id of this user's question in a chat, None when none is running."""
        return next((n for n, q in self._questions.items() if (q.chat_id, q.user_id) == (chat_id, user_id)), None)

    def stop(self, update_id: int) -> bool:
        """Stops a question; False when it is not running."""
        question = self._questions.get(update_id)
        if question is None:
            return False
        question.stopped = True
        question.task.cancel()
        return True
