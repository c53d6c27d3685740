"""Entries of feeds as they come: broken, wrong, hostile or too many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from index.errors import UnreadableError
from index.sources.feed_entries import MAX_ENTRIES
from index.sources.feeds import FeedEntry, ParsedFeed, parse_feed

URL = "https://news.example/world/feed.xml"
SYNDICATION = 'xmlns:s="http://purl.org/rss/1.0/modules/syndication/"'


def parsed(text: str | bytes, content_type: str | None = "application/rss+xml") -> ParsedFeed:
    """A feed from its text or bytes."""
    return parse_feed(text if isinstance(text, bytes) else text.encode(), URL, content_type)


def item(**fields: str) -> str:
    """An RSS item."""
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def rss(*items: str, head: str = "") -> str:
    """An RSS feed."""
    return f'<rss version="2.0"><channel><title>T</title>{head}{"".join(items)}</channel></rss>'


def only(text: str | bytes, content_type: str | None = None) -> FeedEntry:
    """The one entry of a feed."""
    (entry,) = parsed(text, content_type).entries
    return entry


@pytest.mark.parametrize(
    "broken",
    [
        rss(item(title="Bread & butter", link="https://a.example/1")),
        rss(item(title="Bread &amp;amp; butter", link="https://a.example/1")),
        rss(item(title="Bread &nbsp;&amp; butter", link="https://a.example/1")),
        rss(item(title="Bread\x0b &amp; butter", link="https://a.example/1")),
        rss(item(title="Bread &amp; butter", link="https://a.example/1")).removesuffix("</item></channel></rss>"),
        "\n\n  " + rss(item(title="<![CDATA[Bread & butter]]>", link="https://a.example/1")),
        "\ufeff" + rss(item(title="Bread &amp; butter", link="https://a.example/1")),
    ],
    ids=["bare ampersand", "escaped twice", "HTML entity", "control character", "cut off", "space before", "BOM"],
)
def test_broken_xml_is_read_as_far_as_it_goes(broken: str) -> None:
    """What publishers get wrong most often loses nothing."""
    entry = only(broken)
    assert (entry.title, entry.url) == ("Bread & butter", "https://a.example/1")


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("latin-1", "utf-8", "text/xml; charset=utf-8"),
        ("cp1252", "iso-8859-1", "text/xml"),
        ("utf-16", "utf-16", "application/xml"),
        ("utf-8", "", "text/xml"),
        ("latin-1", "", "text/xml; charset=iso-8859-1"),
    ],
)
def test_wrong_encodings_do_not_garble(encoding: str, declared: str, header: str) -> None:
    """The bytes say what they are; declaration and header are often wrong."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = declaration + rss(item(title="Élection à Genève", link="https://a.example/1"))
    assert only(text.encode(encoding), header).title == "Élection à Genève"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<!doctype html><html><head><title>Log in</title></head><body>Log in</body></html>", "a web page"),
        (b"<?xml version='1.0'?><!-- x --><html xmlns='http://www.w3.org/1999/xhtml'></html>", "a web page"),
        (b"Service unavailable", "no feed"),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "no feed"),
        (b"", "no feed"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no feed"),
        (b'{"version": "2", "items": []}', "no feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ', "damaged"),
        (b'{"a":' * 100_000, "damaged"),
        (b"<!---->" * 3_000 + b"x", "no feed"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, says: str) -> None:
    """A web page, another document or a fault is refused with the reason, on one line, at once."""
    with pytest.raises(UnreadableError, match=says) as error:
        parsed(body)
    assert "\n" not in str(error.value)


def test_an_empty_feed_is_a_feed() -> None:
    """A new feed has no entries yet."""
    assert parsed(rss()) == ParsedFeed("T", None, None, (), None, None)


def test_dates_that_cannot_be_are_none() -> None:
    """More than a day ahead, the beginning of Unix time and nonsense are no dates; tomorrow's early edition is."""
    now = datetime.now(UTC)
    dates = [now + timedelta(days=3), datetime(1970, 1, 1, tzinfo=UTC), now + timedelta(hours=14)]
    texts = [f"{date:%a, %d %b %Y %H:%M:%S} GMT" for date in dates] + ["yesterday", "31 Feb 2025"]
    feed = parsed(rss(*(item(title=text, link=f"https://a.example/{n}", pubDate=text) for n, text in enumerate(texts))))
    assert [entry.published_at is not None for entry in feed.entries] == [False, False, True, False, False]


def test_an_entry_is_known_by_its_id_else_its_link_else_its_words() -> None:
    """The key is stable from one reading to the next."""
    items = [
        item(guid="g-1", link="https://a.example/1", title="x"),
        item(link="https://a.example/2", title="x"),
        item(description="Words alone, without a link."),
        item(guid="g" * 5_000, link="https://a.example/3"),
    ]
    keys = [entry.key for entry in parsed(rss(*items)).entries]
    assert keys[1] == "https://a.example/2"
    assert all(len(key) == 64 for key in keys[2:])
    assert keys == [entry.key for entry in parsed(rss(*items)).entries]


def test_the_digest_changes_with_words_and_not_with_markup() -> None:
    """Another picture address or class is no change of the article; another word or time of change is."""

    def digest(markup: str, updated: str = "2025-05-05T10:00:00Z") -> str:
        return only(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>t</title>'
            f"<updated>{updated}</updated><content type='html'><![CDATA[{markup}]]></content></entry></feed>"
        ).digest

    assert digest("<p class=a>One <img src=1.jpg>two</p>") == digest("<p class=b>One <img src=2.jpg>two</p>")
    assert digest("<p>One two</p>") != digest("<p>One three</p>")
    assert digest("<p>One two</p>") != digest("<p>One two</p>", "2025-05-06T10:00:00Z")


def test_the_newest_entries_are_kept() -> None:
    """A feed of its site's whole past gives its 200 newest entries, the newest first."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    items = [
        item(
            guid=f"g{n}", link=f"https://a.example/{n}", pubDate=f"{start + timedelta(hours=n):%a, %d %b %Y %H:%M:%S} Z"
        )
        for n in range(300)
    ]
    entries = parsed(rss(*items)).entries
    assert len(entries) == MAX_ENTRIES
    assert [entries[0].key[-4:], entries[-1].key[-4:]] == ["g299", "g100"]


def test_entries_that_share_a_link_have_no_address_of_their_own() -> None:
    """A live page's entries each have their text; an address would make each take the place of the last one."""
    words = "The ferry is still on the sandbank and the crew waits for the tide. " * 20
    items = [item(guid=f"g{n}", link=f"https://a.example/live#{n}", description=f"{n} {words}") for n in range(2)]
    items.append(item(guid="home", link="https://a.example/", description=f"3 {words}"))
    items.append(item(guid="own", link="https://a.example/own", description=f"4 {words}"))
    entries = parsed(rss(*items, head="<link>https://a.example</link>")).entries
    assert [entry.url for entry in entries] == [None, None, None, "https://a.example/own"]


def test_a_space_in_a_link_is_escaped() -> None:
    """Publishers forget to."""
    assert only(rss(item(title="t", link=" https://a.example/one two "))).url == "https://a.example/one%20two"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://u:p@a.example/", "file:///etc/passwd", "http://["])
def test_only_web_links_are_links(link: str) -> None:
    """Nothing else becomes an entry's address."""
    assert only(rss(item(title="t", link=link, description="Some words."))).url is None


def test_a_plain_title_of_atom_keeps_what_looks_like_a_tag() -> None:
    """Atom says which titles are HTML."""
    title = '<title type="{}">How &lt;Vec&gt; differs</title>'
    entries = "".join(
        f"<entry><id>{kind}</id>{title.format(kind)}<summary>s</summary></entry>" for kind in ("text", "html")
    )
    feed = parsed(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    assert [entry.title for entry in feed.entries] == ["How <Vec> differs", "How differs"]


def test_titles_are_one_clean_line_of_bounded_length() -> None:
    """Line breaks, bidi overrides and control characters go from titles, and a title has an end."""
    entry = only(rss(item(title="One\n \u202etwo\u2066 " + "word " * 500, link="https://a.example/1")))
    assert entry.title.startswith("One two word")
    assert len(entry.title) <= 120


def test_entity_bombs_and_outside_entities_give_nothing() -> None:
    """Entities that a feed defines are not expanded, and no file is read for one."""
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    entry = only(head + rss(item(title="&a9; &file;", link="https://a.example/1", description="&a9;&file;")))
    assert len(entry.title) < 100
    assert "root:" not in entry.title + entry.html


def test_an_entry_that_is_too_long_is_left_to_its_page() -> None:
    """Inline pictures are left out; a megabyte of words is no article."""
    picture = f'<p>Words of the ferry.</p><img src="data:image/png;base64,{"A" * 600_000}">'
    words = "<p>" + "word " * 120_000 + "</p>"
    feed = parsed(
        rss(
            item(guid="1", link="https://a.example/1", description=f"<![CDATA[{picture}]]>"),
            item(guid="2", link="https://a.example/2", description=f"<![CDATA[{words}]]>"),
        )
    )
    assert [len(entry.html) < 200 for entry in feed.entries] == [True, True]
    assert "ferry" in feed.entries[0].html


def test_the_source_of_an_aggregator_is_kept() -> None:
    """`<source>` names who published an entry first."""
    text = rss(
        '<item><title>t</title><link>https://a.example/1</link><source url="https://b.example/">Bee</source></item>'
    )
    assert only(text).source == "Bee"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>15</ttl>", 900.0),
        ("<ttl>soon</ttl>", None),
        (f"<s:updatePeriod {SYNDICATION}>daily</s:updatePeriod>", 86_400.0),
        (
            (
                f"<ttl>5</ttl><s:updatePeriod {SYNDICATION}>daily</s:updatePeriod>"
                f"<s:updateFrequency {SYNDICATION}>4</s:updateFrequency>"
            ),
            21_600.0,
        ),
    ],
)
def test_the_feeds_own_interval_is_read(head: str, seconds: float | None) -> None:
    """The longer of `ttl` and the syndication module's period counts."""
    assert parsed(rss(head=head)).interval == seconds
