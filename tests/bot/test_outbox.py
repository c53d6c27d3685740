"""Every reply arrives once, whatever becomes of the connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ApplicationBuilder, ExtBot

from bot import outbox as outbox_module
from bot.inbox import Inbox, Kind
from bot.incoming import Place
from bot.outbox import Outbox, TakenOverError
from bot.ratelimit import RateLimiter
from bot.replies import Part, Reply
from bot.traces import find_unnoted
from index.errors import StoreError
from tests.bot.harness import a_state
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

LATER = Part("<b>Later</b>", "Later")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "_FIRST_WAIT", 0.01)


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    async with a_state() as state:
        yield state.inbox


@pytest.fixture
async def telegram(api: FakeBotApi) -> AsyncIterator[ExtBot[Any]]:
    application = (
        ApplicationBuilder()
        .token(api.token)
        .base_url(f"{api.url}/bot")
        .rate_limiter(RateLimiter())
        .updater(None)
        .build()
    )
    async with application:
        yield application.bot


@pytest.fixture
def outbox(telegram: ExtBot[Any], inbox: Inbox) -> Outbox:
    return Outbox(telegram, inbox, 5)


@pytest.fixture
def alice(api: FakeBotApi) -> User:
    return api.user("Alice")


@pytest.fixture
def asked(api: FakeBotApi, alice: User) -> Message:
    """A question in a group, and somebody's remark behind it."""
    group = api.supergroup("Newsroom", members=[alice])
    question = api.say(group, alice, "/ask How many?")
    api.say(group, alice, "I wonder, too")
    return question


def place_of(message: Message) -> Place:
    return Place(message.chat.id, None, message.id)


def texts(api: FakeBotApi, chat: Chat) -> list[str]:
    return [message.text for message in api.replies(chat)]


async def test_a_sent_message_is_noted(outbox: Outbox, inbox: Inbox, api: FakeBotApi, asked: Message) -> None:
    """The ids of a reply are returned, and noted."""
    (sent,) = await outbox.send(place_of(asked), Reply.text("Three"))
    assert [message.id for message in api.replies(asked.chat)] == [sent]
    assert await inbox.noted(asked.chat.id, asked.id) == {sent}


@pytest.mark.parametrize("after", [False, True], ids=["before it arrived", "after it arrived"])
async def test_a_cut_connection(outbox: Outbox, api: FakeBotApi, asked: Message, after: bool) -> None:
    """When the connection breaks, the reply is there once, whether or not Telegram had taken it."""
    api.drop(method="sendMessage", after=after)
    (sent,) = await outbox.send(place_of(asked), Reply.text("Three"))
    assert texts(api, asked.chat) == ["Three"]
    assert api.replies(asked.chat)[0].id == sent


async def test_a_cut_connection_behind_no_question(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """A message that answers nobody, such as a digest, arrives once, too, in a chat that had one before."""
    place = Place(asked.chat.id)
    await outbox.send(place, Reply.text("Yesterday's news"))
    api.drop(method="sendMessage", after=True)
    await outbox.send(place, Reply.text("Today's news"))
    assert texts(api, asked.chat) == ["Yesterday's news", "Today's news"]


async def test_buttons_survive_a_cut_connection(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """A reply that had arrived without our knowing keeps its buttons."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Passage 1", callback_data="x")]])
    api.drop(method="sendMessage", after=True)
    await outbox.send(place_of(asked), Reply(Reply.text("Three").parts, buttons))
    (reply,) = api.replies(asked.chat)
    assert reply.button_texts == ["Passage 1"]


async def test_a_server_that_is_away_for_a_while(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """The reply is repeated for as long as the server fails."""
    api.fail(method="sendMessage", times=4, status=502)
    await outbox.send(place_of(asked), Reply.text("Three"))
    assert texts(api, asked.chat) == ["Three"]


async def test_each_part_arrives_once(outbox: Outbox, api: FakeBotApi, asked: Message, inbox: Inbox) -> None:
    """A long reply whose parts are cut off in turn is whole, in order; only its end is final."""
    api.drop(method="sendMessage", times=1, after=True)
    parts = tuple(Part(word, word) for word in ("One", "Two", "Three"))
    ids = await outbox.send(place_of(asked), Reply(parts))
    assert texts(api, asked.chat) == ["One", "Two", "Three"]
    assert await inbox.noted(asked.chat.id, 0) == set(ids)


async def test_a_chat_that_takes_nothing(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """A reply into a chat that threw the bot out is given up without an error."""
    api.kick(asked.chat)
    assert await outbox.send(place_of(asked), Reply.text("Three")) == []


async def test_other_refusals_are_errors(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """What is refused for a reason of the message is raised."""
    api.fail(method="sendMessage", status=400, description="Bad Request: something new")
    with pytest.raises(BadRequest):
        await outbox.send(place_of(asked), Reply.text("Three"))


async def test_a_group_that_becomes_a_supergroup(outbox: Outbox, api: FakeBotApi, alice: User) -> None:
    """The reply follows a group that has another id now."""
    group = api.group("Newsroom", members=[alice])
    question = api.say(group, alice, "/ask How many?")
    supergroup = api.migrate(group)
    await outbox.send(place_of(question), Reply.text("Three"))
    assert texts(api, supergroup) == ["Three"]


async def test_a_move_is_told_once(outbox: Outbox, api: FakeBotApi, alice: User) -> None:
    """A long reply tells of the group's new id once, before its first part; all its parts arrive in the supergroup."""
    moves: list[tuple[int, int, int]] = []

    async def moved(old: int, new: int) -> None:
        moves.append((old, new, len(api.replies(supergroup))))

    group = api.group("Newsroom", members=[alice])
    question = api.say(group, alice, "/ask How many?")
    supergroup = api.migrate(group)
    parts = tuple(Part(word, word) for word in ("One", "Two", "Three"))
    await replace(outbox, on_moved=moved).send(place_of(question), Reply(parts))
    assert texts(api, supergroup) == ["One", "Two", "Three"]
    assert moves == [(group.id, supergroup.id, 0)]


async def test_a_reply_arrives_when_the_move_fails(outbox: Outbox, api: FakeBotApi, alice: User) -> None:
    """Records that cannot be moved now keep nobody from the reply."""

    async def failing(*_: int) -> None:
        raise StoreError("no space")

    group = api.group("Newsroom", members=[alice])
    question = api.say(group, alice, "/ask How many?")
    supergroup = api.migrate(group)
    assert await replace(outbox, on_moved=failing).send(place_of(question), Reply.text("Three"))
    assert texts(api, supergroup) == ["Three"]


async def test_a_message_is_changed_in_the_chat_that_it_is_in(outbox: Outbox, api: FakeBotApi, alice: User) -> None:
    """What followed a group to its new id is changed and deleted there; what stayed behind is left to be sent anew."""
    group = api.group("Newsroom", members=[alice])
    place = place_of(api.say(group, alice, "/ask How many?"))
    (behind,) = await outbox.send(place, Reply.text("Wait …"), Kind.PASSING)
    supergroup = api.migrate(group)
    supergroup.next_id = behind  # a supergroup counts its messages anew
    assert await replace(outbox, update_id=6).send(place, Reply.text("Other")) == [behind]
    assert not await outbox.edit(place, behind, LATER, None, Kind.FINAL)
    (there,) = await outbox.send(place, Reply.text("Wait …"), Kind.PASSING)
    assert await outbox.edit(place, there, LATER, None, Kind.FINAL)
    assert texts(api, supergroup) == ["Other", "Later"]
    assert (supergroup.id, there, Kind.FINAL) in await outbox.inbox.sent_for(5)
    await outbox.delete(group.id, behind)
    await outbox.delete(group.id, there)
    assert texts(api, supergroup) == ["Other"]
    assert await outbox.inbox.sent_for(5) == []


async def test_another_processs_update_is_left_alone(
    outbox: Outbox, inbox: Inbox, api: FakeBotApi, asked: Message
) -> None:
    """Nothing is sent or changed for an update that another process took over; when nobody can tell, the reply goes."""
    inbox._leases.shared = True
    await inbox.store(Update(5))
    (sent,) = await outbox.send(place_of(asked), Reply.text("Wait …"), Kind.PASSING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "_owner", "another")
        with pytest.raises(TakenOverError):
            await outbox.send(place_of(asked), Reply.text("Three"))
        with pytest.raises(TakenOverError):
            await outbox.edit(place_of(asked), sent, LATER, None, Kind.FINAL)
        assert texts(api, asked.chat) == ["Wait …"]

        async def failing(_: int) -> bool:
            raise StoreError("no space")

        patch.setattr(inbox, "owns", failing)
        await outbox.send(place_of(asked), Reply.text("Three"))
    assert texts(api, asked.chat) == ["Wait …", "Three"]


async def test_an_edit_replaces_what_stood_there(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """A message is changed in place, also when the connection breaks behind it; saying the same twice is fine."""
    (sent,) = await outbox.send(place_of(asked), Reply.text("Wait …"), Kind.PASSING)
    api.drop(method="editMessageText", after=True)
    assert await outbox.edit(place_of(asked), sent, LATER, None, Kind.FINAL)
    assert texts(api, asked.chat) == ["Later"]


async def test_an_edit_of_a_message_that_is_gone(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """What was deleted cannot be changed, and the caller hears of it."""
    (sent,) = await outbox.send(place_of(asked), Reply.text("Wait …"), Kind.PASSING)
    asked.chat.messages[sent].deleted = True
    assert not await outbox.edit(place_of(asked), sent, LATER, None, Kind.FINAL)


async def test_deleting(outbox: Outbox, api: FakeBotApi, asked: Message, inbox: Inbox) -> None:
    """A message that is taken back is gone, and its note with it; doing so again does no harm."""
    (sent,) = await outbox.send(place_of(asked), Reply.text("Wait …"), Kind.PASSING)
    for _ in range(2):
        await outbox.delete(asked.chat.id, sent)
    assert texts(api, asked.chat) == []
    assert await inbox.noted(asked.chat.id, 0) == set()


async def test_html_that_is_refused(outbox: Outbox, api: FakeBotApi, asked: Message) -> None:
    """When Telegram does not take the HTML, the plain words arrive."""
    await outbox.send(place_of(asked), Reply((Part("<b>broken", "broken"),)))
    assert texts(api, asked.chat) == ["broken"]


async def test_only_unnoted_messages_of_the_bot_are_found(
    outbox: Outbox, telegram: ExtBot[Any], inbox: Inbox, api: FakeBotApi, asked: Message, alice: User
) -> None:
    """Looking for traces finds what the bot sent without noting it, past other people's messages, and nothing else."""
    noted = await outbox.send(place_of(asked), Reply.text("Noted"))
    assert await find_unnoted(telegram, inbox, asked.chat.id, asked.id) is None
    api.say(asked.chat, alice, "Hm")
    unnoted = await telegram.send_message(asked.chat.id, "Not noted")
    assert await find_unnoted(telegram, inbox, asked.chat.id, asked.id) == unnoted.message_id
    assert noted != [unnoted.message_id]
    assert texts(api, asked.chat) == ["Noted", "Not noted"]
