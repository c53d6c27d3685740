"""Interleaved conversations are taken apart."""

from __future__ import annotations

import numpy as np

from index.providers.fakes import FakeEmbedder
from index.summaries.talk_communities import communities
from index.summaries.talk_fragments import fragments
from index.summaries.talk_sample import sample_talk
from index.summaries.talk_titles import titles
from index.summaries.talk_topics import conversations
from index.summaries.types import ChatMessage
from tests.index.summaries.talk_builders import make_message, make_talk

CABIN = (
    "the cabin by the lake has a wood stove",
    "the cabin stove needs dry wood",
    "is the lake cabin warm with that stove in march?",
    "wood for the cabin stove is sold by the lake",
    "the lake is frozen, the cabin is warm",
)
CHOIR = (
    "the choir sings the canon at the spring concert",
    "the concert hall wants rent from the choir",
    "tenors of the choir practise the canon",
    "the canon opens the spring concert",
    "the choir concert ends with the canon",
)


def mixed() -> list[ChatMessage]:
    """Two conversations that alternate, odd ids on the cabin, even ones on the choir."""
    lines = [line for pair in zip(CABIN, CHOIR, strict=True) for line in pair]
    return make_talk(*(f"P{place % 3}: {line}" for place, line in enumerate(lines)), every=3)


def ids(groups: list[list[ChatMessage]]) -> list[list[int]]:
    """The message ids of groups."""
    return [[message.message_id for message in group] for group in groups]


def test_two_conversations_that_alternate_are_told_apart() -> None:
    """By what they are about, though each message stands between two of the other conversation."""
    found = conversations(sample_talk(mixed()), FakeEmbedder())
    assert sorted(ids(found)) == [[1, 3, 5, 7, 9], [2, 4, 6, 8, 10]]


def test_titles_are_the_telling_words_of_each() -> None:
    """A title holds words that were written, of its own conversation."""
    found = conversations(sample_talk(mixed()), FakeEmbedder())
    named = dict(zip((group[0].message_id for group in found), titles(found), strict=True))
    assert {"cabin", "lake", "stove"} >= set(named[1].split(", ")) - {"wood"}
    assert "choir" in named[2] and "canon" in named[2]
    written = " ".join(message.text for message in mixed())
    assert all(word in written for title in named.values() for word in title.split(", "))


def test_a_title_names_no_speaker() -> None:
    """Who talks stands beside the title."""
    talk = make_talk("Ann: Bob paints the fence", "Bob: Ann paints the fence")
    assert sorted(titles([talk])[0].split(", ")) == ["fence", "paints"]


def test_forum_topics_are_never_merged() -> None:
    """The same words in two topics of a forum stay apart, even when a reply crosses them."""
    talk = [
        make_message(n, "Ann", CABIN[n % 5], topic_id=n % 2, reply_to=n - 1 if n > 1 else None, minute=n)
        for n in range(1, 13)
    ]
    for group in conversations(sample_talk(talk), FakeEmbedder()):
        assert len({message.topic_id for message in group}) == 1


def test_replies_stay_with_what_they_answer() -> None:
    """A reply link joins messages that share no word and lie far apart."""
    talk = make_talk("Ann: the cabin has a stove", "Bob: the concert is sold out", "Cem >1: how large are rooms there?")
    assert [1, 3] in ids(fragments(talk, frozenset()))


def test_assent_follows_the_message_before_and_small_talk_does_not() -> None:
    """A bare "agreed" goes with what was just said; "good night" and a late "agreed" go with nothing."""
    talk = [
        make_message(1, "Ann", CABIN[0], minute=0),
        make_message(2, "Bob", "agreed", minute=1),
        make_message(3, "Cem", "good night", minute=2),
        make_message(4, "Dan", "agreed", minute=30),
    ]
    reading = sample_talk(talk)
    assert reading.light == {2, 3, 4}
    assert ids(fragments(reading.messages, reading.light)) == [[1, 2], [3], [4]]


def test_communities_follow_the_likeness() -> None:
    """Two blocks of a matrix are two communities, and a place that is like nothing is alone."""
    likeness = np.zeros((7, 7))
    likeness[:3, :3] = likeness[3:6, 3:6] = 0.9
    likeness[2, 3] = likeness[3, 2] = 0.1
    assert sorted(communities(likeness, 3)) == [[0, 1, 2], [3, 4, 5], [6]]


def test_a_long_discussion_is_read_evenly_and_counted() -> None:
    """Beyond the bound messages are taken over the whole time, links and what was agreed to first."""
    talk = [make_message(n, f"P{n % 7}", f"word{n} stands beside term{n}", minute=n) for n in range(1, 2001)]
    talk[1500] = make_message(1501, "Ann", "see https://maps.example/way to the place", minute=1501)
    talk[1000] = make_message(1001, "Bob", "agreed", reply_to=1000, minute=1001)
    reading = sample_talk(talk, most=100)
    read = [message.message_id for message in reading.messages]
    assert len(read) == 101 and reading.left_out == 1899
    assert {1000, 1001, 1501} <= set(read)
    assert all(any(low <= number < low + 100 for number in read) for low in range(1, 2001, 100))


def test_the_same_words_over_and_over_are_read_three_times() -> None:
    """Who repeats a message a thousand times takes no room from others."""
    talk = [make_message(n, "Ann", "buy the golden ticket now", minute=n) for n in range(1, 1001)]
    reading = sample_talk(talk)
    assert len(reading.messages) == 3 and reading.left_out == 997
