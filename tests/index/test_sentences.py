"""Sentences with their exact places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import quotation_spans, sentence_spans, split_sentences

TEXTS = st.text(st.sampled_from('aA b.!?“”"\n\r\t🚀שé。។'), max_size=60)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def quotations(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotation_spans(text)]


def test_sentences_of_news_text() -> None:
    """Abbreviations and decimals end no sentence, a line's end does."""
    text = "Mr. Mahdi spoke at 19.30 in the U.S. embassy. It was 3.5 km away.\nA headline\r\nThe end."
    assert sentences(text) == [
        "Mr. Mahdi spoke at 19.30 in the U.S. embassy.",
        "It was 3.5 km away.",
        "A headline",
        "The end.",
    ]


def test_a_quotation_of_several_sentences_stays_whole() -> None:
    """What somebody said is kept with who said it."""
    text = "“We know. We ask the government to act, “a spokesman said.\n\n“It hurt. It did,” she said. Later it rained."
    assert quotations(text)[0].startswith("“We know. We ask")
    assert "Later it rained." in quotations(text)


def test_an_open_quotation_ends_with_its_line_and_after_500_characters() -> None:
    """A quotation mark that is never closed does not swallow the article."""
    assert quotations("“Open here. Never closed.\nNext line. And more.") == [
        "“Open here. Never closed.",
        "Next line.",
        "And more.",
    ]
    long = "“Open here. " + "It goes on and on and on. " * 60
    assert all(len(quotation) <= 500 for quotation in quotations(long))


@pytest.mark.parametrize(
    "expected",
    [
        ["今天下雨。", "我们回家！", "你呢？", "好。"],
        ["他说：“我来了。”", "然后走了。"],
        ["「行こう。」", "と彼は言った。"],
        ["ماذا حدث؟ ", "سقطت ثلاثة صواريخ. ", "هل هذا صحيح؟"],
        ["کیا ہوا؟ ", "تین راکٹ گرے۔ ", "یہ سچ ہے۔"],
        ["तीन रॉकेट गिरे। ", "क्या यह सच है? ", "हाँ।"],
        ["ခရီးသည် ၄၀ ရှိသည်။ ", "ဘယ်သူလဲ။"],
        ["គាត់ទៅផ្សារ។ ", "នាងទៅសាលា។", "ចប់៕"],
    ],
)
def test_full_stops_of_every_script_end_a_sentence(expected: list[str]) -> None:
    """A text in a language that nobody named still comes in sentences, for reading and for chunks."""
    text = "".join(expected)
    assert sentences(text) == [sentence.strip() for sentence in expected]
    assert split_sentences(text) == expected


@given(TEXTS)
def test_spans_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    """Spans do not overlap, start and end on a character, and lose none."""
    for spans in (sentence_spans(text), quotation_spans(text)):
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)
        kept = "".join(text[span.start : span.end] for span in spans)
        assert "".join(kept.split()) == "".join(text.split())


@given(TEXTS)
def test_split_sentences_joined_are_the_text(text: str) -> None:
    """The pieces lose nothing, not even white space."""
    assert "".join(split_sentences(text)) == text
