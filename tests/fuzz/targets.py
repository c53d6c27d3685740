"""What takes bytes from outside: each parser with good inputs to change, and the makers of replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from index.errors import SourceError
from index.parsing_table import parser_of
from index.types import Article
from tests.fuzz.language_inputs import LANGUAGE_TARGETS
from tests.fuzz.rendered import check_replies
from tests.fuzz.settings_inputs import SETTINGS_TARGETS
from tests.fuzz.target import Target, one_line
from tests.fuzz.telegram_inputs import TELEGRAM_TARGETS
from tests.fuzz.web_inputs import WEB_TARGETS
from tests.hostile import archives, json_inputs, markup, pdfs
from tests.index.sources.test_documents import make_docx

_URL = "https://news.example/ferry"
_DATE = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
_JSON = TypeAdapter(Any)


def parsed(parser: str, data: bytes, **arguments: Any) -> None:
    """Parses as the parsing process does, and looks at what comes out.

    Raises:
        Exception: another than SourceError, or a result that cannot be sent on.
    """
    try:
        result = parser_of(parser)(data, **arguments)
    except SourceError as error:
        one_line(error)
        return
    _JSON.dump_json(result)  # no half characters: they could not be sent on
    for article in result if isinstance(result, list) else [result]:
        if isinstance(article, Article):
            assert article.text.strip()
            assert "\x00" not in article.text + article.title


def _file(name: str, *seeds: bytes) -> Target:
    return Target(seeds, partial(parsed, "file", name=name))


def _inside(name: str, wrap: Callable[[bytes], bytes], *seeds: bytes) -> Target:
    """A part of an archive is changed, and the archive stays good."""
    return Target(seeds, lambda data: parsed("file", wrap(data), name=name))


_PAGE = markup.page(
    '<p>More of it. <a href="/x">x</a></p>',
    f'<meta property="article:published_time" content="{_DATE.isoformat()}"><link rel="canonical" href="{_URL}">'
    '<link rel="alternate" type="application/rss+xml" href="/feed"><script type="application/ld+json">'
    f'{{"@type":"NewsArticle","headline":"Ferry","datePublished":"{_DATE.isoformat()}"}}</script>',
)
_RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>News</title><link>https://news.example</link><ttl>60</ttl><item><guid>1</guid><title>Ferry</title>"
    f"<link>{_URL}</link><pubDate>Sun, 26 Jan 2020 21:30:00 GMT</pubDate><description>{markup.STORY}</description>"
    f"<content:encoded><![CDATA[<p>{markup.STORY}</p>]]></content:encoded></item></channel></rss>"
).encode()
_ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>1</id><title>Ferry</title>'
    f'<link href="{_URL}"/>'
    f"<updated>2020-01-26T21:30:00Z</updated><content type='html'>{markup.STORY}</content></entry></feed>"
).encode()
_JSON_FEED = json_inputs.feed(
    [{"id": "1", "url": _URL, "title": "Ferry", "content_html": markup.STORY, "date_published": "2020-01-26T21:30:00Z"}]
)
_OPML = (
    b'<opml version="2.0"><body><outline text="Sea"><outline text="News" type="rss" '
    b'xmlUrl="https://news.example/feed"/></outline></body></opml>'
)
_EXPORT = json_inputs.export(
    f"{json_inputs.message()},{json_inputs.message(id=2, reply_to_message_id=1, from_id='user7')}"
)
_TALK = json_inputs.export(
    ",".join(json_inputs.message(id=n, from_id=f"user{n}", text=f"{markup.STORY} {n}") for n in (1, 2, 3)),
    "private_supergroup",
)
_LINE = json.dumps({"id": "1", "title": "Ferry", "text": markup.STORY, "published_at": _DATE.isoformat()}).encode()
_ROBOTS = b"User-agent: *\nDisallow: /private/*.html$\nAllow: /\nCrawl-delay: 2\nSitemap: https://news.example/s.xml\n"

TARGETS: dict[str, Target] = {
    "page": Target((_PAGE,), partial(parsed, "page", url=_URL, content_type="text/html")),
    "feed": Target((_RSS, _ATOM, _JSON_FEED), partial(parsed, "feed", url="https://news.example/feed")),
    "feed-links": Target((_PAGE,), partial(parsed, "feed_links", url=_URL)),
    "opml": Target((_OPML,), partial(parsed, "opml")),
    "robots": Target((_ROBOTS,), partial(parsed, "robots", url=_URL, agent="askwire")),
    "talk": Target((_TALK,), partial(parsed, "talk", name="result.json", chat_ids=[-1001234])),
    "text": _file("ferry.txt", f"Ferry\n\n{markup.STORY}".encode(), markup.STORY.encode("utf-16")),
    "markdown": _file("ferry.md", f"---\ndate: 2020-01-26\n---\n# Ferry\n\n{markup.STORY}".encode()),
    "html": _file("ferry.html", _PAGE),
    "lines": _file("news.jsonl", _LINE + b"\n" + _LINE),
    "export": _file("result.json", _EXPORT),
    "pdf": _file("ferry.pdf", pdfs.one_page(pdfs.stream(pdfs.text_page()))),
    "docx": _file("ferry.docx", make_docx("Ferry", markup.STORY)),
    "docx-text": _inside("ferry.docx", archives.word, markup.word_xml("quadratic").partition(b"?>")[2]),
    "epub": _file("ferry.epub", archives.book({"one.xhtml": _PAGE})),
    "epub-chapter": _inside("ferry.epub", lambda data: archives.book({"one.xhtml": data}), _PAGE),
    "replies": Target((f"Three\x00{markup.STORY}\x00https://news.example/\x00<b>[2]@x".encode(),), check_replies),
    **TELEGRAM_TARGETS,
    **WEB_TARGETS,
    **LANGUAGE_TARGETS,
    **SETTINGS_TARGETS,
}
