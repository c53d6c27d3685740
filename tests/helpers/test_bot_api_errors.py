"""The fake Bot API server refuses what the real one refuses, in the same words."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.helpers.bot_api.errors import Json
from tests.helpers.bot_api.server import FakeBotApi


def _button(text: str = "x", **kind: Any) -> dict[str, Any]:
    return {"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton(text, **kind)]])}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"text": " \n"}, "Message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Message text is empty"),
        ({"text": "👍" * 2049}, "Message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Can't parse entities: Can't find end tag corresponding to"),
        ({"chat_id": 404}, "Chat not found"),
        ({"chat_id": "@nobody"}, "Chat not found"),
        ({"reply_parameters": ReplyParameters(404)}, "Message to be replied not found"),
        ({"message_thread_id": 1}, "Message thread not found"),
        ({"message_thread_id": 404}, "Message thread not found"),
        (_button(callback_data="é" * 33), "Button_data_invalid"),
        (_button(url="http://localhost/x"), "Inline keyboard button url 'http://localhost/x' is invalid"),
        (_button(), "Text buttons are unallowed in the inline keyboard"),
    ],
)
async def test_what_send_message_refuses(api: FakeBotApi, bot: Bot, options: dict[str, Any], error: str) -> None:
    """Each mistake is a 400 in Telegram's own words, and no message appears."""
    forum = api.supergroup("News", forum=True)
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(**{"chat_id": forum.id, "text": "hello", **options})
    assert error.lower() in str(caught.value).lower()
    assert api.replies(forum) == []


async def test_what_is_just_allowed(api: FakeBotApi, bot: Bot) -> None:
    """4,096 UTF-16 units count after parsing, 64 bytes of data pass, and a lost reply may be waived."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    await bot.send_message(chat.id, f"<b>{'👍' * 2048}</b>", parse_mode="HTML", **_button(callback_data="é" * 32))
    await bot.send_message(chat.id, "x", reply_parameters=ReplyParameters(404, allow_sending_without_reply=True))
    assert [m.button_texts for m in api.replies(chat)] == [["x"], []]


async def test_refusals_and_faults(api: FakeBotApi, bot: Bot) -> None:
    """403, 429, 5xx, a lost connection and a migrated group look as they do in life."""
    alice = api.user("Alice")
    chat, group = api.private_chat(alice), api.group("News", members=[alice])
    api.flood(method="sendMessage", retry_after=3)
    with pytest.raises(RetryAfter, match="Flood control exceeded"):
        await bot.send_message(chat.id, "x")
    api.fail(method="sendMessage", status=500)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(chat.id, "x")
    api.fail(method="sendMessage", status=502)
    with pytest.raises(NetworkError, match=r"Bad Gateway \(502\)"):
        await bot.send_message(chat.id, "x")
    api.drop(method="sendMessage")
    api.drop(method="sendMessage", after=True)
    for sent in (0, 1):
        with pytest.raises(NetworkError):
            await bot.send_message(chat.id, "x")
        assert len(api.replies(chat)) == sent
    api.block(alice)
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(chat.id, "x")
    moved = api.migrate(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == moved.id
    assert [u.message.migrate_to_chat_id for u in await bot.get_updates() if u.message] == [moved.id, None]
    api.kick(moved)
    with pytest.raises(Forbidden, match="Forbidden: bot was kicked from the supergroup chat"):
        await bot.get_chat_member(moved.id, alice.id)


async def test_tokens(api: FakeBotApi) -> None:
    """A wrong token is 401, one of the wrong form 404, as is a path that leads nowhere."""
    async with aiohttp.ClientSession() as session:
        for token, status in ((api.token, 200), ("1:wrong", 401), ("wrong", 404)):
            async with session.get(f"{api.url}/bot{token}/getMe") as response:
                body = await response.json()
                assert (response.status, body["ok"]) == (status, status == 200)
            async with session.get(f"{api.url}/file/bot{token}/nothing") as response:
                assert response.status == (401 if status == 401 else 404)
    with pytest.raises(InvalidToken, match="was rejected by the server"):
        async with Bot("1:wrong", base_url=f"{api.url}/bot"):
            pass


@pytest.mark.parametrize(
    ("method", "body", "status", "violation"),
    [
        ("sendMessage", {"chat_id": 1}, 400, "sendMessage.text: Field required"),
        ("sendMessage", {"chat_id": 1, "text": "x", "extra": 1}, 400, "sendMessage has no field 'extra'"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "message_thread_id": "a"},
            400,
            "sendMessage.message_thread_id",
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_to_message_id": 1}, 400, "deprecated"),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": "["}, 400, "entities is not JSON"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "date": "1"}]]}},
            400,
            "unknown field sendMessage.reply_markup.inline_keyboard[0][0].date",
        ),
        ("sendPigeon", {}, 404, "unknown method sendPigeon"),
    ],
)
async def test_requests_outside_the_bot_api(method: str, body: Json, status: int, violation: str) -> None:
    """What the Bot API doesn't describe is refused and kept for the test to see."""
    async with FakeBotApi() as api, aiohttp.ClientSession() as session:
        async with session.post(f"{api.url}/bot{api.token}/{method}", json=body) as response:
            assert response.status == status
        assert violation in api.violations[0]
        assert len(api.violations) == 1


async def test_settle_and_wait_report_what_is_missing(api: FakeBotApi) -> None:
    """A wait that is in vain ends with what the bot did say."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    api.say(chat, alice, "hello")
    with pytest.raises(AssertionError, match="the bot said"):
        await api.wait_for_message(chat, timeout=0.01)
    with pytest.raises(AssertionError, match="1 updates not taken"):
        await api.settle(timeout=0.01)
