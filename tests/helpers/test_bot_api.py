"""The fake Bot API server behaves as the real one, so that tests against it prove something."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
)
from telegram.ext import Application, ApplicationBuilder, CallbackContext, MessageHandler, filters

from tests.helpers.bot_api.server import FakeBotApi


async def _echo(update: Update, _: Any) -> None:
    assert update.effective_message is not None
    text = update.effective_message.text_html
    await update.effective_message.reply_html(f"<b>You said</b> {text}", do_quote=True)


def _application(api: FakeBotApi) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = ApplicationBuilder().token(api.token)
    application = builder.base_url(f"{api.url}/bot").base_file_url(f"{api.url}/file/bot").build()
    application.add_handler(MessageHandler[CallbackContext[Any, Any, Any, Any], None](filters.TEXT, _echo))
    return application


async def test_echo_over_polling(api: FakeBotApi) -> None:
    """A real application answers in a private chat, and in a forum in the topic it was asked in."""
    alice = api.user("Alice", language_code="en")
    private, forum = api.private_chat(alice), api.supergroup("News", members=[alice], forum=True)
    topic = forum.topic("Iraq")
    application = _application(api)
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        said = api.say(private, alice, "1 < 2")
        reply = await api.wait_for_message(private, after=said)
        assert (reply.text, reply.html) == ("You said 1 < 2", "<b>You said</b> 1 &lt; 2")
        assert reply.entities == [{"type": "bold", "offset": 0, "length": 8}]
        assert reply.reply_to is said
        said = api.say(forum, alice, "/ask why?", topic=topic)
        reply = await api.wait_for_message(forum, after=said, predicate=lambda m: "why" in m.text)
        assert reply.topic is topic
        assert (reply.json()["message_thread_id"], reply.json()["is_topic_message"]) == (topic.id, True)
        await api.settle(quiet=0.05)
        assert api.state.updates.pending == []
        await application.updater.stop()
        await application.stop()
    assert [call.method for call in api.calls("sendMessage")] == ["sendMessage"] * 2


async def test_webhook_delivery(api: FakeBotApi, unused_tcp_port: int) -> None:
    """Updates are posted with the secret until they are taken, and polling is refused meanwhile."""
    alice = api.user("Alice")
    private = api.private_chat(alice)
    application = _application(api)
    async with application:
        assert application.updater is not None
        url = f"http://127.0.0.1:{unused_tcp_port}/hook"
        await application.updater.start_webhook(
            "127.0.0.1", unused_tcp_port, "hook", webhook_url=url, secret_token="s3cret"
        )
        await application.start()
        said = api.say(private, alice, "hello")
        assert (await api.wait_for_message(private, after=said)).text == "You said hello"
        info = await application.bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (url, 0)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await application.bot.get_updates()
        await application.updater.stop()
        await application.stop()


async def test_updates_wait_until_they_are_acknowledged(api: FakeBotApi, bot: Bot) -> None:
    """An update comes again until a higher offset is asked for; a second poller ends the first."""
    alice = api.user("Alice")
    api.say(api.private_chat(alice), alice, "hello")
    first = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [first[0].update_id]
    assert await bot.get_updates(offset=first[0].update_id + 1) == ()
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    await api.wait_until(lambda: len([c for c in api.calls("getUpdates") if not c.status]) == 1)
    async with Bot(api.token, base_url=f"{api.url}/bot") as other:
        await other.get_updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await polling


async def test_privacy_mode(api: FakeBotApi, bot: Bot) -> None:
    """In a group the bot is told of commands, mentions and replies to itself, and of nothing else."""
    alice = api.user("Alice")
    group = api.group("News", members=[alice])
    own = await bot.send_message(group.id, "hello")
    reply_to = group.messages[own.message_id]
    api.say(group, alice, "between us")
    api.say(group, alice, "/ask@other_bot x")
    wanted = ["/ask x", f"/ask@{api.bot.username} x", f"hey @{api.bot.username}!"]
    for text in wanted:
        api.say(group, alice, text)
    api.say(group, alice, "really?", reply_to=reply_to)
    seen = [update.message for update in await bot.get_updates()]
    assert [m.text for m in seen if m] == [*wanted, "really?"]
    assert seen[-1] is not None
    assert seen[-1].reply_to_message == own


def _button(text: str = "x", **kind: Any) -> dict[str, Any]:
    return {"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton(text, **kind)]])}


async def test_topics(api: FakeBotApi, bot: Bot) -> None:
    """A closed topic takes no message, and a reply goes to the topic of its message by itself."""
    alice = api.user("Alice")
    forum = api.supergroup("News", members=[alice], forum=True)
    closed, topic = forum.topic("Old", closed=True), forum.topic("Iraq")
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(forum.id, "x", message_thread_id=closed.id)
    said = api.say(forum, alice, "/ask x", topic=topic)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    sent = await bot.send_message(forum.id, "x", reply_parameters=ReplyParameters(said.id))
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    assert await bot.send_chat_action(forum.id, "typing", message_thread_id=topic.id)


async def test_edits(api: FakeBotApi, bot: Bot) -> None:
    """An edit keeps the version before it; one that changes nothing, or has nothing to change, is refused."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    sent = await bot.send_message(chat.id, "one", **_button(callback_data="1"))
    stored = chat.messages[sent.message_id]
    with pytest.raises(BadRequest, match="are exactly the same as a current content"):
        await bot.edit_message_text("one", chat.id, stored.id, **_button(callback_data="1"))
    await bot.edit_message_text("<i>two</i>", chat.id, stored.id, parse_mode="HTML")
    assert (stored.text, stored.buttons, [version.text for version in stored.edits]) == ("two", [], ["one"])
    await bot.edit_message_reply_markup(chat.id, stored.id, **_button(callback_data="2"))
    assert stored.buttons[0].callback_data == "2"
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat.id, 404)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", chat.id, api.say(chat, alice, "mine").id)
    await bot.delete_message(chat.id, stored.id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat.id, stored.id)
    assert api.replies(chat) == []


async def test_files(api: FakeBotApi, bot: Bot) -> None:
    """A file comes back byte for byte; one over 20 MB, and one that is unknown, are refused."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    said = api.upload(chat, alice, "brief é.txt", b"three rockets", "text/plain", caption="/add")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption_entities[0].type == "bot_command"
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"three rockets"
    large = api.upload(chat, alice, "large.pdf", b"", size=21 * 1024 * 1024)
    assert large.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(large.document.id)
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")
    sent = await bot.send_document(chat.id, b"a,b", filename="a.csv", caption="<b>x</b>", parse_mode="HTML")
    assert (sent.caption, sent.document.file_name if sent.document else "") == ("x", "a.csv")
    assert await bot.set_message_reaction(chat.id, said.id, "👍")
    assert said.reactions == [{"type": "emoji", "emoji": "👍"}]


async def test_presses_and_inline_queries(api: FakeBotApi, bot: Bot) -> None:
    """A press carries the button's data and is answered once."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    sent = await bot.send_message(chat.id, "x", **_button("Show", callback_data="show:1"))
    press, query = api.press(chat.messages[sent.message_id], alice, "Show"), api.inline(alice, "rockets")
    first, second = await bot.get_updates()
    assert first.callback_query is not None
    assert first.callback_query.data == "show:1"
    await first.callback_query.answer("there")
    assert (await api.wait_for_answer(press))["text"] == "there"
    with pytest.raises(BadRequest, match="Query is too old"):
        await first.callback_query.answer()
    assert second.inline_query is not None
    await second.inline_query.answer([])
    assert (await api.wait_for_answer(query))["results"] == []


async def test_chats_commands_and_membership(api: FakeBotApi, bot: Bot) -> None:
    """Members, commands by language and the bot's own comings and goings are kept."""
    alice, bob = api.user("Alice"), api.user("Bob")
    group = api.supergroup("News", members=[alice], admins=[bob], username="news")
    assert (await bot.get_chat("@news")).title == "News"
    assert [m.user.id for m in await bot.get_chat_administrators(group.id)] == [bob.id]
    assert (await bot.get_chat_member(group.id, alice.id)).status == "member"
    await bot.set_my_commands([("ask", "Ask the news")], language_code="de")
    assert [c.command for c in await bot.get_my_commands(language_code="de")] == ["ask"]
    assert await bot.get_my_commands() == ()
    api.member_update(group, "administrator", by=bob)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "administrator"
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "x")


async def test_drafts(api: FakeBotApi, bot: Bot) -> None:
    """Drafts are kept until the message comes."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    await bot.send_message_draft(chat.id, 1, "thr")
    await bot.send_message_draft(chat.id, 1, "three")
    assert api.state.drafts == {(chat.id, 1): ["thr", "three"]}
    await bot.send_message(chat.id, "three")
    assert api.state.drafts == {}
