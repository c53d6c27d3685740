"""Pages that hold no article, each with words of the reason that must be given."""

from __future__ import annotations

from tests.index.sources.web_pages import (
    ADVERT_FORM,
    BACKGROUND,
    CONSENT,
    LEAD,
    LOGIN_BOX,
    MORE,
    NAVIGATION,
    bare,
    headlines,
    json_ld,
    page,
    words,
)

_SUBSCRIBE = '<div class="offer"><h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p></div>'
_NOT_FREE = json_ld(isAccessibleForFree=False, hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False"})
_PROGRAM, _SCRIPTS, _COOKIES = "is no program", "with scripts", "cookies"
_SOLD, _LOGIN, _ERROR = "subscription", "a login", "error message"

REFUSED: dict[str, tuple[str, str]] = {
    "Cloudflare's check": (
        bare(
            "Just a moment...",
            "<h1>news.example</h1><p>Checking your browser before accessing news.example.</p><noscript>Enable "
            "JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={}</script>",
        ),
        _PROGRAM,
    ),
    "a captcha": (
        bare("News", "<p>Please verify you are a human to continue.</p><div class=g-recaptcha></div>"),
        _PROGRAM,
    ),
    "a captcha without a word": (
        bare("News", "<script>var dd={'host':'geo.captcha-delivery.com'}</script>"),
        _PROGRAM,
    ),
    "Akamai's refusal": (
        bare(
            "Access Denied",
            "<h1>Access Denied</h1><p>You don't have permission to access this page. Reference #18.</p>",
        ),
        _PROGRAM,
    ),
    "unusual traffic": (
        page(
            words(
                """Our systems have detected unusual traffic from your computer network. This page checks that it is
                really you sending the requests, and not a program that runs on your computer or in your network."""
            ),
            "Why did this happen? This page appears when requests seem to break the terms of service.",
            title="Sorry",
        ),
        _PROGRAM,
    ),
    "JavaScript shell": (
        bare(
            "News",
            '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'
            '<script src="/a.js"></script>',
        ),
        _SCRIPTS,
    ),
    "empty app": (bare("News", '<div id="app"></div><script src="/main.js"></script>'), _SCRIPTS),
    "a notice that JavaScript is off": (
        bare("x", "<p>JavaScript is not available. We’ve detected that JavaScript is disabled in this browser.</p>"),
        _SCRIPTS,
    ),
    "a Russian shell": (bare("Новости", "<p>Пожалуйста, включите JavaScript в браузере.</p>"), _SCRIPTS),
    "English consent": (
        bare("The Daily", "".join(f"<p>{paragraph}</p>" for paragraph in CONSENT) + "<button>Accept all</button>"),
        _COOKIES,
    ),
    "consent in an article's place": (page(*CONSENT, title="Your privacy choices"), _COOKIES),
    "German consent": (
        page(
            words(
                """Wir und unsere 124 Partner verwenden Cookies und Informationen auf Ihrem Gerät für personalisierte
                Werbung. Mit „Alle akzeptieren“ stimmen Sie zu. Ihre Einwilligung können Sie jederzeit in der
                Datenschutzerklärung widerrufen. Einige Partner berufen sich auf ein berechtigtes Interesse."""
            ),
            title="Ihre Privatsphäre",
            lang="de",
        ),
        _COOKIES,
    ),
    "Spanish consent": (
        page(
            words(
                """Nosotros y nuestros 780 socios utilizamos cookies para almacenar información en un dispositivo y
                mostrar publicidad personalizada. Puede aceptar todo o configurar las cookies. Puede retirar su
                consentimiento en la política de privacidad o cuando alegamos interés legítimo."""
            ),
            title="Tu privacidad",
            lang="es",
        ),
        _COOKIES,
    ),
    "teaser with an offer": (page(LEAD, aside=_SUBSCRIBE), _SOLD),
    "teaser that is sold": (page(LEAD, MORE, head=_NOT_FREE), _SOLD),
    "long teaser of a longer text": (
        page(LEAD, MORE, BACKGROUND, head=json_ld(isAccessibleForFree=False, wordCount=900)),
        _SOLD,
    ),
    "teaser that ends in an offer": (page(LEAD, MORE, "Subscribe to keep reading this story."), _SOLD),
    "French teaser": (
        page(
            words(
                """Trois roquettes sont tombées dimanche soir près de l'ambassade à Bagdad, a indiqué la police.
                Personne n'a été tué, et une personne a été légèrement blessée à la cantine."""
            ),
            "Il vous reste 82 % de cet article à lire. La suite est réservée aux abonnés.",
            lang="fr",
        ),
        _SOLD,
    ),
    "Indonesian teaser": (
        page(
            words(
                """Tiga roket jatuh di dekat kedutaan di Bagdad pada Minggu malam, kata seorang polisi. Tidak ada
                korban jiwa, dan satu orang terluka ringan di kantin, menurut kantor berita."""
            ),
            "Berlangganan untuk melanjutkan membaca.",
            lang="id",
        ),
        _SOLD,
    ),
    "login page": (bare("The Daily", f"<h1>Welcome back</h1>{LOGIN_BOX}<p>Forgot your password?</p>"), _LOGIN),
    "wall of a network": (bare("Post", "<p>You must be logged in to continue.</p><p>Join today.</p>"), _LOGIN),
    "soft 404": (page("The page you are looking for does not exist.", title="Page not found"), _ERROR),
    "soft 404 without a title": (page("We couldn’t find that page.", title="The Daily"), _ERROR),
    "soft 404 with advice": (
        page(
            words(
                """We are sorry, but the address may have been typed wrongly, or the article may have been moved or
                deleted. Please use the search, go back to our home page, or read one of the sections in the menu
                above."""
            ),
            title="404 – Seite nicht gefunden",
        ),
        _ERROR,
    ),
    "server error": (
        bare("503 Service Unavailable", "<p>The server is temporarily unable to service your request.</p>"),
        _ERROR,
    ),
    "home page": (bare("The Daily – News", NAVIGATION + headlines(25, teasers=True)), "list of articles"),
    "section of headlines": (
        bare("World | The Daily", NAVIGATION + headlines(60, teasers=False)),
        "links here|list of articles",
    ),
    "short note": (page("Three rockets hit the embassy."), r"too little text here for an article \(\d+ words\)"),
    "one long word": (page("x" * 500), "too little text"),
    "an advert's form": (page("1. How relevant is this ad to you?", ADVERT_FORM), "too little text"),
}
