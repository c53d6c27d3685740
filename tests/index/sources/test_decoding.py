"""Bytes become the right text or a clear refusal."""

from __future__ import annotations

import random

import pytest

from index.errors import SourceError, UnreadableError, UnsupportedError
from index.sources.decoding import decode_text

ENGLISH = "“We know,” the spokesman said – it’s the third attack. The café was closed on Sunday."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Три ракеты – three rockets – 三发"),
        ("utf-8-sig", "Three rockets"),
        ("utf-16", "Three rockets – café"),
        ("utf-32", "Three rockets – café"),
        ("cp1252", ENGLISH),
        ("cp1252", "It’s fine."),
        ("cp1252", "L'été à Orléans a été très chaud, déclare le maire de la ville après la fête."),
        ("cp1252", "Für die Größe der Straße müssen wir über Köln fahren, sagte Jörg Müller."),
        (
            "cp1250",
            "Wczoraj w Warszawie spadły trzy rakiety na ambasadę, poinformował rzecznik. Nikt nie zginął.",
        ),
        ("cp1251", "Три ракеты упали на посольство США в Багдаде в воскресенье, сообщил представитель."),
        ("koi8_r", "Три ракеты упали на посольство США в Багдаде в воскресенье"),
        ("cp1253", "Τρεις ρουκέτες έπεσαν στην πρεσβεία των ΗΠΑ στη Βαγδάτη."),
        ("cp1256", "سقطت ثلاثة صواريخ على السفارة الأمريكية في بغداد يوم الأحد"),
        ("shift_jis", "日曜日に米国大使館に三発のロケット弾が落ちた。負傷者は一人だった。"),
        ("gb18030", "星期日三枚火箭弹落在美国大使馆。一人受轻伤。"),
        ("big5", "星期日三枚火箭彈落在美國大使館。一人受輕傷。"),
    ],
)
def test_common_encodings_are_read(encoding: str, text: str) -> None:
    """A byte-order mark, UTF-8 or the detected encoding gives the text that was written."""
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("encoding", "charset", "text"),
    [
        ("cp1254", "windows-1254", "Üç roket düştü, şüpheliler aranıyor."),
        ("cp1252", "ISO-8859-1", "He said “yes”."),
        ("iso2022_jp", "iso-2022-jp", "三発のロケット弾"),
        ("utf-8", "iso-8859-1", "Café – wrongly declared"),
        ("utf-8", "no-such-charset", "Café"),
        ("utf-8", "punycode", "plain text"),
        ("cp1252", "utf-8", ENGLISH),
    ],
)
def test_a_declared_encoding_helps_and_a_wrong_one_does_no_harm(encoding: str, charset: str, text: str) -> None:
    """A declaration decides what UTF-8 leaves open; text that is UTF-8 is UTF-8 whatever is declared."""
    assert decode_text(text.encode(encoding), "a.txt", charset) == text


def test_a_broken_character_in_a_long_utf8_text_is_marked() -> None:
    """One bad byte costs one character, not the article."""
    text = "Три ракеты упали. " * 20
    data = text.encode()
    assert decode_text(data[:-3] + b"\xff" + data[-2:], "a.txt").startswith(text[:300])


@pytest.mark.parametrize("seed", range(10))
def test_noise_is_refused(seed: int) -> None:
    """Random bytes are never taken for text."""
    noise = random.Random(seed)  # noqa: S311 - test data
    data = bytes(noise.randrange(1, 256) for _ in range(2000))
    with pytest.raises(UnreadableError, match=r"a\.txt is damaged .* Save it as UTF-8"):
        decode_text(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0", b"MZ\x90\0\3", b"text with\0a zero", "utf-16 no mark".encode("utf-16-le")],
)
def test_binary_data_is_refused(data: bytes) -> None:
    """A zero byte stands in no text, so the type is refused with the types that are read."""
    with pytest.raises(UnsupportedError, match="askwire reads text"):
        decode_text(data, "a.txt")


@pytest.mark.parametrize(
    "data", ["Ab".encode("utf-16") + b"\x00", b"\xff\xfe\x00\xd8\x00\x00", b"\xff\xfe\x00\x00\xff"]
)
def test_a_cut_utf16_or_utf32_text_is_refused(data: bytes) -> None:
    """A byte-order mark is a promise; bytes that break it are damage."""
    with pytest.raises(SourceError, match="cut off or damaged"):
        decode_text(data, "a.txt")


def test_control_characters_all_over_are_damage() -> None:
    """Text that is one tenth control characters is not indexed."""
    with pytest.raises(UnreadableError):
        decode_text(b"word word\x01" * 50, "a.txt")
