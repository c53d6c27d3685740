"""What a chat sees while an answer is being written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot import streaming
from index.errors import StoreError
from index.types import Answer, Progress, Status
from tests.bot.harness import running_bot
from tests.helpers.bot_api.records import Chat, User
from tests.helpers.bot_api.server import FakeBotApi

Show = Callable[[Progress], None]
FINAL = "Three rockets"


class Writing:
    """An index that says how far it is, and goes on when told to."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.asked = asyncio.Event()
        self.show: Show | None = None
        self.error: Exception | None = None

    async def ask(self, question: str, *_: object, on_progress: Show, **__: object) -> Answer:
        self.show = on_progress
        on_progress(Progress("searching"))
        self.asked.set()
        await self.go_on.wait()
        if self.error:
            raise self.error
        return Answer(question, Status.ANSWERED, short_answer=FINAL)

    def write(self, text: str) -> None:
        assert self.show
        self.show(Progress("writing", text))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (
        ("DRAFT_AFTER", 0.01),
        ("DRAFT_EVERY", 0.02),
        ("MESSAGE_AFTER", 0.01),
        ("MESSAGE_EVERY", 0.02),
    ):
        monkeypatch.setattr(streaming, name, seconds)


@pytest.fixture
def writing() -> Writing:
    return Writing()


@pytest.fixture
def alice(api: FakeBotApi) -> User:
    return api.user("Alice")


def texts(api: FakeBotApi, chat: Chat) -> list[str]:
    return [message.text for message in api.replies(chat)]


async def until_shown(api: FakeBotApi, chat: Chat, text: str) -> None:
    await api.wait_until(lambda: any(text in shown for shown in texts(api, chat)), chat=chat)


async def test_drafts_in_private(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """In a private chat a draft shows what is checked so far; the reply is one real message, and no other stays."""
    chat = api.private_chat(alice)
    async with running_bot(api, writing):
        asked = api.say(chat, alice, "How many?")
        await writing.asked.wait()
        await api.wait_until(lambda: bool(api.calls("sendMessageDraft")))
        writing.write("Three rockets hit. [1]")
        await api.wait_until(lambda: len(api.calls("sendMessageDraft")) == 2)
        assert texts(api, chat) == []
        writing.go_on.set()
        reply = await api.wait_for_message(chat, after=asked)
        await api.settle()
    assert [call.params["text"] for call in api.calls("sendMessageDraft")] == [
        "Looking through the articles …",
        "Three rockets hit. [1] …",
    ]
    assert len({call.params["draft_id"] for call in api.calls("sendMessageDraft")}) == 1
    assert texts(api, chat) == [FINAL]
    assert reply.edits == []


async def test_an_edited_message_in_a_group(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """In a group one message, in reply to the question, changes until it is the answer, and loses its button then."""
    group = api.supergroup("News room", members=[alice])
    async with running_bot(api, writing):
        asked = api.say(group, alice, "/ask How many?")
        await until_shown(api, group, "Looking through the articles …")
        (shown,) = api.replies(group)
        assert shown.button_texts == ["Stop"]
        writing.write("Three rockets hit. [1]")
        await until_shown(api, group, "Three rockets hit. [1] …")
        writing.go_on.set()
        await until_shown(api, group, FINAL)
        await api.settle()
    assert api.replies(group) == [shown]
    assert shown.reply_to is asked
    assert (shown.text, shown.button_texts) == (FINAL, [])
    assert not api.calls("sendMessageDraft")


async def test_a_quick_answer_needs_no_passing_message(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """An answer that comes at once is sent as it is."""
    group = api.group("News room", members=[alice])
    streaming.MESSAGE_AFTER = 5.0
    writing.go_on.set()
    async with running_bot(api, writing):
        asked = api.say(group, alice, "/ask How many?")
        reply = await api.wait_for_message(group, after=asked)
        await api.settle()
    assert reply.text == FINAL
    assert not api.calls("editMessageText")


@pytest.mark.parametrize("method", ["sendMessageDraft", "editMessageText"])
async def test_a_reply_comes_though_showing_fails(api: FakeBotApi, writing: Writing, alice: User, method: str) -> None:
    """When drafts or edits are refused, the plain reply still arrives."""
    chat = api.private_chat(alice) if method == "sendMessageDraft" else api.group("News room", members=[alice])
    api.fail(method=method, times=9, status=400, description="Bad Request: message can't be edited")
    async with running_bot(api, writing):
        api.say(chat, alice, "/ask How many?")
        await writing.asked.wait()
        await asyncio.sleep(0.1)
        writing.write("Three rockets hit. [1]")
        await asyncio.sleep(0.1)
        writing.go_on.set()
        await until_shown(api, chat, FINAL)


async def test_slower_after_a_flood_limit(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """When Telegram asks to wait, changes pause and then come at half the pace, and the reply is delivered."""
    group = api.group("News room", members=[alice])
    async with running_bot(api, writing):
        api.say(group, alice, "/ask How many?")
        await until_shown(api, group, "Looking")
        api.flood(method="editMessageText", retry_after=1)
        writing.write("One")
        await api.wait_until(lambda: bool(api.calls("editMessageText")))
        writing.write("One. Two")
        await asyncio.sleep(0.3)
        assert len(api.calls("editMessageText")) == 1
        writing.go_on.set()
        await until_shown(api, group, FINAL)


async def test_a_failure_leaves_no_passing_message(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """When the answer fails, only the apology stays."""
    group = api.group("News room", members=[alice])
    writing.error = StoreError("The articles cannot be read.")
    async with running_bot(api, writing):
        api.say(group, alice, "/ask How many?")
        await until_shown(api, group, "Looking")
        writing.go_on.set()
        await until_shown(api, group, "The articles cannot be read.")
        await api.settle()
    assert texts(api, group) == ["The articles cannot be read."]


async def test_long_text_is_cut_while_it_passes(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """A text of any length and script can be shown while it is written."""
    chat = api.private_chat(alice)
    async with running_bot(api, writing):
        api.say(chat, alice, "How many?")
        await writing.asked.wait()
        writing.write("🚀" * 9000)
        await api.wait_until(lambda: bool(api.calls("sendMessageDraft")))
        writing.go_on.set()
        await until_shown(api, chat, FINAL)
    assert api.violations == []
    assert all(call.status == 200 for call in api.calls("sendMessageDraft"))


@pytest.mark.parametrize("who", ["asker", "admin"])
async def test_stop_button(api: FakeBotApi, writing: Writing, alice: User, who: str) -> None:
    """Whoever asked, or an admin, can stop the answer with the button; others are told that they cannot."""
    bob, carol = api.user("Bob"), api.user("Carol")
    presser = alice if who == "asker" else carol
    group = api.supergroup("News room", members=[alice, bob], admins=[carol])
    async with running_bot(api, writing):
        api.say(group, alice, "/ask How many?")
        await until_shown(api, group, "Looking")
        (shown,) = api.replies(group)
        refused = await api.wait_for_answer(api.press(shown, bob, "Stop"))
        assert refused["show_alert"]
        assert "Only the person who asked" in refused["text"]
        await api.wait_for_answer(api.press(shown, presser, "Stop"))
        await until_shown(api, group, "Stopped.")
        await api.settle()
    assert texts(api, group) == ["Stopped."]


async def test_cancel_command(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """/cancel stops the sender's question, and says so when there is none; somebody else's goes on."""
    bob = api.user("Bob")
    group = api.supergroup("News room", members=[alice, bob])
    async with running_bot(api, writing):
        api.say(group, alice, "/ask How many?")
        await writing.asked.wait()
        api.say(group, bob, "/cancel@askwire_test_bot")
        await until_shown(api, group, "There is nothing to stop")
        api.say(group, alice, "/cancel@askwire_test_bot")
        await until_shown(api, group, "Stopped.")
        await api.settle()
    assert len([text for text in texts(api, group) if text == "Stopped."]) == 1
    assert not any(FINAL in text for text in texts(api, group))


async def test_forged_stop_data(api: FakeBotApi, writing: Writing, alice: User) -> None:
    """A made-up number in a button stops nothing."""
    group = api.supergroup("News room", members=[alice])
    async with running_bot(api, writing):
        api.say(group, alice, "/ask How many?")
        await until_shown(api, group, "Looking")
        (shown,) = api.replies(group)
        assert shown.reply_markup
        shown.reply_markup["inline_keyboard"][0][0]["callback_data"] = "stop:999999"
        await api.wait_for_answer(api.press(shown, alice, "Stop"))
        writing.go_on.set()
        await until_shown(api, group, FINAL)
