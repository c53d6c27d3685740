"""Adding: links, texts, files, forwarded posts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.words import words_of
from index.fetch import Fetcher, FetchLimits
from index.news_index import NewsIndex
from index.parsing import Parsers
from index.sources.reader import SourceReader
from index.types import Article, Scopes
from tests.bot.harness import QUESTION, QUOTE, STORY, Bot, running_bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

PAGE = f"""<html><head><title>Rockets hit embassy</title></head><body><article><h1>Rockets hit embassy</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in (*STORY.text.split(chr(10) * 2), "More follows. " * 30))}
</article></body></html>"""


def shown(message: Message) -> str:
    """A message's text without the joiners that keep what others wrote from becoming links."""
    return message.text.replace("\u2060", "")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A web site on loopback with an article, and nothing else."""

    async def article(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_get("/rockets", article)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


def local_reader() -> SourceReader:
    """A reader that may fetch pages of this machine, as quickly as it likes."""
    fetcher = Fetcher(allowed_hosts=frozenset({"localhost"}), limits=FetchLimits(host_pause=0))
    return SourceReader(fetcher, Parsers())


@pytest.fixture
async def bot(api: FakeBotApi, news: NewsIndex) -> AsyncIterator[Bot]:
    """A bot that may fetch pages of this machine."""
    async with running_bot(api, news, reader=local_reader()) as running:
        yield running


@pytest.fixture
def alice(api: FakeBotApi) -> User:
    return api.user("Alice")


@pytest.fixture
def chat(api: FakeBotApi, alice: User) -> Chat:
    return api.private_chat(alice)


async def articles(bot: Bot, chat: Chat) -> Sequence[Article]:
    """What is in the chat's own collection."""
    return await bot.news.articles(Scopes.of(f"chat:{chat.id}"))


async def only_article(bot: Bot, chat: Chat) -> Article:
    (listed,) = await articles(bot, chat)
    article = await bot.news.article(listed.id, Scopes.of(f"chat:{chat.id}"))
    assert article is not None
    return article


async def test_text_then_question(bot: Bot, alice: User, chat: Chat) -> None:
    """A text after /add is added to the chat, said so, and answers the next question."""
    added = await bot.reply_to(bot.api.say(chat, alice, f"/add {STORY.text}"))
    assert added.text.startswith("Added: Smoke rose over the river.")
    assert QUOTE in (await bot.reply_to(bot.api.say(chat, alice, QUESTION))).text


async def test_same_text_twice(bot: Bot, alice: User, chat: Chat) -> None:
    """A text that is there already is said to be there, and changes nothing."""
    await bot.reply_to(bot.api.say(chat, alice, f"/add {STORY.text}"))
    again = await bot.reply_to(bot.api.say(chat, alice, f"/add {STORY.text}"))
    assert again.text.startswith("Already here: ")
    assert len(await articles(bot, chat)) == 1


async def test_a_bare_link_is_asked_about(bot: Bot, alice: User, chat: Chat, site: str) -> None:
    """A link alone in a private chat is read when the button says so, and the question is gone then."""
    question = await bot.reply_to(bot.api.say(chat, alice, f"{site}/rockets"))
    assert question.text == "Shall I read this page? Then you can ask me about it."
    assert await articles(bot, chat) == []
    press = bot.api.press(question, alice, "Read it")
    await bot.api.wait_for_answer(press)
    added = await bot.api.wait_for_message(chat, after=question)
    assert added.text.startswith("Added: Rockets hit embassy")
    await bot.api.wait_until(lambda: question.deleted)
    assert len(await articles(bot, chat)) == 1


async def test_a_bare_link_whose_message_is_gone(bot: Bot, alice: User, chat: Chat, site: str) -> None:
    """The button then says so, and nothing is fetched."""
    message = bot.api.say(chat, alice, f"{site}/rockets")
    question = await bot.reply_to(message)
    question.reply_to = None
    answer = await bot.api.wait_for_answer(bot.api.press(question, alice, "Read it"))
    assert (answer["text"], answer["show_alert"]) == (words_of("en")("articles-offer-gone"), True)
    assert await articles(bot, chat) == []


@pytest.mark.parametrize("text", ["/add {url}", "/add look: {url}"])
async def test_link(bot: Bot, alice: User, chat: Chat, site: str, text: str) -> None:
    """A link after /add is fetched and added."""
    added = await bot.reply_to(bot.api.say(chat, alice, text.format(url=f"{site}/rockets")))
    assert added.text.startswith("Added: Rockets hit embassy")
    article = await only_article(bot, chat)
    assert QUOTE in article.text
    assert article.url == f"{site}/rockets"


async def test_links_that_cannot_be_read(bot: Bot, alice: User, chat: Chat, site: str) -> None:
    """Of several links the good ones are added, and each bad one gets a line with its reason."""
    links = f"{site}/rockets {site}/missing http://127.0.0.1:9/x"
    added = await bot.reply_to(bot.api.say(chat, alice, f"/add {links}"))
    lines = shown(added).splitlines()
    assert lines[0].startswith("Added: Rockets hit embassy")
    assert lines[1].startswith(f"{site}/missing: ")
    assert lines[2].startswith("http://127.0.0.1:9/x: ")
    assert len(await articles(bot, chat)) == 1


async def test_forwarded_post(bot: Bot, alice: User, chat: Chat) -> None:
    """A forwarded post in a private chat is added at once with its channel, date and link."""
    at = datetime(2020, 1, 26, 18, 0, tzinfo=UTC)
    channel = bot.api.channel("Baghdad News", username="baghdadnews")
    post = bot.api.forward(chat, alice, STORY.text, from_channel=channel, date=at, post_id=77)
    added = await bot.reply_to(post)
    assert added.text.startswith("Added: Smoke rose over the river.")
    article = await only_article(bot, chat)
    assert (article.source, article.published_at, article.url) == (
        "Baghdad News",
        at,
        "https://t.me/baghdadnews/77",
    )


async def test_forwarded_command_is_a_post(bot: Bot, alice: User, chat: Chat) -> None:
    """A forwarded message that begins with a command is added, not obeyed."""
    added = await bot.reply_to(bot.api.forward(chat, alice, f"/sources {STORY.text}", from_name="Somebody"))
    assert added.text.startswith("Added: ")


async def test_file(bot: Bot, alice: User, chat: Chat) -> None:
    """A file in a private chat is added, with or without /add under it."""
    data = f"{STORY.title}\n\n{STORY.text}".encode()
    added = await bot.reply_to(bot.api.upload(chat, alice, "story.txt", data, "text/plain"))
    assert added.text.startswith(f"Added: {STORY.title}")
    again = await bot.reply_to(bot.api.upload(chat, alice, "story.txt", data, "text/plain", caption="/add"))
    assert again.text.startswith("Already here: ")


async def test_file_in_a_group(bot: Bot, alice: User) -> None:
    """In a group a file is added when /add stands under it, into the group's collection."""
    group = bot.api.group("News room", members=[alice])
    data = f"{STORY.title}\n\n{STORY.text}".encode()
    bot.api.upload(group, alice, "story.txt", data, "text/plain")
    sent = bot.api.upload(group, alice, "story.txt", data, "text/plain", caption="/add@askwire_test_bot")
    assert (await bot.reply_to(sent)).text.startswith("Added: ")
    assert len(await articles(bot, group)) == 1
    assert await articles(bot, bot.api.private_chat(alice)) == []


async def test_add_as_a_reply(bot: Bot, alice: User) -> None:
    """/add in reply adds the other message, with its author as the source."""
    bob = bot.api.user("Bob")
    group = bot.api.group("News room", members=[alice, bob])
    said = bot.api.say(group, bob, STORY.text)
    added = await bot.reply_to(bot.api.say(group, alice, "/add", reply_to=said))
    assert added.text.startswith("Added: ")
    assert (await only_article(bot, group)).source == "Bob"


async def test_the_bots_words_are_no_article(bot: Bot, alice: User, chat: Chat) -> None:
    """/add in reply to the bot's own message adds nothing: it must not cite itself."""
    own = await bot.reply_to(bot.api.say(chat, alice, "/help"))
    refused = await bot.reply_to(bot.api.say(chat, alice, "/add", reply_to=own))
    assert "my own message" in refused.text
    assert await articles(bot, chat) == []


async def test_json_lines(bot: Bot, alice: User, chat: Chat) -> None:
    """A file of many articles is counted, and its ids are not taken over."""
    lines = [
        {"id": f"mine-{n}", "title": f"Story {n}", "text": f"{QUOTE} This is report number {n} of many."}
        for n in range(12)
    ]
    data = "\n".join(map(json.dumps, lines)).encode()
    added = await bot.reply_to(bot.api.upload(chat, alice, "stories.jsonl", data))
    await bot.api.wait_until(lambda: added.text.startswith("Added: 12 articles."))
    assert added.edits[0].text.startswith("Reading: 0 of 12 articles")
    assert bot.api.replies(chat) == [added]
    assert not any(article.id.startswith("mine") for article in await articles(bot, chat))


async def test_large_file_is_not_fetched(bot: Bot, alice: User, chat: Chat) -> None:
    """A file over 20 MB is refused before anything is downloaded."""
    refused = await bot.reply_to(bot.api.upload(chat, alice, "big.pdf", b"x", size=20_000_001))
    assert "big.pdf is over 20 MB" in shown(refused)
    assert bot.api.calls("getFile") == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("broken.pdf", b"%PDF-1.4 x"),
    ],
)
async def test_unreadable_file(bot: Bot, alice: User, chat: Chat, name: str, data: bytes) -> None:
    """An empty, binary or broken file gets one line, and nothing is added."""
    refused = await bot.reply_to(bot.api.upload(chat, alice, name, data))
    assert len(refused.text.splitlines()) == 1
    assert not refused.text.startswith("Added")
    assert await articles(bot, chat) == []


async def test_file_that_telegram_does_not_give(bot: Bot, alice: User, chat: Chat) -> None:
    """A failed download is one line that says what to do."""
    bot.api.fail(method="getFile", status=400, description="Bad Request: file is too big")
    large = await bot.reply_to(bot.api.upload(chat, alice, "a.txt", b"text"))
    assert "over 20 MB" in large.text
    bot.api.fail(method="getFile", status=400, description="Bad Request: wrong file_id")
    gone = await bot.reply_to(bot.api.upload(chat, alice, "a.txt", b"text"))
    assert "Send it once again" in gone.text


async def test_nothing_to_add(bot: Bot, alice: User, chat: Chat) -> None:
    """A bare /add gets a hint about what can be added."""
    hint = await bot.reply_to(bot.api.say(chat, alice, "/add"))
    assert "/add and a link" in hint.text


async def test_in_another_language(bot: Bot, site: str) -> None:
    """What became of links, and why one could not be read, is said in the user's language."""
    alice = bot.api.user("Alice", language_code="de")
    chat = bot.api.private_chat(alice)
    links = f"{site}/rockets {site}/missing http://127.0.0.1:9/x"
    said = await bot.reply_to(bot.api.say(chat, alice, f"/add {links}"))
    first, second, third, last = shown(said).splitlines()
    assert first.startswith("Aufgenommen: Rockets hit embassy – ")
    assert second == f"{site}/missing: {words_of('de')('errors-fetch')}"
    assert third == f"http://127.0.0.1:9/x: {words_of('de')('errors-forbidden-address')}"
    assert last == "Fragen Sie mich dazu."
    large = await bot.reply_to(bot.api.upload(chat, alice, "groß.pdf", b"x", size=20_000_001))
    assert shown(large).startswith("groß.pdf ist größer als 20 MB")
    hint = await bot.reply_to(bot.api.say(chat, alice, "/add"))
    assert hint.text.startswith("Schicken Sie mir, was ich lesen soll: /add")


async def test_links_in_arabic(bot: Bot) -> None:
    """A link stands apart from the line around it, which runs from right to left."""
    alice = bot.api.user("Alice", language_code="ar")
    links = "http://127.0.0.1:9/x http://127.0.0.1:9/y"
    refused = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, f"/add {links}"))
    line = words_of("ar")("errors-forbidden-address")
    assert shown(refused).splitlines()[0] == f"\u2068http://127.0.0.1:9/x\u2069: {line}"


async def test_very_little_text(bot: Bot, alice: User, chat: Chat) -> None:
    """A text that is too short to answer from gets one line about it."""
    refused = await bot.reply_to(bot.api.say(chat, alice, "/add hello"))
    assert "too little text" in refused.text
