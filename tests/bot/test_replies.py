"""Answers and lists as Telegram messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.passages import PassageRef
from bot.replies import Reply, added_reply, answer_reply, passage_reply, sources_reply
from bot.richtext import MAX_UNITS, cleaned
from index.answer_text import DECLINED, QUOTED, RELATED
from index.types import Added, AddOutcome, Answer, Article, Citation, Conflict, ConflictKind, Related, Status
from tests.helpers.bot_api.entities import utf16_length
from tests.helpers.bot_api.markup import parse_html

SUNDAY = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
ONE = Citation(1, "a1", "Rockets hit embassy", "Three rockets hit.", 0, 18, "https://news.example/1", "AFP", SUNDAY)
TWO = Citation(2, "a2", "An update", "Five rockets hit.", 0, 17, None, "Reuters", datetime(2020, 1, 27, tzinfo=UTC))

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]), max_size=80)
LONG_TEXT = st.builds(lambda text, times: text * times, ANY_TEXT, st.integers(1, 200))
DATES = st.none() | st.datetimes(timezones=st.just(UTC))
CITATIONS = st.lists(
    st.builds(
        Citation,
        n=st.integers(1, 9),
        article_id=ANY_TEXT,
        title=LONG_TEXT,
        quote=LONG_TEXT,
        start=st.integers(0, 10**8),
        end=st.integers(0, 10**8),
        url=st.none() | ANY_TEXT | ANY_TEXT.map("https://example.org/{}".format),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
        answer_start=st.none() | st.integers(0, 90),
        answer_end=st.none() | st.integers(0, 90),
    ),
    max_size=7,
).map(tuple)
CONFLICTS = st.lists(
    st.builds(
        Conflict,
        value=ANY_TEXT,
        n=st.integers(1, 9),
        kind=st.sampled_from(ConflictKind),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
        in_title=st.booleans(),
    ),
    max_size=3,
).map(tuple)
RELATED_ARTICLES = st.lists(
    st.builds(
        Related,
        article_id=ANY_TEXT,
        title=LONG_TEXT,
        url=st.none() | ANY_TEXT.map("https://example.org/{}".format),
        source=st.none() | ANY_TEXT,
        published_at=DATES,
    ),
    max_size=3,
).map(tuple)
ANSWERS = st.builds(
    Answer,
    question=ANY_TEXT,
    status=st.sampled_from(Status),
    short_answer=st.none() | LONG_TEXT,
    sentences=st.lists(st.tuples(LONG_TEXT, st.lists(st.integers(1, 9), max_size=2).map(tuple)), max_size=3).map(tuple),
    citations=CITATIONS,
    conflicts=CONFLICTS,
    related=RELATED_ARTICLES,
    notice=st.none() | ANY_TEXT,
)


def shown(reply: Reply) -> str:
    """The text as a reader sees it, messages after each other."""
    return "\n---\n".join(part.plain for part in reply.parts)


def words(text: str) -> str:
    return "".join(cleaned(text).split())


def check_messages(reply: Reply) -> None:
    """Each message is well formed, not empty and within Telegram's limit."""
    for part in reply.parts:
        text, _ = parse_html(part.html)
        assert text == part.plain
        assert part.plain.strip()
        assert utf16_length(part.plain) <= MAX_UNITS
    for row in reply.buttons.inline_keyboard if reply.buttons else ():
        for button in row:
            assert isinstance(button.callback_data, str)
            assert 1 <= len(button.callback_data.encode()) <= 64


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_any_answer_can_be_sent(answer: Answer) -> None:
    """Whatever articles and models say, the messages are accepted and no words of them are lost."""
    reply = answer_reply(answer)
    check_messages(reply)
    if answer.status is not Status.DECLINED:
        said = words("".join(part.plain for part in reply.parts))
        for citation in answer.citations:
            assert words(citation.quote) in said
            assert words(citation.title) in said
        assert words(answer.notice or "") in said


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=[]), min_size=1), st.data())
def test_any_passage_can_be_sent(text: str, data: st.DataObject) -> None:
    """Whatever the article, its passage is accepted."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ref = PassageRef.of(Citation(1, "a1", "T", text[start:end], start, end))
    reply = passage_reply(Article("T", text, id="a1"), ref)
    assert reply is not None
    check_messages(reply)


def test_answer_layout() -> None:
    """The short answer is bold on the first line; quotes and numbered sources with date and link follow."""
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO))
    (part,) = answer_reply(answer).parts
    assert part.html == (
        "<b>Three</b> [1]\n\n"
        "“Three rockets hit.” [1]\n“Five rockets hit.” [2]\n\n"
        '1. <a href="https://news.example/1">Rockets hit embassy</a> – AFP, 26 January 2020\n'
        "2. An update – Reuters, 27 January 2020"
    )


def test_longer_answer() -> None:
    """The first sentence is the short answer; the others follow it with their numbers."""
    sentences = (("Rockets hit it.", (1, 2)), ("There were three.", (1,)), ("Or five.", (2,)))
    answer = Answer("q", Status.ANSWERED, "Rockets hit it.", sentences, (ONE, TWO))
    (part,) = answer_reply(answer).parts
    start = "<b>Rockets hit it.</b> [1] [2]\n\nThere were three. [1] Or five. [2]\n\n“Three rockets hit.” [1]"
    assert part.html.startswith(start)


def test_quoted() -> None:
    """Quotes without an answer begin with a line that says so."""
    text = shown(answer_reply(Answer("q", Status.QUOTED, citations=(ONE,))))
    assert text.startswith(f"{QUOTED}\n\n“Three rockets hit.” [1]")


def test_declined() -> None:
    """A declined question gets one plain line and the notice, without sources and buttons."""
    reply = answer_reply(Answer("q", Status.DECLINED, notice="The model cannot be reached."))
    assert shown(reply).startswith(DECLINED)
    assert shown(reply).count("The model") == 1
    assert reply.parts[0].html.endswith("<i>The model cannot be reached.</i>")
    assert reply.buttons is None


def test_quotes_of_one_article_share_a_source() -> None:
    """Several quotes of an article are followed by one line for it, with all their numbers."""
    second = Citation(2, ONE.article_id, ONE.title, "Nobody died.", 20, 32, ONE.url, ONE.source, SUNDAY)
    third = replace(TWO, n=3)
    text = shown(answer_reply(Answer("q", Status.ANSWERED, "three", citations=(ONE, second, third))))
    assert text.startswith("Three [1]\n")
    assert text.endswith(
        "\n\n1, 2. Rockets hit embassy – AFP, 26 January 2020\n3. An update – Reuters, 27 January 2020"
    )


def test_a_contradiction_leads() -> None:
    """Differing reports take the place of the short answer, each with its source and date, newest first."""
    conflicts = (Conflict("Five", 2, ConflictKind.CONTRADICTION, "Reuters", TWO.published_at),)
    answer = Answer("q", Status.ANSWERED, short_answer="Three", citations=(ONE, TWO), conflicts=conflicts)
    (part,) = answer_reply(answer).parts
    assert part.html.startswith(
        "<b>Reports differ: Five (Reuters, 27 January) [2], Three (AFP, 26 January) [1].</b>\n\n“Three rockets hit.”"
    )


def test_an_update_is_said_below_the_newest_value() -> None:
    """The short answer is the newest value; the older one has its day."""
    conflicts = (Conflict("Three", 1, ConflictKind.UPDATE, "AFP", SUNDAY),)
    newest = replace(TWO, n=1), replace(ONE, n=2)
    answer = Answer(
        "q", Status.ANSWERED, short_answer="Five", citations=newest, conflicts=(replace(conflicts[0], n=2),)
    )
    assert shown(answer_reply(answer)).split("\n\n")[:2] == [
        "Five [1]",
        "27 January: Five (Reuters) [1] · earlier, 26 January: Three (AFP) [2]",
    ]


def test_a_headline_against_its_text() -> None:
    """Also without a short answer the reader hears of it first."""
    marked = replace(ONE, answer_start=0, answer_end=13)
    conflicts = (Conflict("No rockets", 1, in_title=True),)
    text = shown(answer_reply(Answer("q", Status.QUOTED, citations=(marked,), conflicts=conflicts)))
    assert text.startswith("The headline says “No rockets”, the text “Three rockets” [1].\n\n“Three rockets hit.” [1]")


def test_the_answering_words_are_bold_in_the_quote() -> None:
    """And nothing else of it; the entity counts UTF-16 units."""
    quote = "😀 Three rockets\n hit."
    citation = Citation(1, "a1", "T", quote, 0, len(quote), answer_start=2, answer_end=15)
    (part,) = answer_reply(Answer("q", Status.QUOTED, citations=(citation,))).parts
    text, entities = parse_html(part.html)
    assert "“😀 Three rockets hit.” [1]" in text
    (bold,) = entities
    units = text.encode("utf-16-le")
    start = 2 * bold["offset"]
    assert (bold["type"], units[start : start + 2 * bold["length"]].decode("utf-16-le")) == ("bold", "Three rockets")


def test_what_there_is_on_the_subject() -> None:
    """A plain no names and links up to three articles, and still has no buttons."""
    related = (
        Related("a1", "Rockets <hit>", "https://news.example/1", "AFP", SUNDAY),
        Related("a2", "A vote", "javascript:alert(1)"),
    )
    reply = answer_reply(Answer("q", Status.DECLINED, related=related, notice="The model is down."))
    (part,) = reply.parts
    assert part.html == (
        f"{DECLINED}\n\n{RELATED}\n"
        '• <a href="https://news.example/1">Rockets &lt;hit&gt;</a> – AFP, 26 January 2020\n'
        "• A vote\n\n<i>The model is down.</i>"
    )
    assert reply.buttons is None


def test_buttons() -> None:
    """Each citation has a button, five at most."""
    many = tuple(Citation(n, "a1", "T", "q", 0, 1) for n in range(1, 8))
    buttons = answer_reply(Answer("q", Status.QUOTED, citations=many)).buttons
    assert buttons is not None
    labels = [button.text for row in buttons.inline_keyboard for button in row]
    assert labels == [f"Passage {n}" for n in range(1, 6)]


def test_markup_in_articles_is_text() -> None:
    """Tags, entities and dangerous links of an article are shown as text and do nothing."""
    nasty = Citation(1, "a1", "<b>T</b> & <a href='x'>", "</i><script>&lt;", 0, 1, "javascript:alert(1)", "<s>")
    part = answer_reply(Answer("q", Status.ANSWERED, short_answer="<u>1</u>", citations=(nasty,))).parts[0]
    text, entities = parse_html(part.html)
    assert [entity["type"] for entity in entities] == ["bold"]
    assert "</i><script>&lt;" in text
    assert "<b>T</b> & <a href='x'> – <s>" in text


def test_sources_pages() -> None:
    """A page numbers its articles, says which it shows, and leads to the pages beside it."""
    articles = [Article(f"Story {n}", "", id=f"a{n}", url=f"https://e.example/{n}") for n in range(10)]
    reply = sources_reply(articles, offset=10, total=25)
    assert shown(reply).startswith("25 articles, 11–20\n11. Story 0")
    assert reply.buttons is not None
    assert [button.callback_data for button in reply.buttons.inline_keyboard[0]] == ["s:0", "s:20"]
    assert sources_reply(articles[:1], offset=0, total=1).buttons is None
    assert shown(sources_reply(articles[:1], offset=0, total=1)).startswith("1 article\n1. Story 0")
    assert "no articles here yet" in shown(sources_reply([], offset=0, total=0))


def test_a_page_of_sources_is_one_message() -> None:
    """However long titles and sources are, a page fits into one message, which its buttons can edit."""
    article = Article("😀" * 5000, "", source="😀" * 5000, published_at=SUNDAY)
    reply = sources_reply([article] * 10, offset=999_990, total=2_000_000)
    assert len(reply.parts) == 1
    check_messages(reply)


def test_added() -> None:
    """A report says what came of each article, and counts when there are many."""
    article = Article("Story", "text", source="AFP", published_at=SUNDAY)
    one = [Added(AddOutcome.ADDED, article, 1), Added(AddOutcome.DUPLICATE, article, 1)]
    text = shown(added_reply(one, ["x.example did not answer."]))
    assert text.splitlines() == [
        "Added: Story – AFP, 26 January 2020",
        "Already here: Story – AFP, 26 January 2020",
        "x.example did not answer.",
        "Ask me about it.",
    ]
    many = [Added(AddOutcome.ADDED, article, 1)] * 30 + [Added(AddOutcome.DUPLICATE, article, 1)] * 2
    assert shown(added_reply(many)).startswith("Added: 30, already here: 2 articles.")
    assert shown(added_reply([one[1]])) == "Already here: Story – AFP, 26 January 2020"
    assert shown(added_reply([])) == "There was no article in it."
