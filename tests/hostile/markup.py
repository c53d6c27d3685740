"""Hostile XML and HTML: entities that grow or name files, endless nesting, shapes that patterns choke on."""

from __future__ import annotations

SECRET_FILE = "/etc/passwd"
STORY = (
    "The ferry Marta ran aground near the harbour of Split on Friday morning, the port office said. Nobody of the "
    "112 people on board was hurt, and a tug pulled the ship free at noon, its captain told reporters on the pier. "
    "The line will sail again on Saturday, after divers have looked at the hull below the water."
)

_LAUGHS = "".join(f'<!ENTITY lol{n} "{"".join(f"&lol{n - 1};" for _ in range(10))}">' for n in range(1, 10))
DOCTYPES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY lol0 "haha">{_LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"haha" * 25_000}">]>',
    "file": f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{SECRET_FILE}">]>',
    "dtd": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd" [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e"> %e;]>',
}
CALLS = {"laughs": "&lol9;", "quadratic": "&a;" * 5_000, "file": "&f;", "dtd": "&e;"}


def rss(way: str) -> bytes:
    """A feed with a document type of one of the `DOCTYPES`, which its entry calls."""
    return (
        f'<?xml version="1.0"?>{DOCTYPES[way]}<rss version="2.0"><channel><title>News</title><item><guid>1</guid>'
        f"<title>Ferry {CALLS[way]}</title><description>{STORY}</description></item></channel></rss>"
    ).encode()


def atom(way: str) -> bytes:
    """The same in Atom."""
    return (
        f'<?xml version="1.0"?>{DOCTYPES[way]}<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>'
        f"<id>1</id><title>Ferry {CALLS[way]}</title><content>{STORY}</content></entry></feed>"
    ).encode()


def opml(way: str) -> bytes:
    """The same in a list of feeds."""
    return (
        f'<?xml version="1.0"?>{DOCTYPES[way]}<opml version="2.0"><body>'
        f'<outline text="{CALLS[way] if way != "file" else ""}" xmlUrl="https://news.example/rss"/></body></opml>'
    ).encode()


def xhtml(way: str) -> bytes:
    """The same in a page that says it is XHTML."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{DOCTYPES[way].replace("DOCTYPE x", "DOCTYPE html")}'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferry</title></head><body><article><p>{STORY}</p>'
        f"<p>{CALLS[way]}</p></article></body></html>"
    ).encode()


def word_xml(way: str) -> bytes:
    """The same in the main part of a Word document."""
    return (
        f'<?xml version="1.0"?>{DOCTYPES[way]}'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{STORY} {CALLS[way]}</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


def page(body: str, head: str = "") -> bytes:
    """A page with an article, and something odd."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Ferry Marta runs aground</title>{head}</head><body><article>"
        f"<h1>Ferry Marta runs aground</h1><p>{STORY}</p>{body}</article></body></html>"
    ).encode()


def many_links(count: int = 100_000) -> bytes:
    """An article with a great many links."""
    return page("".join(f"<a href=/{n}>link {n}</a>" for n in range(count)))


def leading_page() -> bytes:
    """A page that sends browsers elsewhere, and says that it is a page of this machine or of another publisher."""
    return page(
        "<iframe src='http://127.0.0.1/admin'></iframe><img src='http://169.254.169.254/latest/'>",
        "<meta http-equiv=refresh content='0;url=http://127.0.0.1/admin'><base href='file:///etc/'>"
        "<link rel=canonical href='http://127.0.0.1/admin'><meta property=og:url content='https://other.example/'>",
    )


def nested_page(depth: int = 200_000) -> bytes:
    """The article below a tower of elements."""
    return f"<html><body>{'<div>' * depth}<p>{STORY}</p></body></html>".encode()


def nested_rss(depth: int = 200_000) -> bytes:
    """An entry with a tower of elements in it."""
    return (
        f'<rss version="2.0"><channel><title>News</title><item><title>Ferry</title><guid>1</guid>'
        f"<description>{STORY}</description>{'<a>' * depth}</item></channel></rss>"
    ).encode()


def nested_opml(depth: int = 100_000) -> bytes:
    """A feed in a folder in a folder, and so on."""
    inner = '<outline text="N" xmlUrl="https://news.example/rss"/>'
    return f'<opml version="2.0"><body>{"<outline>" * depth}{inner}</body></opml>'.encode()


def nested_word(depth: int = 50_000) -> bytes:
    """A table in a table, and so on."""
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{'<w:tbl><w:tr><w:tc>' * depth}<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>"
        f"{'</w:tc></w:tr></w:tbl>' * depth}</w:body></w:document>"
    ).encode()


def many_attributes(count: int = 200_000) -> bytes:
    """One element with a great many attributes."""
    return page("<p " + " ".join(f"a{n}='{n}'" for n in range(count)) + ">More follows.</p>")


def many_entries(count: int = 100_000, *, one_key: bool = False) -> bytes:
    """A feed with a great many short entries, of which all may have the same key."""
    entries = "".join(
        f"<item><guid>{1 if one_key else n}</guid><title>Report {n}</title><link>https://news.example/{n}</link></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'.encode()


def odd_dates() -> bytes:
    """Entries whose dates no calendar has."""
    dates = ("NaN", "99999-01-01T00:00:00Z", "-0044-03-15", "0000-00-00", "1e400", "Mon, 99 Foo 99999 99:99:99 +9999")
    entries = "".join(
        f"<item><guid>{n}</guid><title>Report {n}</title><description>{STORY}</description>"
        f"<pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    return f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'.encode()


def padded_feed(padding: str) -> bytes:
    """A feed whose one entry has a long run of the same in its text."""
    entry = f"<item><guid>1</guid><title>Report</title><description>{STORY}<![CDATA[{padding}]]></description></item>"
    return f'<rss version="2.0"><channel><title>News</title>{entry}</channel></rss>'.encode()
