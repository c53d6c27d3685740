"""Passage buttons in a chat."""

from __future__ import annotations

import pytest

from tests.bot.harness import QUESTION, QUOTE, STORY, Bot
from tests.helpers.bot_api.records import Message, User
from tests.helpers.bot_api.state import Press


def forge(bot: Bot, message: Message, user: User, data: str) -> Press:
    """A press of the message's first button with other data."""
    assert message.reply_markup is not None
    button = message.reply_markup["inline_keyboard"][0][0]
    honest, button["callback_data"] = button["callback_data"], data
    press = bot.api.press(message, user, button["text"])
    button["callback_data"] = honest
    return press


async def test_passage(bot: Bot) -> None:
    """The button shows the quote in bold in its paragraph, with title, source, date and link, in the same topic."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    forum = bot.api.supergroup("News room", members=[alice], forum=True)
    topic = forum.topic("Baghdad")
    answer = await bot.reply_to(bot.api.say(forum, alice, f"/ask {QUESTION}", topic=topic))
    press = bot.api.press(answer, alice, "Passage 1")
    shown = await bot.api.wait_for_message(forum, after=answer)
    assert "show_alert" not in await bot.api.wait_for_answer(press)
    assert shown.text == (
        "Rockets hit <embassy> & canteen – The Daily Example, 26 January 2020\n\n"
        f"Smoke rose over the river. {QUOTE} One person was slightly hurt."
    )
    assert shown.html is not None
    assert f"<b>{QUOTE}</b>" in shown.html
    assert shown.links == [STORY.url]
    assert shown.topic is topic
    assert shown.reply_to is answer


async def test_button_outlives_a_restart_but_not_a_change(bot: Bot) -> None:
    """A button whose article no longer reads so says that the passage is gone."""
    (added,) = await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    answer = await bot.reply_to(bot.api.say(chat, alice, QUESTION))
    data = answer.buttons[0].callback_data
    assert data is not None
    start = STORY.text.index(QUOTE)
    press = forge(bot, answer, alice, data.replace(f":{start}:", f":{start + 1}:"))
    assert (await bot.api.wait_for_answer(press))["show_alert"]
    assert added.article.id in data


async def test_in_another_language(bot: Bot) -> None:
    """The button, the date and the line about a passage that is gone are in the user's language."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice", language_code="es")
    chat = bot.api.private_chat(alice)
    answer = await bot.reply_to(bot.api.say(chat, alice, QUESTION))
    bot.api.press(answer, alice, "Pasaje 1")
    shown = await bot.api.wait_for_message(chat, after=answer)
    assert shown.text.startswith("Rockets hit <embassy> & canteen – The Daily Example, 26 de enero de 2020\n\n")
    alert = await bot.api.wait_for_answer(forge(bot, answer, alice, "p:x:0:5:AAAA"))
    assert alert["text"] == "Este pasaje ya no está aquí."


async def test_another_chats_article(bot: Bot) -> None:
    """Data that names an article of another chat shows nothing of it."""
    await bot.news.add([STORY])
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    hers, his = bot.api.private_chat(alice), bot.api.private_chat(bob)
    secret = "Three short knocks are the secret handshake of the press room. Nobody else knows it."
    await bot.reply_to(bot.api.say(hers, alice, f"/add {secret}"))
    answer = await bot.reply_to(bot.api.say(hers, alice, "What is the secret handshake of the press room?"))
    own = answer.buttons[0].callback_data
    assert own is not None
    other = await bot.reply_to(bot.api.say(his, bob, QUESTION))
    alert = await bot.api.wait_for_answer(forge(bot, other, bob, own))
    assert alert["text"] == "This passage is no longer here."
    assert alert["show_alert"]
    await bot.api.settle()
    assert len(bot.api.replies(his)) == 1


@pytest.mark.parametrize(
    "data", ["p:x:0:5:AAAA", "p:", "p:../../etc:0:1:AAAA", "x", "s:-1", "s:1;drop", "p:a:9999999999:1:AAAA"]
)
async def test_forged_data(bot: Bot, data: str) -> None:
    """Any forged data gets the same short alert."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    answer = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, QUESTION))
    alert = await bot.api.wait_for_answer(forge(bot, answer, alice, data))
    assert alert["text"] == "This passage is no longer here."
