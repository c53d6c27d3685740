"""Hostile JSON: lines, Telegram's export, JSON Feed."""

from __future__ import annotations

import json

from index.errors import UnreadableError, UnsupportedError
from tests.hostile.case import Ends
from tests.hostile.markup import STORY

GOOD_LINE = json.dumps({"title": "Ferry Marta", "text": STORY})
DEEP = "[" * 100_000
LESS_DEEP = "[" * 10_000


def lines(*odd: str) -> bytes:
    """Odd lines between two good ones."""
    other = json.dumps({"title": "Ferry Marta sails again", "text": STORY.replace("Friday", "Saturday")})
    return "\n".join((GOOD_LINE, *odd, other)).encode("utf-8", "surrogatepass")


def line(**fields: object) -> str:
    """A line that is good but for these fields."""
    return json.dumps({"title": "Odd ferry", "text": f"{STORY} And that was odd.", **fields})


ODD_LINES = {
    "a line that is no JSON": "{broken",
    "a line of brackets": DEEP,
    "a line with a deep value": '{"title":"Odd","text":"Odd text","more":' + DEEP,
    "a line that is a list": "[1, 2]",
    "a line with a number of 5,000 digits": '{"id":' + "9" * 5_000 + ',"title":"Odd","text":"Odd text"}',
    "a line over 2 MB": line(text="Odd text. " * 210_000),
    "a line that is not UTF-8": '{"title":"Odd","text":"\udcff\udcfe"}',
    "a line of NUL bytes": "\0" * 1_000,
    "a line whose text is a number": line(text=10**30),
    "a line without a title": line(title=" \u202e \n"),
    "a line with an id of a megabyte": line(id="i" * 1_000_000),
    "a line with an id that is a list": line(id=[1]),
}
ODD_FIELDS = {
    "a line with a date that is not a number": line(published_at=float("nan")),
    "a line with the year 99999": line(published_at="99999-01-01T00:00:00Z"),
    "a line with a year before Christ": line(published_at="-0044-03-15"),
    "a line with a date of 10^400": '{"title":"Odd ferry","text":"' + STORY + ' Odd.","published_at":1e400}',
    "a line at the end of time": line(published_at="9999-12-31T23:59:59-23:59"),
    "a line with halves of characters": line(title="Odd \ud800 ferry", url="https://a.example/\udfff", source="\ud800"),
    "a line with an id of half a character": line(id="\ud800"),
    "a line with NUL characters": line(title="Odd\0 ferry", text=f"{STORY}\0 And \x1b[2J odd."),
    "a line with an address of this machine": line(url="file:///etc/passwd"),
    "a line with a script for an address": line(url="javascript:alert(1)"),
    "a line with the same field twice": '{"title":"a","title":"Odd ferry","text":"' + STORY + ' And odd."}',
    "a line with a title of a megabyte": line(title="Odd " * 250_000),
}


def export(messages: str, kind: str = "public_channel") -> bytes:
    """Telegram's export of one chat with these messages, in JSON."""
    return f'{{"name":"Ferries","type":"{kind}","id":1234,"messages":[{messages}]}}'.encode("utf-8", "surrogatepass")


def message(**fields: object) -> str:
    """A message that is good but for these fields."""
    usual = {"id": 1, "type": "message", "date": "2020-01-26T21:30:00", "from": "Ann", "text": STORY}
    return json.dumps({**usual, **fields})


# Each with what it must end in: an error, or so many articles.
EXPORTS: dict[str, tuple[bytes, Ends]] = {
    "an export with a deep text": (export(f'{message()[:-1]},"more":{LESS_DEEP}{"]" * 10_000}}}'), UnreadableError),
    "an export that is cut off": (export(f"{message()},{message(id=2)}")[:-100], UnreadableError),
    "an export of brackets": (LESS_DEEP.encode(), UnreadableError),
    "an export with text in 100,000 pieces": (export(message(text=[{"type": "bold", "text": "a "}] * 100_000)), 1),
    "an export with a number of 5,000 digits": (
        export(message().replace('"id": 1', '"id": ' + "9" * 5_000)),
        UnreadableError,
    ),
    "an export that is a list": (f"[{message()}]".encode(), UnsupportedError),
    "an export with dates that no calendar has": (
        export(
            ",".join(
                message(id=n, date=date, date_unixtime=unix, text=f"{STORY} {n}")
                for n, (date, unix) in enumerate((("NaN", "1e400"), ("99999-01-01", "9" * 40), (None, -(10**18))))
            )
        ),
        3,
    ),
    "an export with fields of the wrong type": (
        export(
            ",".join(
                (message(id=[]), message(id=2, **{"from": {"a": 1}}), "7", "null", "[]", message(text={"a": [1]}, id=3))
            )
        ),
        2,
    ),
    "an export with halves of characters": (
        export(message(text=f"{STORY} \ud800", **{"from": "\udfff"})),
        (UnreadableError, UnsupportedError),
    ),
}


def feed(items: object, **fields: object) -> bytes:
    """A JSON Feed with these items."""
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items, **fields}
    ).encode()


def feed_items(count: int = 30_000) -> bytes:
    """A JSON Feed with a great many items."""
    return feed(
        [{"id": str(n), "url": f"https://news.example/{n}", "content_text": f"{STORY} {n}"} for n in range(count)]
    )


JSON_FEEDS: dict[str, tuple[bytes, Ends]] = {
    "a JSON feed of brackets": (
        b'{"version":"https://jsonfeed.org/version/1.1","items":' + DEEP.encode(),
        UnreadableError,
    ),
    "a JSON feed with a number of 5,000 digits": (
        feed([{"id": 1}]).replace(b'"id": 1', b'"id": ' + b"9" * 5_000),
        UnreadableError,
    ),
    "a JSON feed with fields of the wrong type": (
        feed(
            [
                7,
                None,
                [],
                {"id": [], "content_html": {}},
                {"id": 1.5e300, "content_text": STORY, "authors": "x", "url": 7},
            ],
            title=[],
            language=3,
        ),
        1,
    ),
    "a JSON feed with dates that no calendar has": (
        feed(
            [
                {"id": str(n), "content_text": f"{STORY} {n}", "date_published": date}
                for n, date in enumerate(("NaN", 1e300, "99999-01-01"))
            ]
        ),
        3,
    ),
    "a JSON feed with halves of characters": (
        feed([{"id": "\ud800", "title": "\udfff", "content_text": f"{STORY} \ud800"}]),
        1,
    ),
}
