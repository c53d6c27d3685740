"""One key for one page, and never one key for two articles."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.canonical_url import address_key

PAGE = "https://news.example/2024/05/03/ferry-runs-aground"
SPELLINGS = [
    "http://news.example/2024/05/03/ferry-runs-aground",
    "HTTPS://News.Example/2024/05/03/ferry-runs-aground",
    "https://www.news.example/2024/05/03/ferry-runs-aground/",
    "https://m.news.example/2024/05/03/ferry-runs-aground",
    "https://mobile.news.example/2024/05/03/ferry-runs-aground",
    "https://amp.news.example/2024/05/03/ferry-runs-aground",
    "https://www.m.news.example/2024/05/03/ferry-runs-aground",
    "https://news.example./2024/05/03/ferry-runs-aground",
    "https://news.example:443/2024/05/03/ferry-runs-aground",
    "http://news.example:80/2024/05/03/ferry-runs-aground",
    "https://reader:secret@news.example/2024/05/03/ferry-runs-aground",
    "https://news.example/2024/05/03/ferry-runs-aground/amp",
    "https://news.example/2024/05/03/ferry-runs-aground/amp/",
    "https://news.example/2024/05/03/ferry-runs-aground.amp",
    "https://news.example/2024/05/03/ferry-runs-aground/index.amp.html",
    "https://news.example/2024/05/03/ferry-runs-aground/amp/index.html",
    "https://news.example/amp/2024/05/03/ferry-runs-aground",
    "https://news.example/2024/05/amp/03/ferry-runs-aground",
    "https://news.example/2024/05/03/ferry-runs-aground?amp",
    "https://news.example/2024/05/03/ferry-runs-aground?amp=1",
    "https://news.example/2024/05/03/ferry-runs-aground?outputType=amp",
    "https://news-example.cdn.ampproject.org/c/s/news.example/2024/05/03/ferry-runs-aground/amp",
    "https://cdn.ampproject.org/v/s/www.news.example/2024/05/03/ferry-runs-aground?amp_js_v=0.1&usqp=mq331A",
    "https://cdn.ampproject.org/c/news.example/2024/05/03/ferry-runs-aground",
    "https://www.google.com/amp/s/amp.news.example/2024/05/03/ferry-runs-aground",
    "https://www.google.co.uk/amp/s/news.example/2024/05/03/ferry-runs-aground",
    "https://www.google.com/amp/s/news-example.cdn.ampproject.org/c/s/news.example/2024/05/03/ferry-runs-aground",
    "https://news.example/2024/05/03/ferry-runs-aground/index.html",
    "https://news.example/2024/05/03/ferry-runs-aground/index.php",
    "https://news.example/2024/05/03/ferry-runs-aground/Default.aspx",
    "https://news.example//2024/05/03//ferry-runs-aground",
    "https://news.example/2024/./05/04/../03/ferry-runs-aground",
    "https://news.example/2024/05/03/ferry%2Druns%2daground",
    "https://news.example/2024/05/03/ferry-runs-aground;jsessionid=0A1B2C",
    "https://news.example/2024/05/03/ferry-runs-aground#comments",
    "https://news.example/2024/05/03/ferry-runs-aground#:~:text=sandbank",
    "https://news.example/2024/05/03/ferry-runs-aground?",
    "https://news.example/2024/05/03/ferry-runs-aground?utm_source=rss&utm_medium=feed&UTM_Campaign=1",
    "https://news.example/2024/05/03/ferry-runs-aground?fbclid=IwAR0abc&gclid=x9&mc_cid=1&mc_eid=2",
    "https://news.example/2024/05/03/ferry-runs-aground?at_medium=RSS&at_campaign=rss&ns_mchannel=social",
    "https://news.example/2024/05/03/ferry-runs-aground?CMP=share_btn_tw&ref=homepage&source=rss",
    "https://news.example/2024/05/03/ferry-runs-aground?smid=tw-share&amp;emc=rss&amp;guccounter=1",
    "  https://news.example/2024/05/03/ferry-runs-aground\n",
]
DIFFERENT = [
    ("https://news.example/story?id=1", "https://news.example/story?id=2"),
    ("https://news.example/?p=101", "https://news.example/?p=102"),
    ("https://news.example/?story=ferry", "https://news.example/?story=train"),
    ("https://news.example/show.php?ref=812", "https://news.example/show.php?ref=813"),
    ("https://news.example/show.php?cid=7", "https://news.example/show.php?cid=8"),
    ("https://news.example/show?reference=812", "https://news.example/show?reference=813"),
    ("https://news.example/photos?gallery=3", "https://news.example/photos?gallery=4"),
    ("https://news.example/watch?v=aBc", "https://news.example/watch?v=abc"),
    ("https://news.example/list?page=1", "https://news.example/list?page=2"),
    ("https://news.example/list", "https://news.example/list?page=2"),
    ("https://news.example/2024-05-03/amplifier", "https://news.example/2024-05-03/lifier"),
    ("https://news.example/2024/05/guitar-amp", "https://news.example/2024/05/guitar"),
    ("https://news.example/products/amp", "https://news.example/products"),
    ("https://news.example/amp", "https://news.example/"),
    ("https://news.example/champ/final-1", "https://news.example/ch/final-1"),
    ("https://news.example/indexes.html", "https://news.example/"),
    ("https://news.example/2024/05/03/a", "https://news.example/2024/05/03/A"),
    ("https://news.example/a%2Fb", "https://news.example/a/b"),
    ("https://news.example/?q=a%26b=c", "https://news.example/?q=a&b=c"),
    ("https://news.example/?q=a%2Bb", "https://news.example/?q=a+b"),
    ("https://news.example/#!/story/1", "https://news.example/#!/story/2"),
    ("https://news.example/#/story/1", "https://news.example/"),
    ("https://news.example:8080/a", "https://news.example/a"),
    ("https://one.example/a", "https://two.example/a"),
    ("https://de.wikipedia.org/wiki/Split", "https://en.wikipedia.org/wiki/Split"),
    ("https://mobile.example/a", "https://example/a"),
    ("https://m.co.uk/a", "https://amp.co.uk/a"),
    ("https://news.example/c/s/other.example/a-1", "https://other.example/a-1"),
    ("https://www.google.com/search?q=ferry", "https://www.google.com/search?q=train"),
    ("https://[2606:4700::1]/a", "https://[2606:4700::2]/a"),
]
NO_ADDRESS = [
    "",
    "news.example/a",
    "mailto:desk@news.example",
    "ftp://news.example/a",
    "https://",
    "https:///a",
    "http://[x/",
]

words = st.text("abcdefgXYZ0123456789-._~", min_size=1, max_size=8)
odd = st.text(min_size=0, max_size=6)
parameters = st.lists(st.tuples(words, odd), max_size=4, unique_by=lambda pair: pair[0])


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_page_has_one_key(spelling: str) -> None:
    """Each way of writing the address gives the plain address itself."""
    assert address_key(spelling) == PAGE


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_articles_have_two_keys(one: str, other: str) -> None:
    """What may tell articles apart is kept."""
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_web_address_stays(text: str) -> None:
    """Nothing is raised, and nothing is made out of it."""
    assert address_key(text) == text


def test_wikipedia_on_a_phone_is_wikipedia() -> None:
    """The `m` stands in the middle there."""
    assert address_key("https://en.m.wikipedia.org/wiki/Split") == address_key("http://en.wikipedia.org/wiki/Split")


def test_hosts_in_other_scripts_are_one_with_their_ascii_form() -> None:
    """As UTS 46 maps them, capitals and full-width letters included."""
    key = address_key("https://xn--bcher-kva.example/a")
    assert key == "https://xn--bcher-kva.example/a"
    assert {address_key(f"https://{host}/a") for host in ("bücher.example", "BÜCHER.example", "ｂücher.example")} == {
        key
    }


def test_paths_in_other_scripts_are_one_with_their_encoded_form() -> None:
    """Capitals or small letters in the encoding do not matter either."""
    keys = {
        address_key(f"https://news.example/{path}")
        for path in ("новость", "%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C")
    }
    keys.add(address_key("https://news.example/%d0%bd%d0%be%d0%b2%d0%be%d1%81%d1%82%d1%8c"))
    assert len(keys) == 1


def test_parameters_are_told_by_name_and_not_by_order() -> None:
    """The order of different names is nothing; that of two values of one name is kept."""
    assert address_key("https://news.example/?b=2&a=1&utm_id=3") == address_key("https://news.example/?a=1&b=2")
    assert address_key("https://news.example/?a=1&a=2") != address_key("https://news.example/?a=2&a=1")


@given(st.one_of(st.text(), st.builds("http{}://{}/{}?{}#{}".format, st.sampled_from(["", "s"]), odd, odd, odd, odd)))
def test_a_key_is_its_own_key(url: str) -> None:
    """Whatever comes in, the key of the key is the key, and nothing is raised."""
    key = address_key(url)
    assert address_key(key) == key


@given(
    st.lists(st.sampled_from(["www.", "m.", "amp.", "mobile."]), max_size=3),
    st.lists(words | st.sampled_from(["amp", "index.html", "..", "a-1.amp.html", "AMP"]), max_size=5),
    parameters,
)
def test_a_key_is_its_own_key_however_dressed(hosts: list[str], path: list[str], query: list[tuple[str, str]]) -> None:
    """What is taken off once leaves nothing to be taken off."""
    shown = "&".join(f"{name}={value}" for name, value in query)
    key = address_key(f"http://{''.join(hosts)}news.example/{'/'.join(path)}?{shown}")
    assert address_key(key) == key


@given(parameters)
def test_tracking_and_order_change_nothing(query: list[tuple[str, str]]) -> None:
    """Parameters shuffled among trackers give the key they have alone."""
    plain = [f"{name}={quote(value, errors='replace')}" for name, value in query]
    mixed = [*reversed(plain), "utm_source=feed", "fbclid=1"]
    one, other = (address_key(f"https://news.example/a?{'&'.join(pairs)}") for pairs in (plain, mixed))
    assert one == other
