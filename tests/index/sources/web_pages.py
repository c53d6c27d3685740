"""Whole web pages, written for the tests: articles that must be read, and pages that hold none."""

from __future__ import annotations

import json


def words(text: str) -> str:
    """A paragraph that is written over several lines."""
    return " ".join(text.split())


LEAD = words(
    """Three rockets fell near the embassy in Baghdad on Sunday evening, a police officer said. Nobody was
    killed, and one person was lightly hurt in the canteen, according to the agency. The rockets were fired from
    a field east of the river, where the police later found the frame they had been launched from."""
)
MORE = words(
    """The government promised to find those who fired the rockets, and to protect every embassy in the city. A
    spokesman said that twelve checkpoints had been set up since the morning. Neighbours told reporters that
    they heard the sirens before the first blast, and that the street was closed until midnight."""
)
BACKGROUND = words(
    """It was the fourth attack on the quarter since the beginning of the year. In the first, in early January,
    a mortar shell landed in a car park; the second damaged the wall of a school. The prime minister has asked
    parliament for more guards, and the embassy has sent a third of its staff home."""
)
GERMAN = words(
    """Drei Raketen sind am Sonntagabend in der Nähe der Botschaft in Bagdad eingeschlagen, teilte die Polizei
    mit. Niemand kam ums Leben, eine Person wurde in der Kantine leicht verletzt. Die Raketen wurden von einem
    Feld östlich des Flusses abgefeuert, wo die Polizei später das Gestell fand."""
)
CONSENT = (
    words(
        """We value your privacy. We and our 842 partners store and/or access information on a device, such as
        cookies, and process personal data. You may click to consent to our and our partners’ processing as
        described above. Some processing may not require your consent, but you have a right to object to it on
        the basis of legitimate interest."""
    ),
    words(
        """With your permission we and our partners may use precise geolocation data and personalised
        advertising and content, ad and content measurement. You can change your preferences or withdraw your
        consent at any time in our privacy policy."""
    ),
)
ADVERT_FORM = words(
    """Video player was slow to load content Video content never loaded Ad froze or did not finish loading Video
    content did not start after ad Audio on ad was too loud Other issues Ad never loaded Ad prevented page from
    loading Content moved around while ad loaded Ad was repetitive to ads seen before"""
)
NAVIGATION = words(
    """<header><nav><a href="/">Home</a><a href="/world">World</a><a href="/sport">Sport</a><a
    href="/login">Sign in</a> <a href="/subscribe">Subscribe now</a></nav></header>"""
)
FOOTER = words(
    """<footer><p>We use cookies. Manage your cookie settings.</p><p>© 2024 The Daily</p><a
    href="/privacy">Privacy policy</a><a href="/terms">Terms</a></footer>"""
)


def json_ld(**fields: object) -> str:
    """A script with a NewsArticle's fields."""
    record = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Rockets hit the embassy", **fields}
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'


def page(
    *paragraphs: str, title: str = "Rockets hit the embassy", head: str = "", aside: str = "", lang: str = "en"
) -> str:
    """A news site's page around the paragraphs of an article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f"{NAVIGATION}<main><article><h1>{title}</h1>{body}</article></main>{aside}{FOOTER}</body></html>"
    )


def bare(title: str, body: str, head: str = "") -> str:
    """A page without a site around it."""
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def headlines(count: int, *, teasers: bool) -> str:
    """A home page or section front: linked headlines, each with or without a sentence under it."""
    subjects = "harbour school parliament market stadium river hospital airport bridge museum".split()
    items = []
    for number in range(count):
        subject = subjects[number % len(subjects)]
        link = f'<a href="/a/{number}">New rules for the {subject} from May {number + 1}</a>'
        teaser = f"<p>The {subject} closed for {number + 2} days, officials said.</p>" if teasers else ""
        items.append(f'<div class="card"><h3>{link}</h3>{teaser}</div>')
    return "<main>" + "".join(items) + "</main>"


LOGIN_BOX = '<form><input name="user"><input type="password" name="pw"><button>Log in</button></form>'
_OTHER_DAY = tuple(
    paragraph.replace("Sunday", "Monday").replace("rockets", "shells").replace("year", "month")
    for paragraph in (LEAD, MORE, BACKGROUND)
)

ARTICLES: dict[str, str] = {
    "plain": page(LEAD, MORE),
    "about cookies": page(
        words(
            """Regulators fined three publishers on Monday over the way they ask for consent to cookies. The
            banners, they said, made it easy to accept all and hard to refuse."""
        ),
        words(
            """“Your consent must be freely given,” the commissioner said. The publishers argued that they have
            a legitimate interest in measuring how many people read an article, and said they would appeal."""
        ),
        words(
            """The fines come to 1.2 million euros. The largest publisher has 30 days to change its banner; the
            court in Vienna will hear the case in October."""
        ),
        MORE,
        title="Publishers fined over cookie banners",
    ),
    "ends with an offer to subscribe": page(
        LEAD,
        MORE,
        "Subscribe to our newsletter, and sign in to read what others say. Already a subscriber? Log in.",
    ),
    "long, with a wall's words at its end": page(
        LEAD, MORE, BACKGROUND, *_OTHER_DAY, "Subscribe to continue reading our reports."
    ),
    "about subscriptions": page(
        words(
            """More readers pay for news: 41 per cent of those asked say they subscribe to at least one
            newspaper, a survey by the university shows."""
        ),
        LEAD,
        MORE,
        title="Paywalls work, a survey says",
    ),
    "cookie banner above the article": page(
        LEAD, MORE, aside=f'<div id="consent"><p>{CONSENT[0]}</p><button>Accept all</button></div>'
    ),
    "short and free": page(LEAD),
    "sold, but whole": page(LEAD, MORE, BACKGROUND, head=json_ld(isAccessibleForFree=False)),
    "sold, and as long as it says": page(LEAD, head=json_ld(isAccessibleForFree=False, wordCount=52)),
    "scripts for adverts, and a notice for readers without": page(
        LEAD,
        MORE,
        head="<script>window.adverts = []</script>",
        aside="<noscript>Please enable JavaScript to see adverts.</noscript>",
    ),
    "app root with the article in it": bare(
        "Rockets", f'<div id="__next"><article><p>{LEAD}</p><p>{MORE}</p></article></div>'
    ),
    "login form in the header": page(LEAD, MORE, aside=LOGIN_BOX),
    "titled by an error code": page(
        LEAD.replace("Three rockets", "Error 404: three rockets"), MORE, BACKGROUND, title="404 errors explained"
    ),
    "about captchas": page(
        words(
            """A start-up wants to do away with the question whether you are a robot. Its method needs no
            captcha and no pictures of traffic lights."""
        ),
        LEAD,
        MORE,
        title="Are you a robot? A start-up stops asking",
    ),
    "with a list of related stories": page(LEAD, MORE, BACKGROUND, aside=headlines(30, teasers=False)),
    "a results list that calls itself an article": page(
        *(
            f"Group {letter}: the hosts won {number}–1 and the guests go home."
            for number, letter in enumerate("ABCDEFGHI")
        ),
        head=json_ld(),
    ),
    "a round-up that calls itself an article": bare("Today", headlines(25, teasers=True), head=json_ld()),
    "a short story about a banner": page(
        words(
            """“We value your privacy” and “accept all”: a court in Vienna has forbidden these words, because a
            reader who wants to refuse must find that as easy."""
        ),
        LEAD,
        title="Court forbids a banner",
    ),
    "German": page(GERMAN, GERMAN.replace("Sonntag", "Montag"), title="Raketen treffen Botschaft", lang="de"),
    "a comment between the words": page(LEAD.replace("police", "<!-- x -->police"), MORE),
}
