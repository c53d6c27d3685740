"""The strict parser of Telegram's HTML, and the entities found in plain text."""

from __future__ import annotations

import pytest

from tests.helpers.bot_api.entities import detect_entities, entity_text, normal_url, utf16_length
from tests.helpers.bot_api.errors import ApiError, Json
from tests.helpers.bot_api.formatting import read_text
from tests.helpers.bot_api.markup import MarkupError, parse_html
from tests.helpers.bot_api.records import User


def _nobody(_: int) -> User | None:
    return None


def _entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


_GOOD: list[tuple[str, str, list[Json]]] = [
    ("plain", "plain", []),
    ("", "", []),
    ("&lt;&gt;&amp;&quot;", '<>&"', []),
    ("&lt1 &#60; &#x3c;", "<1 < <", []),
    ("&ge;&laquo;&#12345678; a & b", "&ge;&laquo;&#12345678; a & b", []),
    ("a > b", "a > b", []),
    *[(f"<{tag}>x</{tag}>", "x", [_entity("bold", 0, 1)]) for tag in ("b", "strong", "B")],
    *[(f"<{tag}>x</{tag}>", "x", [_entity("italic", 0, 1)]) for tag in ("i", "em")],
    *[(f"<{tag}>x</{tag}>", "x", [_entity("underline", 0, 1)]) for tag in ("u", "ins")],
    *[(f"<{tag}>x</{tag}>", "x", [_entity("strikethrough", 0, 1)]) for tag in ("s", "strike", "del")],
    ('<span class="tg-spoiler">x</span>', "x", [_entity("spoiler", 0, 1)]),
    ("<tg-spoiler>x</tg-spoiler>", "x", [_entity("spoiler", 0, 1)]),
    ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [_entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [_entity("italic", 5, 6)]),
    ("a<b>b<i>c</i></b>", "abc", [_entity("bold", 1, 2), _entity("italic", 2, 1)]),
    ("<b></b>x", "x", []),
    ("<i>a</>", "a", [_entity("italic", 0, 1)]),
    ("<i>a</i   >", "a", [_entity("italic", 0, 1)]),
    ("<i x  =  190azAz-.   >a</i>", "a", [_entity("italic", 0, 1)]),
    (
        '<a href="https://a.org/?q=1&amp;b=2">a</a>',
        "a",
        [_entity("text_link", 0, 1, url="https://a.org/?q=1&b=2")],
    ),
    ("<a href='a.org'>a</a>", "a", [_entity("text_link", 0, 1, url="http://a.org/")]),
    ("<a>a.org</a>", "a.org", [_entity("text_link", 0, 5, url="http://a.org/")]),
    ('<a href="javascript:1">a</a>', "a", []),
    ("<pre>x</pre>", "x", [_entity("pre", 0, 1)]),
    ("<code>x</code>", "x", [_entity("code", 0, 1)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [_entity("pre", 0, 1, language="py")]),
    ("<blockquote>x</blockquote>", "x", [_entity("blockquote", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [_entity("expandable_blockquote", 0, 1)]),
]


@pytest.mark.parametrize(("markup", "text", "entities"), _GOOD)
def test_good_markup_becomes_text_and_entities(markup: str, text: str, entities: list[Json]) -> None:
    """Offsets count UTF-16 units of the text that is left."""
    assert parse_html(markup) == (text, entities)


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b></b></", "Unexpected end tag at byte offset 7"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("<a href=https://a.org>x</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(markup: str, error: str) -> None:
    """Byte offsets count UTF-8."""
    with pytest.raises(MarkupError) as caught:
        parse_html(markup)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("🏟 /ask@askwire_test_bot why?", [("bot_command", "/ask@askwire_test_bot")]),
        ("ask @askwire_test_bot, now", [("mention", "@askwire_test_bot")]),
        (
            "see https://a.org/b_(c)/d. And a.org/x, fine",
            [("url", "https://a.org/b_(c)/d"), ("url", "a.org/x")],
        ),
        ("mail me@a.org #news 3/4 e.g. and/or", [("email", "me@a.org"), ("hashtag", "#news")]),
    ],
)
def test_entities_of_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    """Commands, mentions and links are found as Telegram's apps find them."""
    assert [(entity["type"], entity_text(text, entity)) for entity in detect_entities(text)] == found


def test_given_entities_are_kept_and_trimmed() -> None:
    """White space around a text goes, its entities move along, and formatting inside code is dropped."""
    given = [_entity("bold", 0, 4), _entity("code", 2, 2), _entity("italic", 2, 2)]
    text, entities = read_text({"text": "  👍 \n", "entities": given}, _nobody)
    assert (text, entities) == ("👍", [_entity("bold", 0, 2), _entity("code", 0, 2)])


@pytest.mark.parametrize("entity", [_entity("bold", 1, 1), _entity("bold", 0, 3), _entity("bold", 2, 1)])
def test_entities_outside_the_text_or_inside_a_character_are_refused(entity: Json) -> None:
    """Offsets that Telegram can't place are an error."""
    with pytest.raises(ApiError, match="Bad Request: entity"):
        read_text({"text": "👍", "entities": [entity]}, _nobody)


def test_addresses() -> None:
    """A link needs a host with a dot; lengths count UTF-16 units."""
    addresses = ("http://localhost/x", "a b.org", "ftp://a.org", "https://a.org", "tg://user?id=1")
    assert [normal_url(address) for address in addresses] == [
        None,
        None,
        None,
        "https://a.org/",
        "tg://user?id=1",
    ]
    assert utf16_length("👍a") == 3
