"""/catchup in groups."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.context import visible_scopes
from bot.message_log import MessageLog
from bot.words import words_of
from index.errors import ProviderError
from index.news_index import NewsIndex
from tests.bot.group_senders import press_forged, say_as_chat, until_handled
from tests.bot.handlers.test_talk_log import api as api  # noqa: PLC0414 - a fixture
from tests.bot.harness import Bot, running_bot
from tests.bot.talk import log_of, message, say_all, switch_on, texts_kept, with_every_message
from tests.helpers.bot_api.records import Chat, Message, Topic, User
from tests.helpers.bot_api.server import FakeBotApi

WORDS = words_of("en")
IN_PRIVATE, NOTHING = WORDS("talk-in-private"), WORDS("talk-nothing")


async def asked(bot: Bot, chat: Chat, user: User, words: str = "", topic: Topic | None = None) -> Message:
    """What the bot says in the group to /catchup with these words."""
    return await bot.reply_to(bot.api.say(chat, user, f"/catchup {words}".strip(), topic=topic))


def never_started(bot: Bot, user: User) -> None:
    """Telegram lets no bot write to a person who did not open a chat with it."""
    bot.api.private_chat(user)
    bot.api.block(user)


async def given(bot: Bot, kind: str = "supergroup") -> tuple[User, User, Chat]:
    """Alice, who has started the bot, Bob, who has not, and their group, whose talk is kept."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    bot.api.private_chat(alice)
    never_started(bot, bob)
    make = bot.api.group if kind == "group" else bot.api.supergroup
    group = make("News room", members=[alice, bob])
    await switch_on(bot, group)
    return alice, bob, group


async def test_in_private_when_the_reader_has_started_the_bot(bot: Bot) -> None:
    """The summary goes to the reader's own chat, and the group gets one short line."""
    alice, bob, group = await given(bot)
    teller = with_every_message(bot)
    [said] = await say_all(bot, group, bob, "It rains")
    assert (await asked(bot, group, alice)).text == IN_PRIVATE
    private = bot.api.private_chat(alice)
    head, summary = bot.api.replies(private)
    assert head.text == WORDS("talk-heading", group="News room")
    assert "• Bob: It rains message" in summary.text
    assert summary.links == [f"https://t.me/c/{str(group.id)[4:]}/{said.id}"]
    assert teller.scopes == [visible_scopes(group.id)]
    assert len(bot.api.replies(group)) == 1


@pytest.mark.parametrize("fault", ["blocked", "never heard of", "cannot begin"])
async def test_in_the_group_when_not(bot: Bot, fault: str) -> None:
    """Without a private chat the group gets it; the bot is not noted as gone from the group, nor the reader's chat."""
    alice, bob, group = await given(bot)
    with_every_message(bot)
    await say_all(bot, group, alice, "It rains")
    reader = bob if fault == "blocked" else bot.api.user("Cem")
    if fault == "cannot begin":
        bot.api.fail(
            method="sendMessage", status=403, description="Forbidden: bot can't initiate conversation with a user"
        )
    summary = await asked(bot, group, reader)
    assert "• Alice: It rains" in summary.text
    await until_handled(bot)
    assert len(bot.api.replies(group)) == 1
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert await bot.application.bot_data.state.chats.left_before(later) == []
    assert (await asked(bot, group, reader)).text == NOTHING


async def test_since_the_reader_was_last_there(bot: Bot) -> None:
    """Each reader's own last time counts, a bounded stretch does not; the first time it is one day."""
    alice, bob, group = await given(bot)
    teller = with_every_message(bot)
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    await log_of(bot).store(group.id, [message(1, "long ago", at=yesterday)])
    await say_all(bot, group, alice, "one", "two")
    await asked(bot, group, alice)
    await say_all(bot, group, bob, "three")
    await asked(bot, group, alice, "1")
    await asked(bot, group, alice)
    await asked(bot, group, bob)
    assert (await asked(bot, group, alice)).text == NOTHING
    assert teller.given == [["one", "two"], ["three"], ["three"], ["one", "two", "three"]]


async def test_stretches(bot: Bot) -> None:
    """The last messages, the last hours or days; what is not understood is explained."""
    alice, _, group = await given(bot)
    teller = with_every_message(bot)
    now = datetime.now(UTC)
    ages = {"days": timedelta(days=3), "hours": timedelta(hours=25), "minutes": timedelta(minutes=2)}
    said = [message(n, text, at=now - age) for n, (text, age) in enumerate(ages.items(), 1)]
    await log_of(bot).store(group.id, said)
    for words in ("2", "99", "3h", "2d", "1w"):
        await asked(bot, group, alice, words)
    every = list(ages)
    assert teller.given == [every[1:], every, every[2:], every[1:], every]
    for words in ("soon", "0", "3h 2d"):
        assert (await asked(bot, group, alice, words)).text == WORDS("talk-how")
    assert len(teller.given) == 5


async def test_today(api: FakeBotApi, news: NewsIndex) -> None:
    """Today begins at midnight in the deployment's zone."""
    # Far enough from this zone's midnight, whenever the test runs.
    hour = datetime.now(UTC).hour
    zone = f"Etc/GMT{hour - 12:+d}"  # where it is noon: these names have the sign the other way round
    async with running_bot(api, news, timezone=zone) as bot:
        alice, _, group = await given(bot)
        teller = with_every_message(bot)
        now = datetime.now(UTC)
        said = [
            message(1, "last night", at=now - timedelta(hours=14)),
            message(2, "at dawn", at=now - timedelta(hours=8)),
        ]
        await log_of(bot).store(group.id, said)
        await asked(bot, group, alice, "today")
        assert teller.given == [["at dawn"]]


async def test_topics(bot: Bot) -> None:
    """In a topic only that topic is told and noted, with links that name it; in General only General."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    bot.api.private_chat(alice)
    never_started(bot, bob)
    forum = bot.api.supergroup("Forum", members=[alice, bob], forum=True, username="newsforum")
    await switch_on(bot, forum)
    teller = with_every_message(bot)
    rain, snow = forum.topic("Rain"), forum.topic("Snow")
    [wet] = await say_all(bot, forum, bob, "It rains", topic=rain)
    await say_all(bot, forum, bob, "It snows", topic=snow)
    await say_all(bot, forum, bob, "Hello all")
    summary = await asked(bot, forum, bob, topic=rain)
    assert summary.topic is rain
    assert summary.links == [f"https://t.me/newsforum/{rain.id}/{wet.id}"]
    general = await asked(bot, forum, bob)
    assert general.topic is None
    assert (await asked(bot, forum, bob, "5", topic=snow)).topic is snow
    told = await asked(bot, forum, alice, topic=rain)
    assert (told.text, told.topic) == (IN_PRIVATE, rain)
    assert teller.given == [["It rains"], ["Hello all"], ["It snows"], ["It rains"]]
    assert (await asked(bot, forum, bob, topic=rain)).text == NOTHING


async def test_a_plain_group(bot: Bot) -> None:
    """Where messages have no links, who said it and when stands there."""
    alice, bob, group = await given(bot, "group")
    with_every_message(bot)
    [said] = await say_all(bot, group, alice, "It rains")
    summary = await asked(bot, group, bob)
    at = datetime.fromtimestamp(int(said.date), UTC)
    assert f"• Alice: It rains ({WORDS.date(at, year=False)}, {WORDS.time(at)})" in summary.text
    assert summary.links == []


async def test_where_it_does_not_work(bot: Bot) -> None:
    """In private the bot says where it belongs; where nothing is kept, who can change that."""
    alice, _, group = await given(bot)
    teller = with_every_message(bot)
    off = bot.api.group("Silent", members=[alice])
    await say_all(bot, off, alice, "It rains")
    assert (await asked(bot, bot.api.private_chat(alice), alice)).text == WORDS("talk-only-groups")
    assert (await asked(bot, off, alice)).text == WORDS("talk-off")
    assert (await asked(bot, group, alice)).text == NOTHING
    assert teller.given == []


async def test_with_the_index_itself(bot: Bot) -> None:
    """A chat with one message is told by the real summaries, in its own words."""
    alice, bob, group = await given(bot)
    await say_all(bot, group, alice, "We meet at the station at two o'clock on Monday.")
    summary = await asked(bot, group, bob)
    assert "We meet at the station at two o'clock on Monday." in summary.text
    assert summary.text.startswith("1 message")
    assert WORDS("talk-chosen") in summary.text


@pytest.mark.parametrize("sees", ["all", "as admin", "part"])
async def test_what_the_bot_sees(news: NewsIndex, sees: str) -> None:
    """With privacy mode on the bot says that it sees only part, unless it is an admin."""
    async with FakeBotApi(privacy=sees != "all") as api, running_bot(api, news) as bot:
        alice = api.user("Alice")
        never_started(bot, alice)
        group = api.group("G", members=[alice], bot_admin=sees == "as admin")
        await switch_on(bot, group)
        with_every_message(bot)
        await say_all(bot, group, alice, f"@{api.bot.username} is it raining?")
        summary = await asked(bot, group, alice, "9")
        assert (WORDS("talk-sees-part") in summary.text) == (sees == "part")
        assert api.violations == []


async def test_in_the_name_of_the_group(bot: Bot) -> None:
    """Who has no private chat reads it in the group, and has a place of their own where they left off."""
    alice, _, group = await given(bot)
    teller = with_every_message(bot)
    await say_all(bot, group, alice, "one")
    assert "• Alice: one" in (await bot.reply_to(say_as_chat(bot.api, group, "/catchup"))).text
    assert (await bot.reply_to(say_as_chat(bot.api, group, "/catchup"))).text == NOTHING
    await asked(bot, group, alice)
    assert teller.given == [["one"], ["one"]]


async def test_a_failure_is_not_a_catch_up(bot: Bot) -> None:
    """When it cannot be summed up or told, the next one begins where this one would have."""
    alice, bob, group = await given(bot)
    teller = with_every_message(bot)
    await say_all(bot, group, alice, "one")

    async def fail(*_: object) -> None:
        raise ProviderError("The embedder is away. Try later.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teller, "talk", fail)
        assert (await asked(bot, group, bob)).text == "The embedder is away. Try later."
    refused = {"status": 400, "description": "Bad Request: not enough rights to send text messages"}
    bot.api.fail(method="sendMessage", chat=group, **refused)  # type: ignore[arg-type]  # as they are
    bot.api.say(group, bob, "/catchup")
    await until_handled(bot)
    await asked(bot, group, bob)
    assert teller.given == [["one"], ["one"]]


async def test_groups_are_apart(bot: Bot) -> None:
    """What is said in a group is told in no other, and no forged press has a way in."""
    alice = bot.api.user("Alice")
    never_started(bot, alice)
    groups = [bot.api.supergroup(f"Group {n}", members=[alice], forum=n == 2) for n in range(4)]
    topic = groups[2].topic("Rain")
    await switch_on(bot, *groups[:3])
    with_every_message(bot)
    words = {chat.id: [f"w{n}x{number}q" for number in range(20)] for n, chat in enumerate(groups)}
    for chat in groups:
        for number, text in enumerate(words[chat.id]):
            bot.api.say(chat, alice, text, topic=topic if chat is groups[2] and number % 2 else None)
    await until_handled(bot)
    told = {chat.id: "" for chat in groups}
    for chat in groups:
        for place in (None, topic) if chat is groups[2] else (None,):
            for wanted in ("", "50000", "60d"):
                told[chat.id] += (await asked(bot, chat, alice, wanted, place)).text
    for data in ("catchup:1", f"talk:{groups[0].id}", f"set:1:talk:{groups[0].id}", "export"):
        await bot.api.wait_for_answer(press_forged(bot.api, alice, data, bot.api.replies(groups[1])[0]))
    await until_handled(bot)
    for chat in groups:
        own = words[chat.id] if chat is not groups[3] else []
        assert all(word in told[chat.id] for word in own)
        everything = told[chat.id] + "".join(reply.text for reply in bot.api.replies(chat))
        assert not [word for other in groups if other is not chat for word in words[other.id] if word in everything]
    assert await texts_kept(bot, groups[3]) == []


async def test_nothing_of_it_is_logged(bot: Bot, log: io.StringIO) -> None:
    """What was said stands in no log when it is summed up."""
    alice, bob, group = await given(bot)
    with_every_message(bot)
    await say_all(bot, group, alice, "Zebra-Quartz")
    for reader in (alice, bob):
        await asked(bot, group, reader)
    await until_handled(bot)
    assert "a discussion was summed up" in log.getvalue()
    assert "Zebra" not in log.getvalue()


async def test_a_long_talk_is_bounded(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more messages than can be told the newest are read."""
    alice, _, group = await given(bot)
    teller = with_every_message(bot)
    read = MessageLog.read

    async def read_few(*args: object, **bounds: object) -> object:
        return await read(*args, **bounds, limit=3)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(MessageLog, "read", read_few)
    now = datetime.now(UTC)
    await log_of(bot).store(group.id, [replace(message(n, str(n)), at=now) for n in range(1, 10)])
    await asked(bot, group, alice, "50000")
    assert teller.given == [["7", "8", "9"]]
