"""A page that is no article is refused with its true reason; a real article never is."""

from __future__ import annotations

import gzip
import json
import time
from itertools import islice
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.sources.page_refusals import text_refusal
from index.sources.pages import page_article
from tests.index.sources.walls import REFUSED
from tests.index.sources.web_pages import ARTICLES, CONSENT, LEAD, MORE, bare, headlines, page

REAL = Path(__file__).parents[4] / "shared" / "data" / "rtqa2025" / "articles.jsonl.gz"
LINK = "https://www.daily.example/a/1"


def test_there_are_enough_pages() -> None:
    """At least 25 pages without an article, and a good number with one."""
    assert len(REFUSED) >= 25
    assert len(ARTICLES) >= 15


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_read_whatever_stands_around_it(name: str) -> None:
    """Words about cookies, subscriptions or errors, and the furniture of a site, are no reason to refuse."""
    article = page_article(ARTICLES[name], LINK)
    assert len(article.text) > 200
    assert "Manage your cookie settings" not in article.text


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_without_an_article_is_refused_with_its_reason(name: str) -> None:
    """The message is one line that names the site, what it shows, and what to do."""
    html, reason = REFUSED[name]
    link = "https://www.daily.example/" if name == "home page" else LINK
    with pytest.raises(UnreadableError, match=reason) as error:
        page_article(html, link)
    message = str(error.value)
    assert message.startswith("daily.example ")
    assert "\n" not in message
    assert len(message) < 260
    assert any(advice in message for advice in ("send that instead", "Check the link", "Send the link of one"))


def test_a_home_page_is_told_by_fewer_headlines() -> None:
    """Where the link is a site's root, a few headlines are a list; under another link there must be more of them."""
    html = bare("The Daily", headlines(6, teasers=True))
    assert page_article(html, LINK).text
    with pytest.raises(UnreadableError, match="a list of articles"):
        page_article(html, "https://daily.example/")


@pytest.mark.parametrize("host", ["captcha", "challenge"])
def test_a_check_that_runs_beside_an_article_is_no_reason(host: str) -> None:
    """Many sites load a bot check's script on every page."""
    html = page(LEAD, MORE, head=f"<script src='https://{host}-delivery.com/px-captcha.js'></script>")
    assert page_article(html, LINK).text.startswith("Three rockets")


def test_a_text_alone_is_judged_too() -> None:
    """A wall's words are known without the page around them, a story's are passed."""
    assert text_refusal("The Daily", "\n".join(CONSENT))
    assert text_refusal("Rockets", f"{LEAD}\n{MORE}") is None


def test_real_articles_are_not_refused() -> None:
    """Of 400 real articles at most a few are refused; those are forms of adverts without a story."""
    if not REAL.exists():
        pytest.skip("the development news set is not beside this checkout")
    with gzip.open(REAL, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 400)]
    refused = [r for r in records if text_refusal(r["title"], r["text"])]
    assert all(r["text"].startswith("1. How relevant is this ad to you?") for r in refused)
    assert len(refused) < 10


@pytest.mark.parametrize(
    "words",
    ["subscribe to ", "we and our ", "sign up now to ", "information on ", "<p>", "404 ", "a", "enable a ", "\n. "],
)
def test_no_text_makes_the_checks_slow(words: str) -> None:
    """A megabyte of what a pattern begins with takes no more than a few seconds."""
    began = time.perf_counter()
    text_refusal(words * 20, (words * 500_000)[:1_000_000])
    assert time.perf_counter() - began < 5
