"""Conversations: which turns a message continues, and how long they are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.conversations import Conversations, conversation_messages, conversations
from bot.database import StateDatabase
from bot.incoming import Incoming, Origin, Place
from index.database import DatabasePlace
from index.types import Turn

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALICE = 7_000_000_001  # a private chat, too
GROUP = -1_002_000_000_001


@pytest.fixture
async def database(place: DatabasePlace) -> AsyncIterator[StateDatabase]:
    """An empty database of the bot."""
    opened = StateDatabase(place)
    await opened.prepare()
    yield opened
    await opened.close()


@pytest.fixture
def kept(database: StateDatabase) -> Conversations:
    """The conversations in it."""
    return Conversations(database)


def message(
    number: int, *, chat: int = ALICE, topic: int | None = None, reply_to: int | None = None, was_in: int | None = None
) -> Incoming:
    """A message that asks; `reply_to` is a message of the bot, sent to another chat where `was_in` names one."""
    reply = None
    if reply_to is not None:
        reply = message(reply_to, chat=was_in or chat, topic=topic)
    return Incoming(
        place=Place(chat, topic, number),
        private=chat > 0,
        user_id=ALICE,
        text="",
        question="",
        command=None,
        foreign=False,
        mentioned=False,
        answers_me=reply is not None,
        author=Origin(),
        origin=None,
        attachment=None,
        links=(),
        reply=reply,
    )


def turn(name: str) -> Turn:
    """A turn that can be told from others."""
    return Turn(f"What of {name}?", f"{name} it is")


async def continued(kept: Conversations, incoming: Incoming, now: datetime = NOON) -> list[str]:
    """The names of the turns that a message continues."""
    return [found.question.removeprefix("What of ").rstrip("?") for found in await kept.history(incoming, now)]


async def rows(database: StateDatabase) -> list[int]:
    """How many answers, and messages of answers, are kept."""
    counts = [select(func.count()).select_from(table) for table in (conversations, conversation_messages)]
    return await database.run(lambda connection: [connection.execute(count).scalar_one() for count in counts])


async def note(kept: Conversations, incoming: Incoming, answers: Sequence[int], name: str) -> None:
    """Notes a turn of this name at noon."""
    await kept.note(incoming, answers, turn(name), NOON)


async def test_the_last_three_turns_oldest_first(kept: Conversations) -> None:
    """In private a question continues what was said last in the chat, at most three turns of it."""
    assert await continued(kept, message(1)) == []
    for number, name in enumerate("ABCD"):
        await note(kept, message(10 * number), [10 * number + 1], name)
    assert await continued(kept, message(50)) == ["B", "C", "D"]
    assert await kept.history(message(50), NOON) == [turn("B"), turn("C"), turn("D")]


async def test_a_turn_without_a_short_answer(kept: Conversations) -> None:
    """A question that was declined is a turn too, with any words in it."""
    odd = Turn("Wie \"heißt\" 'er' 🚀 %s?", None)
    await kept.note(message(1), [2], odd, NOON)
    assert await kept.history(message(3), NOON) == [odd]


async def test_chats_and_topics_stay_apart(kept: Conversations) -> None:
    """Another chat, another topic and the chat outside its topics have conversations of their own."""
    await note(kept, message(1), [2], "chat")
    await note(kept, message(3, topic=7), [4], "topic")
    assert await continued(kept, message(5)) == ["chat"]
    assert await continued(kept, message(6, topic=7)) == ["topic"]
    assert await continued(kept, message(7, topic=8)) == []
    assert await continued(kept, message(8, chat=ALICE + 1)) == []


async def test_private_reply_to_an_older_answer(kept: Conversations) -> None:
    """In private a reply to an older answer continues that one, and what follows goes on from there."""
    await note(kept, message(1), [2, 3], "A")
    await note(kept, message(4), [5], "B")
    for answer in (2, 3):
        assert await continued(kept, message(6, reply_to=answer)) == ["A"]
    await note(kept, message(6, reply_to=3), [7], "C")
    assert await continued(kept, message(8)) == ["A", "C"]
    assert await continued(kept, message(8, reply_to=5)) == ["A", "B"]


async def test_private_reply_to_another_message_of_the_bot(kept: Conversations) -> None:
    """A reply to a message that is no answer begins anew: what was said last is not what it is about."""
    await note(kept, message(1), [2], "A")
    assert await continued(kept, message(4, reply_to=3)) == []


async def test_group_thread(kept: Conversations) -> None:
    """In a group each reply continues the answer that it replies to, whoever writes it, and not a later one."""
    await note(kept, message(1, chat=GROUP), [2], "A")
    await note(kept, message(3, chat=GROUP, reply_to=2), [4], "B")
    assert await continued(kept, message(5, chat=GROUP, reply_to=2)) == ["A"]
    assert await continued(kept, message(5, chat=GROUP, reply_to=4)) == ["A", "B"]
    await note(kept, message(5, chat=GROUP, reply_to=2), [6], "C")
    assert await continued(kept, message(7, chat=GROUP, reply_to=6)) == ["A", "C"]
    assert await continued(kept, message(7, chat=GROUP, reply_to=4)) == ["A", "B"]


async def test_group_question_outside_a_thread(kept: Conversations) -> None:
    """In a group a question that replies to none of the bot's answers begins anew, also in a topic."""
    await note(kept, message(1, chat=GROUP), [2], "A")
    await note(kept, message(3, chat=GROUP, topic=9), [4], "B")
    assert await continued(kept, message(5, chat=GROUP)) == []
    assert await continued(kept, message(5, chat=GROUP, topic=9)) == []
    assert await continued(kept, message(5, chat=GROUP, reply_to=77)) == []
    assert await continued(kept, message(5, chat=GROUP, topic=9, reply_to=4)) == ["B"]


async def test_same_message_numbers_in_two_groups(kept: Conversations) -> None:
    """Message 2 of one group is not message 2 of another, whatever chat a reply claims to be from."""
    await note(kept, message(1, chat=GROUP), [2], "A")
    other = GROUP - 1
    assert await continued(kept, message(5, chat=other, reply_to=2)) == []
    assert await continued(kept, message(5, chat=other, reply_to=2, was_in=GROUP)) == []


async def test_an_hour_of_silence(kept: Conversations) -> None:
    """A conversation ends an hour after its last turn, however long it went on before, also for replies."""
    await note(kept, message(1), [2], "A")
    for number in range(1, 4):
        moment = NOON + 50 * MINUTE * number
        await kept.note(message(10 * number), [10 * number + 1], turn(f"{number}"), moment)
    last = NOON + 150 * MINUTE
    assert await continued(kept, message(50), last + 59 * MINUTE) == ["1", "2", "3"]
    assert await continued(kept, message(50), last + 60 * MINUTE) == []
    assert await continued(kept, message(50, reply_to=31), last + 60 * MINUTE) == []
    await kept.note(message(60), [61], turn("new"), last + 61 * MINUTE)
    assert await continued(kept, message(62), last + 61 * MINUTE) == ["new"]


async def test_other_time_zones(kept: Conversations) -> None:
    """Times of any zone compare as moments."""
    alaska = timezone(timedelta(hours=-9))
    await kept.note(message(1), [2], turn("A"), NOON.astimezone(alaska))
    assert await continued(kept, message(3), NOON + 59 * MINUTE) == ["A"]
    assert await continued(kept, message(3), (NOON + 60 * MINUTE).astimezone(alaska)) == []


async def test_start_over(kept: Conversations) -> None:
    """Starting over concerns one chat's topic and what was said there until then."""
    for chat, topic in ((ALICE, None), (ALICE, 7), (ALICE + 1, None)):
        await note(kept, message(1, chat=chat, topic=topic), [2 if topic is None else 3], "A")
    await kept.start_over(ALICE, None, NOON)
    assert await continued(kept, message(5)) == []
    assert await continued(kept, message(5, reply_to=2)) == []
    assert await continued(kept, message(5, topic=7)) == ["A"]
    assert await continued(kept, message(5, chat=ALICE + 1)) == ["A"]
    await kept.note(message(6), [7], turn("B"), NOON + MINUTE)
    await kept.start_over(ALICE, None, NOON)
    assert await continued(kept, message(8), NOON + MINUTE) == ["B"]


async def test_noted_twice(kept: Conversations, database: StateDatabase) -> None:
    """A message that is handled once more after a crash neither continues itself nor becomes a second turn."""
    await note(kept, message(1), [2], "A")
    await note(kept, message(3), [4], "B")
    assert await continued(kept, message(3)) == ["A"]
    await note(kept, message(3), [4, 5], "B")
    assert await continued(kept, message(6)) == ["A", "B"]
    assert await continued(kept, message(6, reply_to=5)) == ["A", "B"]
    assert await rows(database) == [2, 3]


async def test_passage_shown_under_an_answer(kept: Conversations) -> None:
    """A reply to a message that was joined to an answer continues that answer, in its own chat only."""
    await note(kept, message(1, chat=GROUP), [2], "A")
    await kept.join(GROUP, 2, [3])
    await kept.join(GROUP - 1, 2, [4])
    await kept.join(GROUP, 77, [5])
    assert await continued(kept, message(9, chat=GROUP, reply_to=3)) == ["A"]
    assert await continued(kept, message(9, chat=GROUP - 1, reply_to=4)) == []
    assert await continued(kept, message(9, chat=GROUP, reply_to=5)) == []


async def test_migration(kept: Conversations) -> None:
    """A supergroup goes on where its group was, and its own message of the same number is another one."""
    group = -4_000_000_001
    await note(kept, message(1, chat=group), [2], "A")
    await kept.migrate(group, GROUP)
    assert await continued(kept, message(3, chat=GROUP, reply_to=2, was_in=group)) == ["A"]
    assert await continued(kept, message(3, chat=GROUP, reply_to=2)) == []
    assert await continued(kept, message(3, chat=group, reply_to=2)) == []


async def test_nothing_is_kept_longer_than_needed(kept: Conversations, database: StateDatabase) -> None:
    """Purging deletes what has expired, forgetting what a chat said, and no row stays behind."""
    await note(kept, message(1), [2, 3], "A")
    await note(kept, message(1, chat=GROUP), [2], "B")
    await kept.note(message(4), [5], turn("C"), NOON + 30 * MINUTE)
    assert await kept.purge(NOON + 59 * MINUTE) == 0
    assert await kept.purge(NOON + 60 * MINUTE) == 2
    assert await rows(database) == [1, 1]
    assert await continued(kept, message(6), NOON + 60 * MINUTE) == ["A", "C"]
    await kept.forget(GROUP)
    assert await rows(database) == [1, 1]
    await kept.forget(ALICE)
    assert await rows(database) == [0, 0]


async def test_restart(tmp_path: Path) -> None:
    """A conversation goes on after the bot was restarted."""
    path = tmp_path / "askwire.db"
    for expected in ([], ["A"]):
        database = StateDatabase(path)
        await database.prepare()
        kept = Conversations(database)
        assert await continued(kept, message(3)) == expected
        await note(kept, message(1), [2], "A")
        await database.close()


async def test_expiry_is_a_setting(database: StateDatabase) -> None:
    """The silence that ends a conversation can be another one."""
    kept = Conversations(database, expiry=5 * MINUTE)
    await note(kept, message(1), [2], "A")
    assert await continued(kept, message(3), NOON + 4 * MINUTE) == ["A"]
    assert await continued(kept, message(3), NOON + 5 * MINUTE) == []
