"""/catchup export, wipe and import."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.chats import ChatSettings
from bot.talk_export import talk_files
from bot.words import words_of
from tests.bot.group_senders import say_as_chat, until_handled
from tests.bot.handlers.test_catchup import asked, never_started
from tests.bot.handlers.test_talk_log import api as api  # noqa: PLC0414 - a fixture
from tests.bot.harness import Bot, a_state
from tests.bot.talk import log_of, message, say_all, switch_on, texts_kept
from tests.helpers.bot_api.records import Chat, Message, User

WORDS = words_of("en")
REFUSED = WORDS("talk-admins-only")


async def given(bot: Bot) -> tuple[User, User, Chat]:
    """An admin who has started the bot, a member, and their supergroup, whose talk is kept."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    bot.api.private_chat(alice)
    group = bot.api.supergroup("News room", members=[bob], admins=[alice])
    await switch_on(bot, group)
    return alice, bob, group


def export_of(chat: Chat, *messages: dict[str, object]) -> bytes:
    """Telegram Desktop's export of a chat."""
    kind = "private_supergroup" if chat.type == "supergroup" else "private_group"
    number = int(str(chat.id).removeprefix("-100") if chat.type == "supergroup" else -chat.id)
    return json.dumps({"name": chat.title, "type": kind, "id": number, "messages": list(messages)}).encode()


def exported(number: int, text: str, user: User, age: timedelta = timedelta(hours=2)) -> dict[str, object]:
    """A message in it."""
    at = datetime.now(UTC) - age
    return {
        "id": number,
        "type": "message",
        "date": at.isoformat(),
        "date_unixtime": str(int(at.timestamp())),
        "from": user.first_name,
        "from_id": f"user{user.id}",
        "text": text,
    }


async def sent_in(bot: Bot, chat: Chat, user: User, data: bytes, caption: str = "/catchup import") -> str:
    """What the bot says to a file."""
    said = bot.api.upload(chat, user, "result.json", data, "application/json", caption=caption)
    reply = await bot.reply_to(said)
    await until_handled(bot)
    return reply.text


async def test_export(bot: Bot) -> None:
    """An admin gets the log as JSON lines in private, all topics of this group and nothing else; the group a line."""
    alice, bob, group = await given(bot)
    other = bot.api.supergroup("Other", members=[bob])
    await switch_on(bot, other)
    await say_all(bot, other, bob, "elsewhere")
    [said] = await say_all(bot, group, bob, "Es regnet – مطر https://a.example")
    await log_of(bot).store(group.id, [message(9999, "in a topic", topic_id=5)])
    assert (await asked(bot, group, alice, "export")).text == WORDS("talk-in-private")
    [file] = bot.api.replies(bot.api.private_chat(alice))
    assert file.document is not None
    assert (file.document.name, file.caption) == ("talk-1.jsonl", WORDS("talk-exported", group="News room"))
    lines = [json.loads(line) for line in file.document.data.decode().splitlines()]
    assert [(line["message_id"], line["topic_id"]) for line in lines] == [(said.id, None), (9999, 5)]
    assert lines[0] == {
        "message_id": said.id,
        "topic_id": None,
        "author_id": bob.id,
        "author": "Bob",
        "at": datetime.fromtimestamp(int(said.date), UTC).isoformat(),
        "text": "Es regnet – مطر https://a.example",
        "reply_to": None,
        "links": ["https://a.example"],
    }
    assert not [reply for reply in bot.api.replies(group) if reply.document]
    noted = await bot.application.bot_data.state.inbox.noted(alice.id, 0)
    assert list(noted) == [file.id]


async def test_export_needs_a_private_chat(bot: Bot) -> None:
    """Without one the admin is told what to do, and the group sees no file; an anonymous admin as well."""
    alice, bob, group = await given(bot)
    assert (await asked(bot, group, alice, "export")).text == WORDS("talk-log-empty")
    await say_all(bot, group, bob, "It rains")
    never_started(bot, alice)
    assert (await asked(bot, group, alice, "export")).text == WORDS("talk-start-me")
    assert (await bot.reply_to(say_as_chat(bot.api, group, "/catchup export"))).text == WORDS("talk-start-me")
    assert not await bot.gone_from(bot.api.private_chat(alice))
    assert not [reply for reply in bot.api.replies(group) if reply.document]


async def test_wipe(bot: Bot) -> None:
    """An admin deletes all that is kept of this group, reads how much it was, and the talk goes on being kept."""
    alice, bob, group = await given(bot)
    other = bot.api.supergroup("Other", members=[bob])
    await switch_on(bot, other)
    await say_all(bot, other, bob, "elsewhere")
    await say_all(bot, group, bob, "one", "two")
    assert (await asked(bot, group, alice, "WIPE")).text == WORDS("talk-wiped", count=2)
    assert (await bot.reply_to(say_as_chat(bot.api, group, "/catchup wipe"))).text == WORDS("talk-wiped", count=0)
    await say_all(bot, group, bob, "three")
    assert [await texts_kept(bot, chat) for chat in (group, other)] == [["three"], ["elsewhere"]]


async def test_members_are_refused(bot: Bot) -> None:
    """Who is no admin gets one line, and nothing is sent, deleted or taken in; in private it works for nobody."""
    alice, bob, group = await given(bot)
    await say_all(bot, group, bob, "one")
    for what in ("export", "wipe", "import"):
        assert (await asked(bot, group, bob, what)).text == REFUSED
        assert (await asked(bot, bot.api.private_chat(alice), alice, what)).text == WORDS("talk-only-groups")
    assert await sent_in(bot, group, bob, export_of(group, exported(2, "forged", alice))) == REFUSED
    assert await texts_kept(bot, group) == ["one"]
    assert not bot.api.calls("sendDocument")


async def test_import(bot: Bot) -> None:
    """What was said before the bot came is filled in; nothing that is kept already changes, and twice is once."""
    alice, bob, group = await given(bot)
    [said] = await say_all(bot, group, bob, "heard")
    data = export_of(
        group, exported(2, "before", alice), exported(3, "and more", bob), exported(said.id, "forged", bob)
    )
    assert await sent_in(bot, group, alice, data) == WORDS("talk-imported", count=2)
    assert await texts_kept(bot, group) == ["before", "and more", "heard"]
    assert await sent_in(bot, group, alice, data) == WORDS("talk-imported", count=0)
    assert await texts_kept(bot, group) == ["before", "and more", "heard"]


async def test_import_as_a_reply(bot: Bot) -> None:
    """A file that is in the group already can be pointed at; without any the bot says how it is done."""
    alice, bob, group = await given(bot)
    assert (await asked(bot, group, alice, "import")).text == WORDS("talk-import-how")
    file = bot.api.upload(group, alice, "result.json", export_of(group, exported(2, "before", bob)))
    told = await bot.reply_to(bot.api.say(group, alice, "/catchup import", reply_to=file))
    assert told.text == WORDS("talk-imported", count=1)


async def test_what_an_import_leaves_out(bot: Bot) -> None:
    """Who opted out or forgot, bots, and what is older than it may be kept or later than now."""
    alice, bob, group = await given(bot)
    cem, robot = bot.api.user("Cem"), bot.api.user("Robot")
    robot.is_bot = True
    await log_of(bot).set_opt_out(bob.id, 0, out=True)
    await log_of(bot).forget_person(cem.id, group.id)
    people = (bob, cem, robot, bot.api.bot, alice)
    messages = [exported(n, f"{person.first_name} said", person) for n, person in enumerate(people, 2)]
    old, later = exported(8, "old", alice, timedelta(days=31)), exported(9, "later", alice, -timedelta(hours=1))
    assert await sent_in(bot, group, alice, export_of(group, *messages, old, later)) == WORDS("talk-imported", count=1)
    assert await texts_kept(bot, group) == ["Alice said"]
    await bot.application.bot_data.state.chats.save(group.id, ChatSettings(talk=True, retention_days=90))
    assert await sent_in(bot, group, alice, export_of(group, *messages, old, later)) == WORDS("talk-imported", count=1)
    assert await texts_kept(bot, group) == ["Alice said", "old"]


async def test_import_of_something_else(bot: Bot) -> None:
    """Another chat's export, another or too large a file is refused; where talk is off, nothing is kept."""
    alice, bob, group = await given(bot)
    other = bot.api.supergroup("Other", admins=[alice])
    forged = export_of(other, exported(2, "elsewhere", bob))
    assert await sent_in(bot, group, alice, forged) == WORDS("talk-import-other")
    assert "no valid JSON" in await sent_in(bot, group, alice, b"{")
    assert await sent_in(bot, group, alice, b'{"title": "News"}') == WORDS("talk-import-other")
    assert await sent_in(bot, other, alice, forged) == WORDS("talk-off")
    large = bot.api.upload(group, alice, "result.json", b"{}", caption="/catchup import", size=30_000_000)
    assert "20 MB" in (await bot.reply_to(large)).text
    assert list(await log_of(bot).chats()) == []


async def test_import_into_a_plain_group_that_becomes_a_supergroup(bot: Bot) -> None:
    """A plain group's export is taken from before all that was heard, once, also when the group has moved on."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News room", members=[bob], admins=[alice])
    await switch_on(bot, group)
    await say_all(bot, group, bob, "heard")
    data = export_of(group, exported(900, "before", bob), exported(901, "heard", bob, timedelta(seconds=-1)))
    assert await sent_in(bot, group, alice, data) == WORDS("talk-imported", count=1)
    supergroup = bot.api.migrate(group)
    await until_handled(bot)
    assert await texts_kept(bot, supergroup) == ["before", "heard"]
    again = [exported(900 - 1_000_000_000, "before", bob), exported(2, "since", bob)]
    assert await sent_in(bot, supergroup, alice, export_of(supergroup, *again)) == WORDS("talk-imported", count=1)
    assert await texts_kept(bot, supergroup) == ["before", "heard", "since"]


async def test_for_another_bot(bot: Bot) -> None:
    """A file for another bot's /catchup is none of ours."""
    alice, bob, group = await given(bot)
    data = export_of(group, exported(2, "before", bob))
    bot.api.upload(group, alice, "result.json", data, caption="/catchup@other_bot import")
    assert await bot.said_nothing(group)
    assert list(await log_of(bot).chats()) == []


async def test_nothing_of_it_is_logged(bot: Bot, log: io.StringIO) -> None:
    """What is taken in or handed out stands in no log."""
    alice, bob, group = await given(bot)
    await sent_in(bot, group, alice, export_of(group, exported(2, "Zebra-Quartz", bob)))
    await asked(bot, group, alice, "export")
    await asked(bot, group, alice, "wipe")
    await until_handled(bot)
    assert "talk was imported" in log.getvalue()
    assert "Zebra" not in log.getvalue()


async def test_a_large_log_is_several_files() -> None:
    """Each file is as large as may be sent, and all messages are in them, in order."""
    async with a_state() as state:
        await state.messages.store(-5, [message(n, f"{n} {'x' * 100}") for n in range(1, 31)])
        files = [(name, data) async for name, data in talk_files(state.messages, -5, most_bytes=2000)]
        assert [name for name, _ in files] == [f"talk-{n}.jsonl" for n in range(1, len(files) + 1)]
        assert len(files) > 2
        assert all(len(data) <= 2000 for _, data in files)
        lines = b"".join(data for _, data in files).splitlines()
        assert [json.loads(line)["message_id"] for line in lines] == list(range(1, 31))


@pytest.mark.parametrize("what", ["exports", "wiped", "imports"])
async def test_only_these_words(bot: Bot, what: str) -> None:
    """A word that is nearly one of these is explained, and does nothing."""
    alice, bob, group = await given(bot)
    await say_all(bot, group, bob, "one")
    told: Message = await asked(bot, group, alice, what)
    assert told.text == WORDS("talk-how")
    assert await texts_kept(bot, group) == ["one"]
