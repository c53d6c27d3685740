"""/digest and /timeline in a chat, written by a capable model."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.context import chat_scope
from bot.words import words_of
from index.errors import ModelUnavailableError
from tests.bot.harness import running_bot
from tests.helpers.bot_api.records import Message
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.summaries.test_digest_writing import BEGIN, tram
from tests.index.summaries.writing_trials import written_index

WORDS = words_of("en")
TOWNS = "Oslo Rome Paris Tokyo Lima Cairo Quito Delhi".split()


def changed(message: Message, before: str) -> bool:
    return message.text != before


async def test_digests_and_timelines_are_written(api: FakeBotApi, tmp_path: Path) -> None:
    """In private, group and topic; a page costs one request, one that was shown none, and a fault is told."""
    async with written_index(tmp_path) as (news, _, model), running_bot(api, news) as bot:
        alice = api.user("Alice")
        forum = api.supergroup("News", members=[alice], forum=True)
        private, group, topic = api.private_chat(alice), api.group("G", members=[alice]), forum.topic("Trams")
        trams = [replace(tram(town), published_at=BEGIN + timedelta(days=9 * n)) for n, town in enumerate(TOWNS)]
        await news.add(trams)
        await news.add([replace(tram("Hidden"), published_at=BEGIN)], scope=chat_scope(99))
        by_model = WORDS("summary-written-from-articles", model=model.name)
        for chat, at in ((private, None), (group, None), (forum, topic)):
            command = f"/digest@{api.state.bot.username}" if chat is not private else "/digest"
            shown = await bot.reply_to(api.say(chat, alice, command, topic=at))
            assert by_model in shown.text and "“" not in shown.text and "Hidden" not in shown.text
        assert len(model.prompts) == 1  # public news, the same page
        first = shown.text
        for button, asked in (("Next ›", 2), ("‹ Back", 2), ("Next ›", 2)):
            before = shown.text
            await api.wait_for_answer(api.press(shown, alice, button))
            await api.wait_until(partial(changed, shown, before))
            assert len(model.prompts) == asked and by_model in shown.text
        assert shown.text != first
        told = await bot.reply_to(api.say(private, alice, "/timeline tram line of Oslo"))
        assert told.text.endswith(by_model) and "“" not in told.text
        model.error = ModelUnavailableError("It is down.")
        await news.add([replace(tram("Riga"), published_at=BEGIN + timedelta(days=99))], scope=chat_scope(private.id))
        shown = await bot.reply_to(api.say(private, alice, "/digest"))
        assert shown.text.count("“") == 1 and WORDS("summary-quoted-own") in shown.text
        assert "It is down. 1 of 6 sentences are the articles' own for this reason." in shown.text
        assert all("Hidden" not in prompt.text for prompt in model.prompts)
