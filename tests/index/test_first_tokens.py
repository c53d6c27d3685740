"""How likely a reply could have begun with another answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.first_tokens import first_token_probability
from index.providers.base import Completion, FirstToken


def reply(*positions: tuple[str, dict[str, float]]) -> Completion:
    """A reply of these tokens, each with the probabilities of those that could have stood there."""
    return Completion(
        "".join(token for token, _ in positions),
        first_tokens=tuple(
            FirstToken(token, tuple((other, math.log(p)) for other, p in others.items())) for token, others in positions
        ),
    )


ROME = reply((" Rome", {" Rome": 0.6, " Os": 0.2, " oslo": 0.1, " the": 0.05, " ": 0.01}), (",", {" Paris": 0.9}))


@pytest.mark.parametrize(
    ("answer", "probability"),
    [("Rome", 0.6), ("Rome, Italy", 0.6), ("Oslo", 0.3), ("the Oslo talks", 0.3), ("“Rome”", 0.6), ("Paris", 0.0)],
)
def test_the_tokens_that_an_answer_begins_with_add_up(answer: str, probability: float) -> None:
    """Whole words and pieces of one, in any case; what came behind the first word tells nothing of the beginning."""
    assert first_token_probability(ROME, answer) == pytest.approx(probability)


def test_a_token_may_go_further_than_the_answer() -> None:
    """ "Roman" begins like "Rom", but an answer of one or two letters says too little for that."""
    assert first_token_probability(reply((" Roman", {" Roman": 0.5})), "Rom") == pytest.approx(0.5)
    assert first_token_probability(reply((" Roman", {" Roman": 0.5})), "Ro") == 0.0


@pytest.mark.parametrize("opening", ["The", " a", " in", " “", "$"])
def test_behind_an_article_the_next_token_counts(opening: str) -> None:
    """A reply that begins with "the" has not begun with its answer yet."""
    completion = reply((opening, {opening: 0.9}), (" Rome", {" Rome": 0.7, " Oslo": 0.2}), (" x", {" Paris": 0.9}))
    assert first_token_probability(completion, "the Rome treaty") == pytest.approx(0.7)
    assert first_token_probability(completion, "Oslo") == pytest.approx(0.2)
    assert first_token_probability(completion, "Paris") == 0.0


def test_the_likelier_beginning_counts() -> None:
    """An answer could have stood in place of the article, or behind it."""
    completion = reply((" the", {" the": 0.3, " Rome": 0.6}), (" city", {" Rome": 0.2, " Oslo": 0.4}))
    assert first_token_probability(completion, "Rome") == pytest.approx(0.6)
    assert first_token_probability(completion, "Oslo") == pytest.approx(0.4)


def test_an_article_alone_is_no_beginning() -> None:
    """That "the" was likely says nothing for an answer whose first letters are the same."""
    assert first_token_probability(reply(("The", {"The": 0.9, " a": 0.1})), "Theatre") == 0.0
    assert first_token_probability(reply((" a", {" a": 0.9})), "a an") == 0.0


def test_without_alternatives_nothing_is_likely() -> None:
    """Most models tell none."""
    assert first_token_probability(Completion("Rome"), "Rome") == 0.0
    assert first_token_probability(reply((" Rome", {})), "Rome") == 0.0


TOKENS = st.text(max_size=5) | st.sampled_from(["the", " Rome", "$", "“", " "])


@example([("Rome", [("Ro", 0.0), ("Rome", -1e-9)])], "Rome")
@given(st.lists(st.tuples(TOKENS, st.lists(st.tuples(TOKENS, st.floats(-30, 0)), max_size=4)), max_size=3), st.text())
def test_it_is_always_a_probability(positions: list[tuple[str, list[tuple[str, float]]]], answer: str) -> None:
    """Whatever the tokens and the answer are, and however the rounding falls."""
    tokens = tuple(FirstToken(token, tuple(others)) for token, others in positions)
    assert 0 <= first_token_probability(Completion("x", first_tokens=tokens), answer) <= 1
