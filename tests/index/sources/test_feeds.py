"""Feeds of every format, as publishers really write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from index.sources.feeds import ParsedFeed, parse_feed

URL = "https://news.example/world/feed.xml"
STORY = "".join(
    f"<p>The council of Split met on {day} May and spoke for {day + 2} hours about the ferry.</p>"
    for day in range(1, 21)
)

RSS_2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/feed.xsl"?>
<!-- generator="WordPress/6.8" -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Harbour News &amp;#8211; World</title>
<atom:link href="https://news.example/world/feed.xml" rel="self" type="application/rss+xml" />
<link>https://news.example/world</link><language>en-GB</language><ttl>60</ttl>
<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency> 1 </sy:updateFrequency>
<item><title>Ferry &amp;quot;Marta&amp;quot; runs aground &amp;#8211; AT&amp;amp;T &lt;b&gt;helps&lt;/b&gt;</title>
<link>https://news.example/ferry?a=1&amp;b=2</link><dc:creator><![CDATA[Ana Kovač]]></dc:creator>
<pubDate>Mon, 05 May 2025 10:00:00 +0200</pubDate><guid isPermaLink="false">https://news.example/?p=7</guid>
<description><![CDATA[The ferry hit a sandbank. <a href="/ferry">Read more</a>]]></description>
<content:encoded><![CDATA[{STORY}<p>The post <a href="/ferry">Ferry</a> appeared first on <a href="/">N</a>.</p>]]>
</content:encoded></item>
<item><title>Short one</title><link>/short</link><pubDate>never</pubDate>
<author>desk@news.example (The Desk)</author><description>A teaser that leads on &#8230;</description></item>
</channel></rss>"""

RSS_091 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Caf\u00e9 du port</title><link>https://cafe.example/</link><language>fr</language>
<item><title>\u00c9lection \u00e0 Gen\u00e8ve</title><link>https://cafe.example/geneve</link>
<description>Le r\u00e9sultat.</description></item></channel></rss>"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://sci.example/rdf"><title>Science</title><link>https://sci.example/</link>
<items><rdf:Seq><rdf:li rdf:resource="https://sci.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://sci.example/1"><title>Comet seen</title><link>https://sci.example/1</link>
<dc:date>2025-05-05T10:00:00+02:00</dc:date><dc:creator>Lee</dc:creator><description>A comet.</description></item>
</rdf:RDF>"""

RSS_090 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Old</title><link>https://old.example/</link></channel>
<item><title>First</title><link>https://old.example/1</link></item></rdf:RDF>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-AT" xml:base="https://blog.example/">
<title type="text">Blog &amp; mehr</title><link href="/"/><link rel="self" href="/atom.xml"/>
<id>tag:blog.example,2025:feed</id><updated>2025-05-06T00:00:00Z</updated><author><name>Feed Autor</name></author>
<entry><title type="html">a &amp;lt; b &lt;em>und&lt;/em> c</title>
<link href="2025/eins"/><id>tag:blog.example,2025:1</id>
<published>2025-05-05T10:00:00Z</published><updated>2025-05-06T11:30:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{STORY}</div></content></entry>
<entry><title type="text">x &lt; y</title><link rel="alternate" type="text/html" href="2025/zwei"/>
<link rel="enclosure" href="ton.mp3" type="audio/mpeg"/><id>tag:blog.example,2025:2</id>
<updated>2025-05-04T10:00:00Z</updated><author><name>Gast</name></author><summary>Nur der Anfang …</summary></entry>
</feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Tech & more",
    "home_page_url": "https://tech.example/",
    "feed_url": "https://tech.example/feed.json",
    "language": "en",
    "authors": [{"name": "The Team"}],
    "items": [
        {
            "id": 7,
            "url": "/seven",
            "title": "Seven &amp; eight",
            "content_html": STORY,
            "date_published": "2025-05-05T10:00:00+02:00",
            "date_modified": "2025-05-06T10:00:00Z",
            "authors": [{"name": "Jo"}, {"name": "Al"}],
        },
        {"id": "8", "url": "https://tech.example/8", "summary": "Only a teaser."},
        "no item",
        {"id": "9", "title": "Nothing else"},
    ],
}


def parsed(text: str | bytes, content_type: str | None = "application/rss+xml") -> ParsedFeed:
    """A feed from its text or bytes."""
    return parse_feed(text if isinstance(text, bytes) else text.encode(), URL, content_type)


def test_rss_2_gives_text_dates_names_and_links() -> None:
    """A WordPress feed's fields are read; titles lose escapes and tags, and the mail address of an author goes."""
    feed = parsed(RSS_2)
    assert (feed.title, feed.site, feed.language) == ("Harbour News – World", "https://news.example/world", "en")
    assert (feed.url_self, feed.interval) == ("https://news.example/world/feed.xml", 3600.0)
    full, teaser = feed.entries
    assert full.title == 'Ferry "Marta" runs aground – AT&T helps'
    assert full.url == "https://news.example/ferry?a=1&b=2"
    assert full.key == "https://news.example/?p=7"
    assert full.published_at == datetime(2025, 5, 5, 8, tzinfo=UTC)
    assert (full.author, full.is_full, full.updated_at) == ("Ana Kovač", True, None)
    assert "20 May" in full.html
    assert teaser.url == "https://news.example/short"
    assert (teaser.author, teaser.is_full, teaser.published_at) == ("The Desk", False, None)


def test_rss_0_91_in_latin_1_is_read() -> None:
    """The declared encoding counts where the server says nothing of it."""
    feed = parsed(RSS_091.encode("latin-1"), "text/xml")
    assert feed.title == "Café du port"
    assert feed.entries[0].title == "Élection à Genève"
    assert feed.language == "fr"


@pytest.mark.parametrize(("text", "title"), [(RSS_1, "Comet seen"), (RSS_090, "First")], ids=["1.0", "0.90"])
def test_rss_1_and_0_90_are_read(text: str, title: str) -> None:
    """The RDF formats, whose items stand beside the channel."""
    (entry,) = parsed(text).entries
    assert entry.title == title
    assert entry.url is not None


def test_the_one_date_of_rss_1_is_the_publication() -> None:
    """`dc:date` is no later change."""
    (entry,) = parsed(RSS_1).entries
    assert entry.published_at == datetime(2025, 5, 5, 8, tzinfo=UTC)
    assert entry.updated_at is None


def test_atom_keeps_both_dates_and_resolves_links() -> None:
    """An update after the publication is told apart; relative links are meant from `xml:base`."""
    feed = parsed(ATOM, "application/atom+xml")
    assert (feed.title, feed.language, feed.site) == ("Blog & mehr", "de", "https://blog.example/")
    full, teaser = feed.entries
    assert (full.title, full.url) == ("a < b und c", "https://blog.example/2025/eins")
    assert (full.published_at, full.updated_at) == (
        datetime(2025, 5, 5, 10, tzinfo=UTC),
        datetime(2025, 5, 6, 11, 30, tzinfo=UTC),
    )
    assert (full.author, full.is_full) == ("Feed Autor", True)
    assert (teaser.title, teaser.url, teaser.author) == ("x < y", "https://blog.example/2025/zwei", "Gast")
    assert (teaser.is_full, teaser.published_at) == (False, None)
    assert teaser.updated_at == datetime(2025, 5, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", ["links", "content", "authors", "title_detail", "summary_detail", "source", "tags"])
@pytest.mark.parametrize("feed", [RSS_2, ATOM], ids=["rss", "atom"])
def test_elements_that_no_feed_should_have_are_passed_over(feed: str, name: str) -> None:
    """Feedparser keeps an unknown element by its name, even where that is the name of what it makes of others."""
    odd = f"<{name}>words</{name}>"
    for place in ("</title>", "</item>", "</entry>"):
        end, whole = (odd + place, place) if place != "</title>" else (place + odd, place)
        assert len(parsed(feed.replace(whole, end)).entries) == len(parsed(feed).entries)


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feed_is_read(version: str) -> None:
    """JSON Feed in both versions, whatever type the server declares; items that are none are left out."""
    feed = parsed(json.dumps(JSON_FEED | {"version": version}), "application/json")
    assert (feed.title, feed.site, feed.language) == ("Tech & more", "https://tech.example/", "en")
    full, teaser = feed.entries
    assert (full.key, full.url, full.title) == ("7", "https://news.example/seven", "Seven & eight")
    assert (full.author, full.is_full) == ("Jo, Al", True)
    assert full.updated_at == datetime(2025, 5, 6, 10, tzinfo=UTC)
    assert (teaser.author, teaser.is_full) == ("The Team", False)
