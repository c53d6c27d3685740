"""English follow-up questions by rules, each after its last turn."""

from __future__ import annotations

import pytest

from index.conversation.rules import by_rules
from index.types import Turn

# A last question, its short answer, and follow-up questions with what they mean then.
CONVERSATIONS: list[tuple[str, str | None, dict[str, str]]] = [
    (
        "How many rockets hit the American embassy in Baghdad?",
        "Three",
        {
            "and who did they blame?": "Who did they blame when rockets hit the American embassy in Baghdad?",
            "when was that?": "When was it that rockets hit the American embassy in Baghdad?",
            "How many?": "How many rockets hit the American embassy in Baghdad?",
            "when?": "When was it that rockets hit the American embassy in Baghdad?",
            "But why": "Why was it that rockets hit the American embassy in Baghdad?",
            "where exactly?": "Where exactly was it that rockets hit the American embassy in Baghdad?",
            "how come?": "How come rockets hit the American embassy in Baghdad?",
            "who?": "Who hit the American embassy in Baghdad?",
            "which ones?": "Which rockets hit the American embassy in Baghdad?",
            "and in Basra?": "How many rockets hit the American embassy in Basra?",
            "In Basra?": "How many rockets hit the American embassy in Basra?",
            "what about Turkey?": "How many rockets hit the American embassy in Turkey?",
            "and on Monday?": "How many rockets hit the American embassy in Baghdad on Monday?",
            "Was anyone hurt?": "Was anyone hurt when rockets hit the American embassy in Baghdad?",
            "any survivors?": "Any survivors when rockets hit the American embassy in Baghdad?",
            "who claimed it?": "Who claimed it when rockets hit the American embassy in Baghdad?",
            "where did they land?": "Where did the rockets that hit the American embassy in Baghdad land?",
            "who fired them?": "Who fired the rockets that hit the American embassy in Baghdad?",
            "What was damaged there?": "What was damaged in Baghdad?",
            "what did Iran say about it?": (
                "What did Iran say about the rockets that hit the American embassy in Baghdad?"
            ),
            "And what did the president say?": (
                "What did the president say when rockets hit the American embassy in Baghdad?"
            ),
            "what happened next?": "What happened after rockets hit the American embassy in Baghdad?",
            "What happened?": "What happened when rockets hit the American embassy in Baghdad?",
            "is that true?": "Is it true that rockets hit the American embassy in Baghdad?",
            "tell me more": "Tell me more about the rockets that hit the American embassy in Baghdad.",
            "when was the embassy built?": "When was the American embassy in Baghdad built?",
        },
    ),
    (
        "How many people died in the earthquake in Syria?",
        "5,914",
        {
            "what about Turkey?": "How many people died in the earthquake in Turkey?",
            "And how many were injured?": "How many were injured in the earthquake in Syria?",
            "how about Aleppo?": "How many people died in the earthquake in Aleppo?",
            "and children?": "How many children died in the earthquake in Syria?",
            "how strong was it?": "How strong was the earthquake in Syria?",
            "and the year before?": "How many people died in the earthquake in Syria the year before?",
            "by whom were they found?": "By whom were the people that died in the earthquake in Syria found?",
        },
    ),
    (
        "What did the ferry hit?",
        "a sandbank",
        {
            "how big is it?": "How big is the sandbank that the ferry hit?",
            "when?": "When did the ferry hit a sandbank?",
            "was anyone hurt?": "Was anyone hurt when the ferry hit a sandbank?",
        },
    ),
    (
        "Who is the mayor of Lindholm?",
        "Ines Calder",
        {
            "How old is she?": "How old is Ines Calder?",
            "since when?": "Since when is Ines Calder the mayor of Lindholm?",
            "what did she say about the bridge?": "What did Ines Calder say about the bridge?",
            "what is her party?": "What is Ines Calder's party?",
            "and her husband?": "What about Ines Calder's husband?",
            "and of Porto?": "Who is the mayor of Porto?",
            "and the police chief?": "Who is the police chief of Lindholm?",
        },
    ),
    (
        "Who is the president of Iran?",
        None,
        {
            "how old is he?": "How old is the president of Iran?",
            "since when?": "Since when (who is the president of Iran)?",
        },
    ),
    (
        "When will the City Museum reopen?",
        "4 March",
        {
            "why?": "Why will the City Museum reopen?",
            "who paid for it?": "Who paid for the City Museum?",
            "and the library?": "When will the library reopen?",
            "how much did they pay?": "How much did they pay (about the City Museum)?",
            "who designed the museum?": "Who designed the City Museum?",
        },
    ),
    (
        "Who claimed the attack on the US embassy?",
        "Kataib Hezbollah",
        {
            "what did they say?": "What did Kataib Hezbollah say about the attack on the US embassy?",
            "when?": "When was it that Kataib Hezbollah claimed the attack on the US embassy?",
            "how many members do they have?": "How many members do Kataib Hezbollah have?",
            "how many people were killed in that attack?": (
                "How many people were killed in the attack on the US embassy?"
            ),
            "did anyone else claim it?": "Did anyone else claim the attack on the US embassy?",
            "and the airport?": "What about the airport (who claimed the attack on the US embassy)?",
        },
    ),
    (
        "Why did Israel strike Beirut on Monday?",
        None,
        {
            "how many people were killed?": "How many people were killed when Israel struck Beirut on Monday?",
            "and on Tuesday?": "Why did Israel strike Beirut on Tuesday?",
            "what did they hit?": "What did Israel hit when Israel struck Beirut on Monday?",
            "and Damascus?": "Why did Israel strike Damascus on Monday?",
        },
    ),
    (
        "What will the council build in Lindholm?",
        "a new bridge",
        {
            "How much will it cost?": "How much will the new bridge that the council will build in Lindholm cost?",
            "when?": "When will the council build a new bridge in Lindholm?",
            "who pays?": "Who pays (about the new bridge that the council will build in Lindholm)?",
        },
    ),
    (
        "How long will the bridge repair take?",
        "ten weeks",
        {
            "why?": "Why will the bridge repair take ten weeks?",
            "who pays for it?": "Who pays for the bridge repair?",
            "and the tunnel?": "How long will the tunnel take?",
        },
    ),
    (
        "What did Macron say about Gaza?",
        None,
        {
            "and Scholz?": "What did Scholz say about Gaza?",
            "what about Ukraine?": "What did Macron say about Ukraine?",
            "when?": "When did Macron say something about Gaza?",
            "what did he say about Iran?": "What did Macron say about Iran?",
        },
    ),
    (
        "Did the Senate approve the budget?",
        "no",
        {
            "why not?": "Why did the Senate not approve the budget?",
            "what is in it?": "What is in the budget?",
            "how did they vote?": "How did the Senate vote when the Senate approved the budget?",
        },
    ),
    (
        "Was anyone hurt when rockets hit the American embassy in Baghdad?",
        None,
        {
            "who?": "Who was hurt when rockets hit the American embassy in Baghdad?",
            "how many?": "How many were hurt when rockets hit the American embassy in Baghdad?",
            "What did the army say?": "What did the army say when rockets hit the American embassy in Baghdad?",
        },
    ),
    (
        "When was it that rockets hit the American embassy in Baghdad?",
        "Sunday",
        {"why?": "Why was it that rockets hit the American embassy in Baghdad?"},
    ),
    (
        "A new tram line opened this week. Which city did it open in?",
        "Lindholm",
        {"when?": "When (A new tram line opened this week. Which city did it open in)?"},
    ),
]
CASES = [
    pytest.param(last, answer, question, meant, id=f"{last[:30]} {question}")
    for last, answer, follow_ups in CONVERSATIONS
    for question, meant in follow_ups.items()
]


@pytest.mark.parametrize(("last", "answer", "question", "meant"), CASES)
def test_a_follow_up_question_takes_what_it_lacks_from_the_last_turn(
    last: str, answer: str | None, question: str, meant: str
) -> None:
    """The pronoun, the event, the place or all but the question word."""
    assert by_rules(question, [Turn(last, answer)]) == meant


def test_there_are_enough_of_them() -> None:
    """Rules are held by many cases, not by the few they were made for."""
    assert len(CASES) > 70


def test_who_he_is_may_stand_in_an_earlier_turn() -> None:
    """The last turn names nobody, the one before does."""
    history = [Turn("Who is the mayor of Lindholm?", "Ines Calder"), Turn("How long will the bridge repair take?")]
    assert by_rules("how old is she?", history) == "How old is Ines Calder?"


def test_a_conversation_goes_on_and_on() -> None:
    """Each question as it was understood is the next one's ground, and the subject stays."""
    turns = [Turn("How many rockets hit the American embassy in Baghdad?", "Three")]
    for question in ("when was that?", "and why?", "was anyone hurt?", "who?", "and who did they blame?"):
        meant = by_rules(question, turns)
        assert meant is not None
        assert "rockets hit the American embassy in Baghdad" in meant
        turns.append(Turn(meant))


def test_without_a_last_turn_there_is_nothing_to_take() -> None:
    """The first question of a conversation stays as it is, whatever it is."""
    assert by_rules("and who did they blame?", []) is None


@pytest.mark.parametrize(
    "last", ["", "?", "why", "Who?", "the the the", 'Who is (or was) [1] "it"?', "А когда?", "🚀" * 99]
)
@pytest.mark.parametrize(
    "question", ["who?", "and in Basra?", "what did they say?", "is that true?", "more", "his?", "it"]
)
def test_an_odd_turn_is_no_error(last: str, question: str) -> None:
    """Nor does anything come of it that is not on one line."""
    meant = by_rules(question, [Turn(last, last)])
    assert meant is None or "\n" not in meant
