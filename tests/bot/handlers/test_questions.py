"""Questions, from a message to the one reply."""

from __future__ import annotations

import asyncio

import pytest

from index.errors import QuestionError
from index.news_index import NewsIndex
from index.types import Answer, Scopes, Status
from tests.bot.harness import QUESTION, QUOTE, STORY, Bot, Scripted, declined, running_bot
from tests.helpers.bot_api.server import FakeBotApi


async def test_answer_in_private(bot: Bot) -> None:
    """A plain message is a question; the reply quotes the article, names source and date, and links to it."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    asked = bot.api.say(bot.api.private_chat(alice), alice, QUESTION)
    reply = await bot.reply_to(asked)
    assert reply.reply_to is asked
    assert f"“{QUOTE}” [1]" in reply.text
    assert "1. Rockets hit <embassy> & canteen – The Daily Example, 26 January 2020" in reply.text
    assert reply.links == ["https://news.example/rockets?a=1&b=2"]
    assert reply.button_texts == ["Passage 1"]
    assert reply.link_preview_options == {"is_disabled": True}


async def test_one_reply_a_question(bot: Bot) -> None:
    """Each question gets exactly one reply."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    asked = [bot.api.say(chat, alice, f"Is this question {number}?") for number in range(3)]
    await bot.api.settle()
    assert [reply.reply_to for reply in bot.api.replies(chat)] == asked


async def test_declined(bot: Bot) -> None:
    """When the articles don't say, the reply says so, without sources."""
    alice = bot.api.user("Alice")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, QUESTION))
    assert "don't say" in reply.text
    assert reply.buttons == []


@pytest.mark.parametrize(
    "text", ["/ask {q}", "/ask@askwire_test_bot {q}", "@askwire_test_bot {q}", "{q} @askwire_test_bot"]
)
async def test_group_questions(bot: Bot, text: str) -> None:
    """In a group /ask, /ask@bot and an @mention are questions."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    group = bot.api.supergroup("News room", members=[alice])
    asked = bot.api.say(group, alice, text.format(q=QUESTION))
    reply = await bot.reply_to(asked)
    assert QUOTE in reply.text
    assert reply.reply_to is asked


async def test_reply_to_the_bot_is_a_question(bot: Bot) -> None:
    """A reply to the bot's message is a question."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    first = await bot.reply_to(bot.api.say(group, alice, "/help"))
    second = await bot.reply_to(bot.api.say(group, alice, QUESTION, reply_to=first))
    assert QUOTE in second.text


async def test_silent_when_not_addressed() -> None:
    """In a group the bot leaves alone what is not for it, even when it sees all messages."""
    async with FakeBotApi(privacy=False) as api, running_bot(api, None) as bot:
        alice, bob = api.user("Alice"), api.user("Bob")
        group = api.supergroup("News room", members=[alice, bob])
        said = api.say(group, bob, QUESTION)
        api.say(group, alice, "I wonder, too", reply_to=said)
        api.say(group, alice, "/ask@other_bot How many?")
        api.say(group, alice, "/weather")
        api.say(group, alice, "@other_bot How many?")
        api.say(group, alice, "https://news.example/rockets")
        api.upload(group, alice, "a.txt", b"text")
        api.upload(group, alice, "a.txt", b"text", caption="/weather")
        api.forward(group, alice, "A post", from_name="Somebody")
        api.edit(said, f"@askwire_test_bot {QUESTION}")
        assert await bot.said_nothing(group)
        assert not api.calls("sendChatAction")
        assert api.violations == []


async def test_topics(bot: Bot) -> None:
    """A reply stays in the topic of its question; one in General goes to General."""
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    forum = bot.api.supergroup("Newsroom", members=[alice], forum=True)
    topic = forum.topic("Baghdad")
    reply = await bot.reply_to(bot.api.say(forum, alice, f"/ask {QUESTION}", topic=topic))
    assert reply.topic is topic
    general = await bot.reply_to(bot.api.say(forum, alice, f"/ask {QUESTION}"))
    assert general.topic is None
    assert QUOTE in general.text


async def test_thread_of_replies(bot: Bot) -> None:
    """A question inside a thread of replies in an ordinary supergroup is answered there."""
    alice = bot.api.user("Alice")
    group = bot.api.supergroup("News room", members=[alice])
    first = bot.api.say(group, alice, "Did you hear?")
    asked = bot.api.say(group, alice, f"/ask {QUESTION}", reply_to=first)
    assert (await bot.reply_to(asked)).reply_to is asked


async def test_another_persons_message_is_the_question(bot: Bot) -> None:
    """A bare /ask or @mention in reply to a message asks what that message says."""
    await bot.news.add([STORY])
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("News room", members=[alice, bob])
    wondered = bot.api.say(group, bob, QUESTION)
    for text in ("/ask", "@askwire_test_bot"):
        reply = await bot.reply_to(bot.api.say(group, alice, text, reply_to=wondered))
        assert QUOTE in reply.text


@pytest.mark.parametrize("text", ["/ask", "/ask    ", "/ask@askwire_test_bot"])
async def test_empty_question(bot: Bot, text: str) -> None:
    """A bare /ask gets a hint with an example."""
    alice = bot.api.user("Alice")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, text))
    assert "/ask How many rockets hit?" in reply.text


async def test_edits_are_not_asked_again(bot: Bot) -> None:
    """An edited question gets no second reply."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    asked = bot.api.say(chat, alice, QUESTION)
    await bot.reply_to(asked)
    bot.api.edit(asked, f"{QUESTION} Tell me.")
    await bot.api.settle()
    assert len(bot.api.replies(chat)) == 1


async def test_own_articles_only(bot: Bot) -> None:
    """What was added in one chat answers there, and in no other chat."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    hers, his = bot.api.private_chat(alice), bot.api.private_chat(bob)
    await bot.news.add([STORY], scope=f"chat:{hers.id}")
    assert QUOTE in (await bot.reply_to(bot.api.say(hers, alice, QUESTION))).text
    assert QUOTE not in (await bot.reply_to(bot.api.say(his, bob, QUESTION))).text


async def test_question_that_is_too_long(bot: Bot) -> None:
    """A very long question gets the index's own line about it."""
    alice = bot.api.user("Alice")
    asked = bot.api.say(bot.api.private_chat(alice), alice, "How many rockets? " * 220)
    with pytest.raises(QuestionError) as caught:
        await bot.news.ask(asked.text, Scopes.of("public"))
    assert (await bot.reply_to(asked)).text == str(caught.value)


async def test_typing_while_working(api: FakeBotApi) -> None:
    """While an answer is worked on, "typing" shows in the topic of the question, and not after it."""

    async def act(question: str) -> Answer:
        await api.wait_until(lambda: bool(api.calls("sendChatAction")))
        return declined(question)

    async with running_bot(api, Scripted(act)) as bot:
        alice = api.user("Alice")
        forum = api.supergroup("News room", members=[alice], forum=True)
        topic = forum.topic("Baghdad")
        await bot.reply_to(api.say(forum, alice, f"/ask {QUESTION}", topic=topic))
        await api.settle()
        (typing,) = api.calls("sendChatAction")
        assert (typing.params["action"], typing.params["message_thread_id"]) == ("typing", topic.id)
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "typing"]


async def test_slow_chat_delays_no_other(api: FakeBotApi) -> None:
    """While one chat waits for its answer, another gets its own; the first one's stay in order."""
    gate = asyncio.Event()

    async def act(question: str) -> Answer:
        if question.startswith("slow"):
            await gate.wait()
        return Answer(question, Status.ANSWERED, short_answer=question)

    async with running_bot(api, Scripted(act)) as bot:
        alice, bob = api.user("Alice"), api.user("Bob")
        hers, his = api.private_chat(alice), api.private_chat(bob)
        slow = api.say(hers, alice, "slow one")
        api.say(hers, alice, "quick one")
        await bot.reply_to(api.say(his, bob, "Bob's question"))
        assert api.replies(hers) == []
        gate.set()
        await api.settle()
        assert [message.text for message in api.replies(hers)] == ["Slow one", "Quick one"]
        assert api.replies(hers)[0].reply_to is slow


async def test_index_is_really_asked_with_the_chat_and_its_time(bot: Bot, news: NewsIndex) -> None:
    """The question goes to the index with the scopes of its chat and the time it was asked at."""
    seen: list[tuple[str, Scopes, object]] = []

    async def ask(question: str, scopes: Scopes, *, asked_at: object = None, **_: object) -> Answer:
        seen.append((question, scopes, asked_at))
        return declined(question)

    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(news, "ask", ask, raising=True)
        asked = bot.api.say(group, alice, "/ask How many?")
        await bot.reply_to(asked)
    ((question, scopes, asked_at),) = seen
    assert question == "How many?"
    assert scopes == Scopes.of("public", f"chat:{group.id}")
    assert asked_at.timestamp() == int(asked.date)  # type: ignore[attr-defined]  # a datetime
