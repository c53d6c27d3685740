"""The catalogues of what the bot says, and how a message is made from them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.words import Said, Words, languages, words_of

BOT = Path(bot.__file__).parent
LOCALES = BOT / "locales"
NUMBERS = (0, 1, 2, 3, 5, 11, 21, 101)
PLURALS = {"zero", "one", "two", "few", "many", "other"}
WORDS_NAMES = {"words", "_words"}
ALL_LANGUAGES = pytest.mark.parametrize("code", languages())


class Parts(Visitor):
    """What a message is made of: its texts, its variables, and the variables that choose between plural forms."""

    def __init__(self, message: ftl.Message) -> None:
        self.texts: list[str] = []
        self.variables: set[str] = set()
        self.plurals: dict[str, list[set[str]]] = {}
        self.visit(message)

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802 - as the visitor calls it
        self.texts.append(node.value)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the same
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802 - the same
        keys = {key.name if isinstance(key, ftl.Identifier) else key.value for key in (v.key for v in node.variants)}
        if keys & PLURALS:
            assert isinstance(node.selector, ftl.VariableReference), "a plural form is chosen by a number as it is"
            self.plurals.setdefault(node.selector.id.name, []).append(keys)
        self.generic_visit(node)


@cache
def entries(code: str) -> dict[Path, list[ftl.EntryType]]:
    """All that the catalogue of a language holds, by its files below the language's folder."""
    files = sorted((LOCALES / code).glob("*.ftl"))
    parser = FluentParser()
    return {file.relative_to(LOCALES / code): list(parser.parse(file.read_text("utf-8")).body) for file in files}


@cache
def messages(code: str) -> dict[str, Parts]:
    """A language's messages by key."""
    found = (entry for body in entries(code).values() for entry in body)
    return {entry.id.name: Parts(entry) for entry in found if isinstance(entry, ftl.Message)}


def keys_by_file(code: str) -> dict[str, set[str]]:
    """The keys that stand in each file."""
    return {
        str(file): {entry.id.name for entry in body if isinstance(entry, ftl.Message)}
        for file, body in entries(code).items()
    }


def samples(key: str) -> Iterator[dict[str, str | int]]:
    """Values for all variables of a message; those that choose a plural form in some language run through numbers."""
    numbers = {name for code in languages() if key in messages(code) for name in messages(code)[key].plurals}
    texts: dict[str, str | int] = {name: f"some {name}" for name in messages("en")[key].variables - numbers}
    for number in NUMBERS:
        yield texts | dict.fromkeys(numbers, number)


def test_the_languages() -> None:
    """The bot speaks six languages."""
    assert languages() == ("en", "ar", "de", "es", "id", "ru")


@ALL_LANGUAGES
def test_catalogues_are_complete(code: str) -> None:
    """No catalogue lacks a key that English has, or has one too many; each stands in the same file."""
    assert keys_by_file(code) == keys_by_file("en")


@ALL_LANGUAGES
def test_catalogues_are_well_formed(code: str) -> None:
    """All of each file is understood, and no key stands there twice: Fluent would pass over it without a word."""
    body = [entry for entries_ in entries(code).values() for entry in entries_]
    assert [entry.content for entry in body if isinstance(entry, ftl.Junk)] == []
    keys = Counter(entry.id.name for entry in body if isinstance(entry, ftl.Message))
    assert [key for key, times in keys.items() if times > 1] == []


@ALL_LANGUAGES
def test_variables_are_those_of_english(code: str) -> None:
    """A message has the same variables in all languages, and can be made with them, whatever the number."""
    words = words_of(code)
    for key, parts in messages(code).items():
        assert parts.variables == messages("en")[key].variables, key
        for values in samples(key):
            assert words(key, **values).strip(), key


@ALL_LANGUAGES
def test_every_number_has_its_plural_form(code: str) -> None:
    """A message that has plural forms has all that its language needs for whole numbers from 1 on."""
    form = Locale.parse(code).plural_form
    for key, parts in messages(code).items():
        for variants in (keys for many in parts.plurals.values() for keys in many):
            missing = {form(n) for n in range(1, 200) if form(n) not in variants and str(n) not in variants}
            assert not missing, f"{key} has no form for {missing}"


@ALL_LANGUAGES
def test_no_catalogue_holds_html(code: str) -> None:
    """Styles are the code's: a tag or an entity would be shown as it is."""
    texts = {key: " ".join(parts.texts) for key, parts in messages(code).items()}
    assert [key for key, text in texts.items() if re.search(r"</?\w[^<]*>|&#?\w+;", text)] == []


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", "0 articles|1 article|2 articles|3 articles|5 articles|11 articles|21 articles|101 articles"),
        ("de", "0 Artikel|1 Artikel|2 Artikel|3 Artikel|5 Artikel|11 Artikel|21 Artikel|101 Artikel"),
        ("es", "0 artículos|1 artículo|2 artículos|3 artículos|5 artículos|11 artículos|21 artículos|101 artículos"),
        ("id", "0 artikel|1 artikel|2 artikel|3 artikel|5 artikel|11 artikel|21 artikel|101 artikel"),
        ("ru", "0 статей|1 статья|2 статьи|3 статьи|5 статей|11 статей|21 статья|101 статья"),
        ("ar", "لا مقالات|مقال واحد|مقالان|3 مقالات|5 مقالات|11 مقالًا|21 مقالًا|101 مقال"),
    ],
)
def test_plural_forms(code: str, forms: str) -> None:
    """How many articles there are is said as a speaker of the language would."""
    words = words_of(code)
    assert [words("sources-total", total=number) for number in NUMBERS] == forms.split("|")


def test_plural_forms_in_russian_reports() -> None:
    """The verb follows the number, too."""
    assert [words_of("ru")("articles-added-count", count=number) for number in (1, 2, 5, 21)] == [
        "Добавлена 1 статья.",
        "Добавлены 2 статьи.",
        "Добавлено 5 статей.",
        "Добавлена 21 статья.",
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("ru", "ru"),
        ("pt-br", "en"),
        ("de-AT", "de"),
        ("es_MX", "es"),
        ("ID", "id"),
        ("xx", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_of_a_code(given: str | None, code: str) -> None:
    """Telegram's code leads to its language, whatever the region; what is unknown to English."""
    assert words_of(given).code == code


def test_a_code_names_no_folder() -> None:
    """A forged code leads nowhere else on the disk."""
    assert words_of("../../etc").code == words_of(".").code == "en"


def test_a_key_that_a_language_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said in English rather than not at all; one that English lacks is a fault of the code."""
    words = Words("de")
    german = words._bundles[0]
    monkeypatch.delitem(german._messages, "passages-gone")
    german._compiled.pop("passages-gone", None)
    assert words("passages-gone") == words_of("en")("passages-gone")
    with pytest.raises(KeyError):
        words("no-such-key")
    monkeypatch.undo()
    assert words("passages-gone") != words_of("en")("passages-gone")


def test_a_value_that_is_missing() -> None:
    """It is a fault of the code, and no half message goes out."""
    with pytest.raises(ValueError, match="passages-button in ar"):
        words_of("ar")("passages-button")


def test_what_others_wrote_is_cleaned_and_set_apart() -> None:
    """In Arabic it stands in an isolate; its own controls go everywhere. The bot's own words stay as they are."""
    nasty = "a\u202eb\u2069c"
    assert words_of("de")("help-command", command=nasty, description="x") == "abc – x"
    arabic = words_of("ar")
    inner = arabic("help-command", command=nasty, description="x")
    assert inner == "\u2068abc\u2069 – \u2068x\u2069"
    assert arabic("help-command", command=Said("/x"), description=inner) == f"/x – {inner}"


def test_a_text_may_be_long() -> None:
    """Fluent alone would take no value over 2,500 characters."""
    assert words_of("en")("help-command", command="c" * 5000, description="d") == f"{'c' * 5000} – d"


def test_dates() -> None:
    """A day is written as the language does it, in English as elsewhere in askwire; the year can be left out."""
    day = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
    assert {code: (words_of(code).date(day), words_of(code).date(day, year=False)) for code in languages()} == {
        "en": ("26 January 2020", "26 January"),
        "ar": ("26 يناير 2020", "26 يناير"),
        "de": ("26. Januar 2020", "26. Januar"),
        "es": ("26 de enero de 2020", "26 de enero"),
        "id": ("26 Januari 2020", "26 Januari"),
        "ru": ("26 января 2020\u202fг.", "26 января"),
    }
    assert {words_of(code).time(day) for code in languages()} == {"21:30"}


@cache
def code_trees() -> tuple[ast.Module, ...]:
    """The syntax trees of all the bot's modules."""
    return tuple(ast.parse(file.read_text("utf-8")) for file in sorted(BOT.rglob("*.py")))


def key_arguments() -> Iterator[ast.expr]:
    """The first arguments of all calls of `words(…)`, `context.words(…)` and `words_of(…)(…)`."""
    for node in (node for tree in code_trees() for node in ast.walk(tree)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        made_here = isinstance(called, ast.Call) and ast.unparse(called.func) == "words_of"
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if made_here or name in WORDS_NAMES:
            yield from (
                (node.args[0].body, node.args[0].orelse) if isinstance(node.args[0], ast.IfExp) else node.args[:1]
            )


def key_patterns() -> Iterator[str]:
    """The keys that code puts together, such as f"stage-{name}", as regular expressions."""
    for key in key_arguments():
        if isinstance(key, ast.JoinedStr):
            yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in key.values)


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    """No message is missing when it is wanted."""
    named = {str(key.value) for key in key_arguments() if isinstance(key, ast.Constant)}
    assert "sources-total" in named
    assert named - messages("en").keys() == set()
    assert [p for p in key_patterns() if not any(re.fullmatch(p, key) for key in messages("en"))] == []


def test_every_key_of_the_catalogue_is_in_the_code() -> None:
    """No message is kept that nobody says."""
    constants = {node.value for tree in code_trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    patterns = list(key_patterns())
    left = [key for key in messages("en").keys() - constants if not any(re.fullmatch(p, key) for p in patterns)]
    assert sorted(left) == []
