"""What one text tells that another does not."""

from __future__ import annotations

from index.text_surplus import Story, Surplus, surpluses, unshared_words
from tests.index.wire_reports import PARAGRAPHS, TEXT, paragraphs


def beyond(one: str, other: str = TEXT) -> Surplus:
    """What the one tells beyond the other."""
    return surpluses(Story(one), Story(other))[0]


def test_equal_texts_tell_nothing_beyond_each_other() -> None:
    """Nor does a part of one, or its paragraphs in another order."""
    assert beyond(TEXT) == Surplus()
    assert beyond(paragraphs(1, 2)) == Surplus()
    assert beyond(paragraphs(5, 3, 1, 4, 2, 0)) == Surplus()


def test_a_replaced_word_is_one_word() -> None:
    """Its neighbours are shared, as they stand in other shingles."""
    one, other = Story(TEXT), Story(TEXT.replace("teacher", "nurse"))
    assert [one.words[at] for at in unshared_words(one, other).nonzero()[0]] == ["teacher"]


def test_numbers_are_told_by_value_and_in_order() -> None:
    """Grouped digits, decimals, times and words; what stands in a shared stretch too is nothing new."""
    more = "It took 1,250 litres at 9:30 and 2.5 tonnes, said three people of the 214 passengers."
    assert beyond(f"{TEXT}\n\n{more}").numbers == ("1250", "9:30", "2.5", "3")


def test_one_is_no_number() -> None:
    """ "One another" tells none; a digit does."""
    assert beyond(f"{TEXT}\n\nThey helped one another first of all.").numbers == ()
    assert beyond(f"{TEXT}\n\nThey saw 1 of them.").numbers == ("1",)


def test_days_and_numbers_of_other_languages_count() -> None:
    """They are written small there, so that nothing else shows them."""
    assert beyond("Los tres barcos salieron el martes.", "").numbers == ("tres", "martes")
    assert beyond("Три судна вышли в среду.", "").numbers == ("три", "среду")


def test_names_are_words_with_capitals_inside_sentences() -> None:
    """A sentence's first word is none, and what the other text has anywhere is nothing new."""
    added = beyond(f"{TEXT}\n\nMeanwhile the mayor Ante Babic met Ivana Horvat.")
    assert added.names == {"ante", "babic"}
    assert not added.replaces


def test_a_name_in_place_of_other_words_is_told() -> None:
    """It is not one that was added."""
    assert beyond(TEXT.replace("a teacher who", "Mia Dimsic who")).replaces
    assert beyond(TEXT.replace("hospital with", "the Firule hospital with")).names == {"firule"}
    assert not beyond(TEXT.replace("hospital with", "the Firule hospital with")).replaces


def test_a_number_in_place_of_another_is_told() -> None:
    """Even when the text has it somewhere else, so that it is not beyond it."""
    changed = beyond(TEXT.replace("five of the injured", "two of the injured"))
    assert changed.numbers == ()
    assert changed.replaces
    assert not beyond(TEXT.replace("five of the injured", "5 of those injured")).replaces


def test_scripts_without_spaces_tell_by_stretches() -> None:
    """A single character may stand anywhere, the stretch around it does not."""
    one, other = "一艘渡轮星期一晚上搁浅，有人星期五看见小船。", "一艘渡轮星期五晚上搁浅，有人星期五看见小船。"
    assert beyond(one, other).names == {"期一晚"}
    assert beyond(other, one).names == {"期五晚"}


def test_scripts_without_capitals_tell_by_every_word() -> None:
    """There is no telling which of them is a name."""
    assert beyond("جنحت عبارة قبالة سبليت", "جنحت عبارة قبالة زادار").names == {"سبليت"}


def test_share_is_of_the_text_itself() -> None:
    """A text that the other holds has none; one that holds it and as much again has a half."""
    half, whole = Story(PARAGRAPHS[0]), Story(f"{PARAGRAPHS[0]}\n{' '.join(f'w{n}' for n in range(26))}")
    assert len(half.words) == 26
    mine, theirs = surpluses(half, whole)
    assert (mine.share, mine.words) == (0.0, 0)
    assert (theirs.share, theirs.words) == (0.5, 26)


def test_empty_texts() -> None:
    """Nothing is divided by nothing."""
    assert beyond("", "") == Surplus()
    assert beyond("", TEXT) == Surplus()
    assert beyond("Two words", "").share == 1.0
