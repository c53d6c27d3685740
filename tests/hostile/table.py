"""The table of hostile inputs: what each is, how it comes in, and the error or the outcome that it must end in.

Whatever an input ends in, `test_inputs.py` asserts that it ends in time, that memory stays bounded, that no connection
goes anywhere else, that nothing of this machine's files and no control character is in what was read, and that good
articles before and after it are found.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from functools import partial

from index.errors import FetchError, ForbiddenAddressError, TooLargeError, UnreadableError, UnsupportedError
from tests.hostile import archives, json_inputs, markup, pdfs, texts, web
from tests.hostile.case import Ends, Hostile, Way
from tests.index.sources.test_documents import locked_pdf, make_docx, make_pdf

Rows = dict[str, tuple[Callable[[], bytes], Ends]]

WAYS = {
    "laughs": "entities that grow a thousand million times",
    "quadratic": "one long entity, called 5,000 times",
    "file": "an entity that names a file of the machine",
    "dtd": "a document type on another machine",
}
PDF, DOCX, EPUB, HTML = "input.pdf", "input.docx", "input.epub", "input.html"


def _entities() -> Iterator[Hostile]:
    for way, what in WAYS.items():
        feed_ends: Ends = (
            UnreadableError if way == "quadratic" else 1
        )  # its start is too long to look for a feed behind
        yield Hostile(f"RSS with {what}", "feed", partial(markup.rss, way), feed_ends)
        yield Hostile(f"Atom with {what}", "feed", partial(markup.atom, way), feed_ends)
        yield Hostile(f"OPML with {what}", "opml", partial(markup.opml, way), UnreadableError)
        yield Hostile(f"XHTML with {what}", "file", partial(markup.xhtml, way), 1, "input.xhtml")
        yield Hostile(f"DOCX with {what}", "file", partial(_word, way), UnreadableError, DOCX)
        yield Hostile(f"EPUB, a chapter with {what}", "file", partial(archives.entity_book, way), 1, EPUB)
        yield Hostile(
            f"EPUB, its package with {what}", "file", partial(archives.entity_package, way), UnreadableError, EPUB
        )


def _word(way: str) -> bytes:
    return archives.word(markup.word_xml(way))


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _all(way: Way, name: str, rows: Rows) -> Iterator[Hostile]:
    for what, (build, ends) in rows.items():
        yield Hostile(what, way, build, ends, name)


NESTING = [
    Hostile("HTML with 200,000 nested elements", "file", markup.nested_page, UnreadableError, HTML),
    Hostile("RSS with 200,000 nested elements", "feed", markup.nested_rss, TooLargeError, slow=True),
    Hostile("OPML with 100,000 nested outlines", "opml", markup.nested_opml, 0),
    Hostile(
        "DOCX with 50,000 nested tables", "file", lambda: archives.word(markup.nested_word()), UnreadableError, DOCX
    ),
    Hostile("EPUB with 200,000 nested elements", "file", archives.nested_book, UnreadableError, EPUB),
    Hostile("HTML with 200,000 attributes", "file", markup.many_attributes, TooLargeError, HTML, slow=True),
]
FEEDS = [
    Hostile("RSS with 100,000 entries", "feed", markup.many_entries, TooLargeError, slow=True),
    Hostile("RSS whose 1,000 entries have one key", "feed", lambda: markup.many_entries(1000, one_key=True), 1),
    Hostile("RSS with dates that no calendar has", "feed", markup.odd_dates, 6),
    Hostile("JSON Feed of 12 MB", "feed", json_inputs.feed_items, 200),
    Hostile("RSS with 300,000 spaces in a row", "feed", lambda: markup.padded_feed(" " * 300_000), 1),
    Hostile("RSS with 60,000 declarations begun", "feed", lambda: markup.padded_feed("<?xml " * 60_000), 1),
    Hostile("OPML over 5 MB", "opml", lambda: markup.opml("file") + b" " * 5_000_000, TooLargeError),
    Hostile("RSS cut off", "feed", lambda: markup.many_entries(10)[:-200], 8),
    Hostile(
        "RSS in UTF-16 without a mark",
        "feed",
        lambda: markup.many_entries(1).decode().encode("utf-16-le"),
        UnreadableError,
    ),
    Hostile("a feed of zeros", "feed", lambda: bytes(1_000_000), UnreadableError),
    Hostile("a page where a feed should be", "feed", lambda: markup.page(""), UnreadableError),
]
ARCHIVES: dict[str, Rows] = {
    DOCX: {
        "DOCX that swells 800 times": (
            lambda: archives.word_with("word/media/i.png", bytes(30_000_000)),
            TooLargeError,
        ),
        "DOCX with 12,000 parts": (archives.many_files, TooLargeError),
        "DOCX with archives in archives": (archives.nested_archive, 1),
        "DOCX that lies about its size": (archives.lying, (UnreadableError, TooLargeError)),
        "DOCX whose 400 parts are the same bytes": (archives.overlapping, (UnreadableError, TooLargeError)),
        "DOCX that is locked": (archives.locked_word, UnreadableError),
        "DOCX with two main parts": (archives.twice, UnreadableError),
        "DOCX cut off": (lambda: make_docx("Ferry", markup.STORY)[:2000], UnreadableError),
        "an archive with no document in it": (lambda: archives.zipped({"a.exe": b"MZ" * 100}), UnsupportedError),
    },
    EPUB: {
        "EPUB that swells 1,000 times": (archives.swelling_book, TooLargeError),
        "EPUB with chapters named as files of the machine": (archives.climbing_book, 1),
        "EPUB with a link to a file of the machine": (archives.link_book, 1),
        "EPUB with a chapter of zeros": (lambda: archives.book({"one.xhtml": bytes(10_000)}), UnsupportedError),
    },
}
PDFS: Rows = {
    "PDF with 10,000 pages": (pdfs.many_pages, TooLargeError),
    "PDF with 3,000 pages that declares one": (lambda: pdfs.hidden_pages(3_000), TooLargeError),
    "PDF with one page that declares a thousand million": (pdfs.few_pages_declared_many, TooLargeError),
    "PDF whose page tree is its own branch": (pdfs.recursive_tree, UnreadableError),
    "PDF whose page tree doubles 40 times": (pdfs.bushy_tree, TooLargeError),
    "PDF with a page below 50,000 branches": (lambda: pdfs.deep_tree(20_000), (TooLargeError, UnreadableError)),
    "PDF with 500,000 nested arrays": (pdfs.deep_array, 1),
    "PDF whose page unpacks to a gigabyte": (pdfs.bomb_stream, TooLargeError),
    "PDF packed three times": (pdfs.nested_filters, UnreadableError),
    "PDF with 100,000 filters": (pdfs.many_filters, TooLargeError),
    "PDF that asks for rows of 2,000 million columns": (pdfs.predictor_bomb, TooLargeError),
    "PDF with a drawing that draws itself": (pdfs.recursive_form, 1),
    "PDF whose font names 4,000 million characters": (pdfs.unicode_bomb, TooLargeError),
    "PDF whose table of objects is elsewhere": (pdfs.broken_table, 1),
    "PDF whose table of objects is a circle": (pdfs.circular_table, 1),
    "PDF whose length is its own object": (pdfs.circular_object, (TooLargeError, UnreadableError)),
    "PDF with a stream longer than the file": (pdfs.long_stream, (TooLargeError, UnreadableError)),
    "PDF that is locked": (lambda: locked_pdf("secret"), UnreadableError),
    "PDF with a script, a program and a link to open": (pdfs.with_script, 1),
    "PDF of 5 MB of dictionaries that never close": (lambda: pdfs.scan_of_nothing()[:5_000_000], UnreadableError),
    "PDF cut off": (lambda: make_pdf()[:400], UnreadableError),
}
PAGES: Rows = {
    "HTML with 500,000 opening brackets": (lambda: b"<" * 500_000, UnreadableError),
    "HTML with 500,000 ampersands": (lambda: b"&" * 500_000, UnreadableError),
    "HTML with 200,000 comments that never close": (lambda: b"<html>" + b"<!--" * 200_000, UnreadableError),
    "HTML with 50,000 document types": (lambda: b"<!doctype " * 50_000, UnreadableError),
    "HTML with characters that are none": (lambda: markup.page("&#x110000;&#0;&#xD800;&#31;&bogus;" * 20_000), 1),
    "HTML with 5,000 nested tables": (lambda: markup.page("<table><tr><td>" * 5_000), 1),
    "HTML with 50,000 scripts": (lambda: markup.page("<script>" * 50_000), 1),
    "HTML with brackets in its metadata": (
        lambda: markup.page("", f"<script type='application/ld+json'>{json_inputs.DEEP}</script>"),
        1,
    ),
    "HTML with a paragraph of 20,000 letters": (lambda: markup.page(f"<p>{'a' * texts.ADDED}</p>"), 1),
    "HTML with a paragraph of 20,000 quotes": (
        lambda: markup.page(f"<p>{texts.SHAPES['quotes'] * texts.ADDED}</p>"),
        1,
    ),
}
SLOW_PAGES = [
    Hostile("HTML with 100,000 links", "file", markup.many_links, TooLargeError, HTML, slow=True),
    Hostile(
        "HTML with 50,000 headings", "file", lambda: markup.page("<h2>x</h2>" * 50_000), TooLargeError, HTML, slow=True
    ),
    Hostile(
        "HTML with 200,000 open paragraphs",
        "file",
        lambda: markup.page("<p>" * 200_000),
        TooLargeError,
        HTML,
        slow=True,
    ),
    Hostile(
        "HTML with 300,000 open attributes", "file", lambda: b"<html><p a=" * 300_000, TooLargeError, HTML, slow=True
    ),
]
TEXTS: Rows = {
    "an empty file": (lambda: b"", UnreadableError),
    "only white space": (lambda: b" \n\t\r\n\x0b\x0c" * 1_000, UnreadableError),
    "only a byte-order mark": (lambda: b"\xef\xbb\xbf", UnreadableError),
    "only a byte-order mark of UTF-16": (lambda: b"\xff\xfe", UnreadableError),
    "a text of NUL bytes": (lambda: bytes(1_000_000), UnsupportedError),
    "a text with NUL bytes": (texts.nul_bytes, UnsupportedError),
    "a text with control characters": (texts.controls, 1),
    "a text with halves of characters": (texts.lone_surrogates, 1),
    "bytes that are no text": (texts.invalid_utf8, UnsupportedError),
    "UTF-16 without a mark": (texts.wide_without_mark, UnsupportedError),
    "UTF-16 cut amid a character": (texts.cut_wide, UnreadableError),
    "UTF-7 with hidden tags": (texts.shifted, 1),
    "directions overridden, and a hidden message": (texts.bidi, 1),
    "a title of a megabyte": (texts.long_title, 1),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, UnsupportedError),
    "a program": (lambda: b"\x7fELF" + bytes(range(256)) * 40, UnsupportedError),
    "RTF": (lambda: b"{\\rtf1 Ferry}", UnsupportedError),
    "an old Word document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000), UnreadableError),
    "packed lines under a text's name": (texts.cut_gzip, UnsupportedError),
}
MARKDOWN: Rows = {
    "Markdown whose front matter never ends": (texts.open_front_matter, 1),
    "Markdown with an odd address, date and source": (texts.odd_front_matter, 1),
    "Markdown of 300,000 signs": (lambda: b"#" * 300_000, UnreadableError),
    "Markdown of 300,000 open brackets": (lambda: b"[" * 300_000, UnreadableError),
}
PACKED: Rows = {
    "packed zeros, 300 MB": (texts.gzip_bomb, TooLargeError),
    "packed lines, three million": (texts.gzip_line_bomb, TooLargeError),
    "packed lines, cut off": (texts.cut_gzip, UnreadableError),
    "packed lines that are not packed": (lambda: b"\x1f\x8b" + bytes(100), UnreadableError),
}


def _lines() -> Iterator[Hostile]:
    for what, odd in json_inputs.ODD_LINES.items():
        build = partial(json_inputs.lines, odd)
        ends = TooLargeError if "over 2 MB" in what else UnreadableError
        yield Hostile(f"{what}, in a file that is sent", "file", build, ends, "input.jsonl")
        yield Hostile(f"{what}, in a bulk file: the good ones are kept", "lines", build, 2, "input.jsonl")
    for what, odd in json_inputs.ODD_FIELDS.items():
        yield Hostile(what, "file", partial(json_inputs.lines, odd), 3, "input.jsonl")
        yield Hostile(f"{what}, in a bulk file", "lines", partial(json_inputs.lines, odd), 3, "input.jsonl")


def _json() -> Iterator[Hostile]:
    for what, (data, ends) in json_inputs.EXPORTS.items():
        yield Hostile(what, "file", _given(data), ends, "result.json")
    for what, (data, ends) in json_inputs.JSON_FEEDS.items():
        yield Hostile(what, "feed", _given(data), ends)


WEB: dict[str, tuple[Callable[[], web.Answer], Ends]] = {
    "a page without an end": (web.endless, TooLargeError),
    "a page that comes letter by letter": (web.dripping, FetchError),
    "a header that comes letter by letter": (web.dripping_headers, FetchError),
    "a server that says nothing": (web.silent, FetchError),
    "header lines without an end": (web.endless_headers, FetchError),
    "a header line of a megabyte": (lambda: web.http(b"", "200 OK", "X: " + "x" * 1_000_000), FetchError),
    "interim answers without an end": (web.endless_wait, FetchError),
    "50,000 cookies": (web.cookie_flood, FetchError),
    "no HTTP at all": (lambda: b"SSH-2.0-OpenSSH_9.0\r\n" + bytes(100), FetchError),
    "HTTP/0.9": (lambda: markup.page(""), FetchError),
    "an answer with the status 999": (lambda: web.http(markup.page(""), "999 What"), FetchError),
    "a body over the limit, as declared": (lambda: web.http(b"x", length=10**12), TooLargeError),
    "a body over the limit, undeclared": (lambda: web.http(b"x" * 2_000_000, length=""), FetchError),
    "a length longer than the body": (lambda: web.http(markup.page(""), length=900_000), FetchError),
    "a length shorter than the body": (lambda: web.http(markup.page(""), length=100), UnreadableError),
    "a length below zero": (lambda: web.http(markup.page(""), length=-1), FetchError),
    "a length that is no number": (lambda: web.http(markup.page(""), length="many"), FetchError),
    "two lengths": (lambda: web.http(markup.page(""), "200 OK", "Content-Length: 5"), FetchError),
    "a page that unpacks to 200 MB": (web.gzip_page, TooLargeError),
    "a page that unpacks to 50 MB, deflated": (web.deflate_page, TooLargeError),
    "a page whose packing is broken": (lambda: web.coded(b"\x1f\x8b\x08" + bytes(90), "gzip"), FetchError),
    "a page whose packing is cut off": (lambda: web.coded(gzip.compress(markup.page(""))[:-20], "gzip"), FetchError),
    "a page in a packing that was not asked for": (lambda: web.coded(b"\x0b\x02\x80", "br"), FetchError),
    "a page packed twice": (lambda: web.coded(gzip.compress(gzip.compress(markup.page(""))), "gzip, gzip"), FetchError),
    "a piece of 16 million million bytes": (lambda: web.chunked(b"FFFFFFFFFFF\r\n", b"x" * 100), FetchError),
    "a piece with a size below zero": (lambda: web.chunked(b"-5\r\nhello\r\n0\r\n\r\n"), FetchError),
    "a picture": (lambda: web.http(b"\x89PNG\r\n", kind="image/png"), UnsupportedError),
    "an archive": (lambda: web.http(b"PK\x03\x04", kind="application/zip"), UnsupportedError),
    "a film": (lambda: web.http(b"....ftyp", kind="video/mp4"), UnsupportedError),
    "a picture that says it is a page": (lambda: web.http(b"\x89PNG\r\n\x1a\n" + bytes(500)), UnsupportedError),
    "a page that says it is a PDF": (lambda: web.http(markup.page(""), kind="application/pdf"), UnreadableError),
    "a PDF that says it is a page": (lambda: web.http(make_pdf()), 1),
    "a type of a kilobyte": (lambda: web.http(b"x", kind="x/" + "y" * 1_000), UnsupportedError),
    "a page in an encoding that no one knows": (
        lambda: web.http(markup.page(""), kind="text/html; charset=" + "x" * 500),
        1,
    ),
    "a page that says it is UTF-7": (
        lambda: web.http(markup.page("+ADw-script+AD4-"), kind="text/html; charset=utf-7"),
        1,
    ),
    "an empty page": (lambda: web.http(b""), UnreadableError),
    "a page that leads on by itself, and claims to be another's": (lambda: web.http(markup.leading_page()), 1),
    "a feed where a page should be": (lambda: web.http(markup.many_entries(3), kind="text/xml"), UnsupportedError),
    "redirects in a circle": (web.to("/circle"), FetchError),
    "a redirect without a target": (lambda: web.http(b"", "302 Found"), FetchError),
    "a redirect to a file of the machine": (web.to("file:///etc/passwd"), FetchError),
    "a redirect to another protocol": (web.to("gopher://news.example:70/_x"), FetchError),
    "a redirect with a password": (web.to("http://user:secret@news.example/"), FetchError),
    "a redirect to this machine": (web.to("http://127.0.0.1/admin"), ForbiddenAddressError),
    "a redirect to this machine, without a protocol": (web.to("//localhost/admin"), ForbiddenAddressError),
    "a redirect to a number": (web.to("http://2130706433/"), ForbiddenAddressError),
    "a redirect to a name with a private address": (web.to("http://private.example/"), ForbiddenAddressError),
    "a redirect to a cloud's metadata": (web.to("http://metadata.example/latest/", "308 Moved"), ForbiddenAddressError),
    "a redirect to a mapped address": (web.to("http://mapped.example/", "307 Moved"), ForbiddenAddressError),
}

RUN = "a text with a run of "
TABLE = [
    *_entities(),
    *NESTING,
    *FEEDS,
    *(row for name, rows in ARCHIVES.items() for row in _all("file", name, rows)),
    *_all("file", PDF, PDFS),
    *_all("file", HTML, PAGES),
    *SLOW_PAGES,
    *_all("file", "input.txt", TEXTS),
    *(Hostile(f"{RUN}{what}", "file", partial(texts.shape, what), 1) for what in texts.SHAPES),
    Hostile("a text of five million characters", "file", texts.long_story, 1),
    *_all("file", "input.md", MARKDOWN),
    *_all("file", "input.jsonl.gz", PACKED),
    *_lines(),
    *_json(),
    *(Hostile(f"{what} (web)", "web", build, ends) for what, (build, ends) in WEB.items()),
]
