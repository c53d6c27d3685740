"""/summary, /digest, /timeline and /catchup in every kind of chat, in the articles' own words and by a large model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.words import words_of
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from tests.bot.group_senders import until_handled
from tests.bot.handlers.test_talk_log import api as api  # noqa: PLC0414 - a fixture
from tests.bot.harness import Bot, open_news, running_bot
from tests.bot.honest_writer import HonestWriter
from tests.bot.talk import say_all, switch_on
from tests.helpers.bot_api.records import Chat, Message, Topic, User
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.summaries.test_article import ARTICLE

WORDS = words_of("en")
LINK = "https://news.example/rockets"
ROCKETS = replace(ARTICLE, url=LINK, published_at=datetime(2020, 1, 26, 21, 30, tzinfo=UTC))
SENTENCE = "Three rockets hit the American embassy in Baghdad on Sunday evening"
SAID = "We meet at the station at two o'clock on Monday."
PLACES = ["private chat", "group", "supergroup", "topic"]
MODELS = ["extractive", "large"]
everywhere = pytest.mark.parametrize("kind", PLACES)


@dataclass(frozen=True)
class Place:
    """Where Alice asks, and Bob, who has never started the bot, is too."""

    bot: Bot
    alice: User
    bob: User
    chat: Chat
    topic: Topic | None

    async def ask(self, text: str, user: User | None = None, reply_to: Message | None = None) -> Message:
        """The reply to what Alice says, which is the only thing that the bot says anywhere, and stands in its place."""
        before = self._all()
        said = self.bot.api.say(self.chat, user or self.alice, text, topic=self.topic, reply_to=reply_to)
        await self.bot.api.wait_for_message(self.chat, after=said)
        await until_handled(self.bot)
        (reply,) = [message for message in self._all() if message not in before]
        assert (reply.chat, reply.topic, reply.reply_to) == (self.chat, self.topic, said)
        return reply

    def _all(self) -> list[Message]:
        return [message for chat in self.bot.api.state.chats.values() for message in self.bot.api.replies(chat)]


@pytest.fixture(params=MODELS)
async def writer(request: pytest.FixtureRequest) -> HonestWriter | None:
    """The large model, or none."""
    return HonestWriter() if request.param == "large" else None


@pytest.fixture
async def news(tmp_path: Path, writer: HonestWriter | None) -> AsyncIterator[NewsIndex]:
    """An index with one article, and the model."""
    data = tmp_path / "data"
    opened = NewsIndex.open_with(data, embedder=FakeEmbedder(), chat_model=writer) if writer else open_news(data)
    async with await opened as index:
        await index.add([ROCKETS])
        yield index


@pytest.fixture
async def place(api: FakeBotApi, news: NewsIndex, kind: str) -> AsyncIterator[Place]:
    """One place among others of every kind."""
    async with running_bot(api, news) as bot:
        alice, bob = api.user("Alice"), api.user("Bob")
        api.private_chat(bob)
        api.block(bob)
        forum = api.supergroup("Forum", members=[alice, bob], forum=True)
        forum.topic("Snow")
        chats = {
            "private chat": api.private_chat(alice),
            "group": api.group("Group", members=[alice, bob]),
            "supergroup": api.supergroup("Supergroup", members=[alice, bob]),
            "topic": forum,
        }
        yield Place(bot, alice, bob, chats[kind], forum.topic("Rain") if kind == "topic" else None)


@everywhere
async def test_summary(place: Place, writer: HonestWriter | None) -> None:
    """/summary as a reply to an answer sums up its first article, and says who wrote that."""
    answer = await place.ask("/ask How many rockets hit the American embassy in Baghdad?")
    assert LINK in answer.links
    told = await place.ask("/summary", reply_to=answer)
    assert told.text.startswith("Rockets hit embassy canteen – The Daily Example")
    assert SENTENCE in told.text
    assert told.links[0] == LINK
    how = WORDS("summary-written", model=writer.name) if writer else WORDS("summary-chosen")
    assert told.text.endswith(how)


@everywhere
async def test_digest(place: Place) -> None:
    """/digest tells the story with its sentence, its source and its link."""
    told = await place.ask("/digest")
    assert told.text.startswith(WORDS("digest-heading", stories=1, articles=1))
    assert SENTENCE in told.text
    assert "The Daily Example" in told.text
    assert LINK in told.links


@everywhere
async def test_timeline(place: Place) -> None:
    """/timeline tells the day with its sentence and source; of another subject it has nothing."""
    told = await place.ask("/timeline rockets at the American embassy in Baghdad")
    assert "26 January 2020" in told.text
    assert SENTENCE in told.text
    assert "The Daily Example" in told.text
    assert (await place.ask("/timeline penguins")).text == WORDS("timeline-nothing")


@everywhere
async def test_catchup(place: Place, writer: HonestWriter | None) -> None:
    """/catchup tells what was said in this place alone, and who wrote that; in private it says where it belongs."""
    if place.chat.type == "private":
        assert (await place.ask("/catchup")).text == WORDS("talk-only-groups")
        return
    await switch_on(place.bot, place.chat)
    await say_all(place.bot, place.chat, place.alice, SAID, topic=place.topic)
    if place.topic:
        await say_all(place.bot, place.chat, place.alice, "It snows in the other topic.", topic=other_topic(place))
    told = await place.ask("/catchup", place.bob)
    assert SAID.rstrip(".") in told.text
    assert "snows" not in told.text
    assert (WORDS("talk-written", model=writer.name) if writer else WORDS("talk-chosen")) in told.text


@pytest.mark.parametrize("kind", PLACES[1:])
async def test_catchup_in_private(place: Place, writer: HonestWriter | None) -> None:
    """Who has started the bot gets it in private, and the place where it was asked for gets one line."""
    await switch_on(place.bot, place.chat)
    await say_all(place.bot, place.chat, place.alice, SAID, topic=place.topic)
    asked = place.bot.api.say(place.chat, place.alice, "/catchup", topic=place.topic)
    await until_handled(place.bot)
    (line,) = place.bot.api.replies(place.chat)
    assert (line.text, line.topic, line.reply_to) == (WORDS("talk-in-private"), place.topic, asked)
    heading, told = place.bot.api.replies(place.bot.api.private_chat(place.alice))
    assert heading.text == WORDS("talk-heading", group=place.chat.title or "")
    assert SAID.rstrip(".") in told.text
    assert (WORDS("talk-written", model=writer.name) if writer else WORDS("talk-chosen")) in told.text


def other_topic(place: Place) -> Topic:
    return next(topic for topic in place.chat.topics.values() if topic is not place.topic)
