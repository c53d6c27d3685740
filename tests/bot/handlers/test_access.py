"""Who may use the bot."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest

from bot.chats import ChatSettings
from bot.handlers.access import is_allowed
from bot.settings import Settings
from bot.words import words_of
from index.errors import StoreError
from index.news_index import NewsIndex
from tests.bot.group_senders import press_forged, until_handled
from tests.bot.harness import Bot, running_bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

ALICE, BOB, GROUP, OTHER = 1, 2, -100, -200
ALLOWED = {
    "nobody is listed": ({}, {ALICE: True, GROUP: True}),
    "empty lists": (
        {"allowed_telegram_user_ids": "", "allowed_telegram_group_ids": ""},
        {ALICE: True, GROUP: True},
    ),
    "one user": ({"allowed_telegram_user_ids": "1"}, {ALICE: True, BOB: False, GROUP: True}),
    "one group": ({"allowed_telegram_group_ids": "-100"}, {ALICE: True, GROUP: True, OTHER: False}),
    "an admin": (
        {"admin_user_ids": "1", "allowed_telegram_user_ids": "9", "allowed_telegram_group_ids": "-9"},
        {ALICE: True, BOB: False, GROUP: True},
    ),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_rules(case: str) -> None:
    """Users, groups and admins are let in as `.env.example` says; in groups here it is Alice who writes."""
    lists, expected = ALLOWED[case]
    settings = Settings.model_validate(lists)
    for chat, allowed in expected.items():
        user = chat if chat > 0 else ALICE
        assert is_allowed(settings, chat, user, private=chat > 0) is allowed


def test_stranger_in_a_group_of_any_kind() -> None:
    """Where all groups are allowed, the list of users decides in them; a listed group is open to its members."""
    anywhere = Settings.model_validate({"allowed_telegram_user_ids": "1"})
    assert not is_allowed(anywhere, GROUP, BOB, private=False)
    listed = Settings.model_validate({"allowed_telegram_user_ids": "1", "allowed_telegram_group_ids": "-100"})
    assert is_allowed(listed, GROUP, BOB, private=False)
    assert is_allowed(listed, GROUP, None, private=False)


class Guarded:
    """A bot for Alice alone, with what a stranger may try on it."""

    def __init__(self, bot: Bot, alice: User) -> None:
        self.bot, self.api, self.alice = bot, bot.api, alice
        self.bob = bot.api.user("Bob", language_code="de")

    async def answered_nothing(self, chat: Chat) -> bool:
        """Whether nothing was said in a chat."""
        return await self.bot.said_nothing(chat)


@pytest.fixture
async def guarded(api: FakeBotApi, news: NewsIndex) -> AsyncIterator[Guarded]:
    alice = api.user("Alice")
    async with running_bot(api, news, allowed_telegram_user_ids=str(alice.id)) as bot:
        yield Guarded(bot, alice)


async def test_a_stranger_in_private(guarded: Guarded) -> None:
    """A stranger gets one polite line a day, in their language and with the id that the owner needs."""
    chat = guarded.api.private_chat(guarded.bob)
    first = await guarded.bot.reply_to(guarded.api.say(chat, guarded.bob, "/help"))
    assert first.text == words_of("de")("access-private-bot", id=str(guarded.bob.id))
    assert str(guarded.bob.id) in first.text
    guarded.api.say(chat, guarded.bob, "Hello?")
    await until_handled(guarded.bot)
    assert guarded.api.replies(chat) == [first]


async def test_a_stranger_s_other_updates(guarded: Guarded) -> None:
    """Edits and inline queries of strangers get no answer, a press an empty one, and no handler sees them."""
    api, bob = guarded.api, guarded.bob
    chat = api.private_chat(bob)
    message = api.say(chat, bob, "/help")
    menu = await guarded.bot.reply_to(message)
    api.edit(message, "/help me")
    query = api.inline(bob, "how many rockets hit the embassy?")
    press = press_forged(api, bob, "set:1:sources:off", menu)
    answer = await api.wait_for_answer(press)
    await until_handled(guarded.bot)
    assert answer.get("text") is None
    assert query.answer is None
    assert api.replies(chat) == [menu]
    assert await guarded.bot.application.bot_data.state.chats.settings(chat.id) == ChatSettings()


async def test_a_stranger_in_a_group(guarded: Guarded) -> None:
    """In a group a stranger gets not a word, while the one who may use the bot is answered."""
    api, alice, bob = guarded.api, guarded.alice, guarded.bob
    group = api.group("News room", members=[alice, bob])
    api.say(group, bob, "/help")
    assert await guarded.answered_nothing(group)
    assert (await guarded.bot.reply_to(api.say(group, alice, "/help"))).text


async def test_a_stranger_adds_and_removes_the_bot(guarded: Guarded) -> None:
    """Where a stranger puts the bot it stays silent, and that it is out again is noted whoever did it."""
    api, bob = guarded.api, guarded.bob
    group = api.group("Strangers", members=[bob])
    group.statuses[api.bot.id] = "left"
    api.member_update(group, "member", by=bob)
    assert await guarded.answered_nothing(group)
    api.member_update(group, "kicked", by=bob)
    await until_handled(guarded.bot)
    assert await guarded.bot.gone_from(group)


async def test_a_group_on_the_list_stays_on_it(api: FakeBotApi, news: NewsIndex) -> None:
    """A listed group that becomes a supergroup is still let in; another supergroup is not."""
    bob = api.user("Bob")
    group, other = (api.group(title, members=[bob]) for title in ("News room", "Canteen"))
    async with running_bot(api, news, allowed_telegram_group_ids=str(group.id)) as bot:
        supergroup, stranger = api.migrate(group), api.migrate(other)
        await until_handled(bot)
        assert (await bot.reply_to(api.say(supergroup, bob, "/help"))).text
        api.say(stranger, bob, "/help")
        assert await bot.said_nothing(stranger)


async def test_a_failing_gate_lets_nobody_in(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it cannot be told who may do what, the update goes no further, whoever sent it."""
    api, alice, bob = guarded.api, guarded.alice, guarded.bob
    helped = words_of("en")("help-heading")
    group = api.group("News room", members=[alice], bot_admin=True)

    async def fail(*_: object, **__: object) -> None:
        raise StoreError("The bot's own records cannot be read.")

    state = guarded.bot.application.bot_data.state
    monkeypatch.setattr(type(state.chats), "settings", fail)
    monkeypatch.setattr(type(state.usage), "first_today", fail)
    for user in (alice, bob):
        chat = api.private_chat(user)
        api.say(chat, user, "/help")
        await until_handled(guarded.bot)
        assert len(api.replies(chat)) == 1
        assert helped not in api.replies(chat)[0].text
    api.say(group, alice, "Good morning, all")
    assert await guarded.answered_nothing(group)


@pytest.mark.parametrize(
    ("chat_language", "user_language", "spoken"),
    [(None, None, "en"), (None, "ru", "ru"), (None, "pt-br", "en"), ("es", "ru", "es"), ("es", None, "es")],
)
@pytest.mark.parametrize("private", [True, False])
async def test_the_language_of_an_update(
    bot: Bot, chat_language: str | None, user_language: str | None, spoken: str, private: bool
) -> None:
    """The chat's own language goes first, then that of who writes, then English."""
    alice = bot.api.user("Alice", language_code=user_language)
    chat = bot.api.private_chat(alice) if private else bot.api.group("News room", members=[alice])
    await bot.application.bot_data.state.chats.save(chat.id, ChatSettings(chat_language))
    reply = await bot.reply_to(bot.api.say(chat, alice, "/help"))
    assert words_of(spoken)("help-heading") in reply.text


async def test_an_inline_query_is_under_the_private_settings(bot: Bot) -> None:
    """Whoever asks from another chat is spoken to as in the private chat with the bot."""
    alice = bot.api.user("Alice", language_code="ru")
    await bot.application.bot_data.state.chats.save(alice.id, ChatSettings("es"))
    answer = await bot.api.wait_for_answer(bot.api.inline(alice, "hm"))
    assert answer["button"]["text"] == words_of("es")("inline-hint")


async def test_who_writes_again_is_no_longer_gone(bot: Bot) -> None:
    """A message shows that the bot is back in a chat, though nobody told it so."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await bot.application.bot_data.state.chats.left(chat.id)
    assert await bot.gone_from(chat)
    later = Message(chat, chat.take_id(), alice, text="Hello", date=time.time() + 60)
    bot.api.state.updates.add("message", bot.api.state.store(later).json())
    await until_handled(bot)
    assert not await bot.gone_from(chat)
