"""The whole text of a chapter's markup, parted as its reader sees it."""

from __future__ import annotations

import pytest

from index.sources.markup_text import MarkupText, markup_text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One.</p><p>Two <b>bold</b> words.</p>", "One.\nTwo bold words."),
        ("One<br/>Two<hr/>Three", "One\nTwo\nThree"),
        ("<div>One<div>Two</div>Three</div>", "One\nTwo\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<table><tr><th>A</th><td>B</td></tr><tr><td>1</td><td> </td></tr></table>", "A | B\n1 |"),
        ("<p>a<!-- comment -->b<?pi x?>c</p>", "abc"),
        ("<p>a<script>alert(1)</script>b<style>p{}</style></p><svg><text>x</text></svg>", "ab"),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字</p>", "漢字"),
        ("<p>&eacute;&nbsp;&hellip;&amp;&lt;&#8212;</p>", "é …&<—"),
        ("<p>no &such; name</p>", "no &such; name"),
        ("<pre>a\n  b</pre>", "a b"),
        ("", ""),
    ],
)
def test_text_is_parted_where_the_reader_sees_a_break(body: str, text: str) -> None:
    """Blocks are lines, cells are kept apart, what is not shown is left out."""
    assert markup_text(f"<html><head><title>T</title></head><body>{body}</body></html>").text == text


def test_headings_at_the_top_are_counted() -> None:
    """Those that follow one another are one; a later one is text."""
    found = markup_text("<html><head/><body><h1>One</h1><h2>Two</h2><p>Text.</p><h2>Three</h2></body></html>")
    assert (found.heading, found.heading_lines) == ("One – Two", 2)
    found = markup_text("<html><body><p>Before.</p><h1>One</h1><p>Text.</p></body></html>")
    assert (found.heading, found.heading_lines) == ("One", 0)


def test_the_share_of_links_is_known() -> None:
    """A page of links is a table of contents."""
    assert markup_text("<html><body><p><a href='a'>12345</a>67890</p></body></html>").linked == 0.5
    assert markup_text("<html><body><p>67890</p></body></html>").linked == 0.0


def test_an_empty_title_swallows_nothing() -> None:
    """In XHTML `<title/>` is whole, in HTML it would be open to the end."""
    assert markup_text(
        "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p>Text.</p></body></html>"
    ).text


@pytest.mark.parametrize("markup", ["", " ", "no markup", "<", "<p>a<b>b</p>c", "<html><body><p>a</body>"])
def test_anything_gives_some_text_or_none(markup: str) -> None:
    """What is no XML is read as HTML; nothing at all is no text."""
    try:
        found = markup_text(markup)
    except Exception as error:
        assert type(error).__module__.startswith("lxml")  # noqa: PT017
    else:
        assert isinstance(found, MarkupText)
