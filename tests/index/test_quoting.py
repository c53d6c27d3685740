"""Answers made of the articles' own sentences."""

from __future__ import annotations

from index.candidates import Candidate, Reading
from index.checking import is_verbatim
from index.evidence_sentences import Sentence
from index.question_types import AnswerType, answer_type
from index.quoting import declined_answer, quoted_answer, read_answer, with_disagreement, with_nearest
from index.reading import ReadingResult
from index.types import Answer, Article, Conflict, ConflictKind, Related, Status
from tests.index.builders import make_citation, make_sentence
from tests.index.reports import report


def candidate(answer: str, *sentences: Sentence, weight: float = 0.9) -> Candidate:
    readings = [
        Reading(answer, s, s.text.index(answer), s.text.index(answer) + len(answer), 0.9, s.score) for s in sentences
    ]
    return Candidate(answer.casefold(), readings, weight=weight)


def result(*candidates: Candidate) -> ReadingResult:
    return ReadingResult(candidates, len(candidates), 5, 3.0)


THREE = make_sentence("Three rockets fell.", article_id="a1")
TWO = make_sentence("Two rockets fell.", article_id="a2", score=0.9)


def test_the_winner_is_the_short_answer_and_its_sentence_the_first_quote() -> None:
    """The reader sees the value and the sentence it stands in."""
    answer = read_answer("How many?", AnswerType.COUNT, result(candidate("Three", THREE)), [THREE])
    assert answer is not None
    assert (answer.status, answer.short_answer, answer.conflicts) == (Status.ANSWERED, "Three", ())
    assert [c.quote for c in answer.citations] == ["Three rockets fell."]
    assert answer.timings.first_token_ms == 3.0


def read(question: str, *candidates: Candidate) -> Answer:
    """The answer from these candidates and their sentences."""
    sentences = [reading.sentence for candidate in candidates for reading in candidate.readings]
    answer = read_answer(question, answer_type(question), result(*candidates), sentences)
    assert answer is not None
    return answer


DIED = "How many people died in the bus crash?"
NINE = report("Nine people died in the bus crash near Split.", day=3)
TWELVE = report("At least twelve people died in the bus crash near Split.", day=5, source="BBC")


def test_a_report_of_the_same_day_is_a_contradiction() -> None:
    """The short answer stays the best-supported value, the other has its own quote, source and date."""
    ten = report("Ten people died in the bus crash near Split.", day=3, source="BBC")
    answer = read(DIED, candidate("Nine", NINE), candidate("Ten", ten))
    assert answer.short_answer == "Nine"
    assert answer.conflicts == (Conflict("Ten", 2, ConflictKind.CONTRADICTION, "BBC", ten.evidence.published_at),)
    assert [(c.n, c.answer_words, c.source) for c in answer.citations] == [(1, "Nine", "Reuters"), (2, "Ten", "BBC")]


def test_a_newer_value_becomes_the_short_answer() -> None:
    """Its sentence is the first quote, and the older value is told as such."""
    answer = read(DIED, candidate("Nine", NINE), candidate("twelve", TWELVE))
    assert answer.short_answer == "At least twelve"
    assert answer.conflicts == (Conflict("Nine", 2, ConflictKind.UPDATE, "Reuters", NINE.evidence.published_at),)
    assert [c.answer_words for c in answer.citations] == ["At least twelve", "Nine"]


def test_an_older_value_is_told_beside_the_newest() -> None:
    """When the newest one is read, it stays as it was read."""
    answer = read(DIED, candidate("twelve", TWELVE), candidate("Nine", NINE))
    assert answer.short_answer == "twelve"
    assert [(conflict.value, conflict.kind.value) for conflict in answer.conflicts] == [("Nine", "update")]


def test_a_headline_is_set_against_the_phrase_of_its_text() -> None:
    """The quote's marked words tell what is counted."""
    hurt = report("The attack resulted in one minor injury victim.", title="Embassy Hit, No Casualties")
    answer = read("How many people were injured?", candidate("one", hurt))
    assert (answer.short_answer, answer.citations[0].answer_words) == ("one", "one minor injury victim")
    assert answer.conflicts == (
        Conflict("No Casualties", 1, ConflictKind.CONTRADICTION, "Reuters", hurt.evidence.published_at, in_title=True),
    )


def test_what_is_no_conflict() -> None:
    """Names are not compared, nor is a value that the question does not ask for."""
    anna, marta = report("Anna Berg won the race."), report("Marta Dahl won the race.", source="BBC")
    assert read("Who won the race?", candidate("Anna Berg", anna), candidate("Marta Dahl", marta)).conflicts == ()
    hurt = report("40 people were injured in the bus crash near Split.", day=5, source="BBC")
    assert read(DIED, candidate("Nine", NINE), candidate("40", hurt)).conflicts == ()


def test_no_candidate_is_no_answer() -> None:
    """The question is left to quotes."""
    assert read_answer("How many?", AnswerType.COUNT, result(), [THREE]) is None


def test_a_question_for_several_gets_all_of_them() -> None:
    """Names from two articles, each with its own quote."""
    one, other = (
        report("Norway signed the treaty.", title="Treaty"),
        report("Iceland signed the treaty.", title="Treaty", day=5),
    )
    answer = read("Which countries signed the treaty?", candidate("Norway", one), candidate("Iceland", other))
    assert answer.short_answer == "Norway and Iceland"
    assert [(c.quote, c.answer_words) for c in answer.citations] == [
        ("Norway signed the treaty.", "Norway"),
        ("Iceland signed the treaty.", "Iceland"),
    ]


def test_a_change_is_told_in_order_of_time() -> None:
    """With or without a reader."""
    question = "How did the death toll of the bus crash change?"
    for answer in (
        read(question, candidate("Nine", NINE), candidate("twelve", TWELVE)),
        quoted_answer(question, [TWELVE, NINE]),
    ):
        assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Nine (3 May) → At least twelve (5 May)")
        assert [c.answer_words for c in answer.citations] == ["Nine", "At least twelve"]


def test_an_answer_has_at_most_three_different_quotes() -> None:
    """Sentences near the best fill up, copies of a quote don't."""
    others = [make_sentence(f"Rocket {n} fell.", article_id=f"b{n}", score=0.9) for n in range(4)]
    copy = make_sentence("Three rockets fell.", article_id="a9")
    weak = make_sentence("The river is long.", article_id="c", score=0.5)
    answer = read_answer(
        "How many?", AnswerType.COUNT, result(candidate("Three", THREE, copy)), [THREE, copy, weak, *others]
    )
    assert answer is not None
    assert [c.quote for c in answer.citations] == ["Three rockets fell.", "Rocket 0 fell.", "Rocket 1 fell."]


def test_quotes_alone_are_the_best_sentences() -> None:
    """Without a short answer the best sentence is quoted, and those close to it."""
    answer = quoted_answer("What?", [THREE, TWO, make_sentence("Far off.", score=0.2, article_id="a3")])
    assert (answer.status, answer.short_answer) == (Status.QUOTED, None)
    assert [c.quote for c in answer.citations] == ["Three rockets fell.", "Two rockets fell."]


def test_a_plain_value_is_marked_in_a_quote() -> None:
    """One number of the asked kind answers; of two it is not clear which, and other questions have none."""
    two = make_sentence("Two rockets fell, then five rockets fell.", article_id="a2")
    answer = quoted_answer("How many rockets fell?", [THREE, two])
    assert [c.answer_words for c in answer.citations] == ["Three", None]
    assert [c.answer_span for c in quoted_answer("What fell?", [THREE]).citations] == [None]
    dated = make_sentence("Three rockets fell on 26 January 2020.")
    assert [c.answer_words for c in quoted_answer("When did it happen?", [dated]).citations] == ["26 January 2020"]


def test_a_sentence_that_counts_what_was_asked_is_quoted_first() -> None:
    """Though another one has more words in common with the question."""
    loose = make_sentence("The rockets, the attack and its victims were the talk of the town.", article_id="a2")
    hurt = make_sentence("One person was slightly hurt.", score=0.6, overlap=0.7, article_id="a3")
    assert [c.quote for c in quoted_answer("Was anyone hurt in the attack?", [loose, hurt]).citations] == [
        hurt.text,
        loose.text,
    ]


def test_quotes_tell_what_they_contradict() -> None:
    """Without a model, too, a headline stands against its text, and reports against each other."""
    hurt = report("The attack resulted in one minor injury victim.", title="Embassy Hit, No Casualties")
    answer = quoted_answer("Were there any casualties?", [hurt])
    assert (answer.status, answer.citations[0].answer_words) == (Status.QUOTED, "one minor injury victim")
    assert [(c.value, c.n, c.in_title) for c in answer.conflicts] == [("No Casualties", 1, True)]
    answer = quoted_answer(DIED, [NINE, TWELVE])
    assert [c.answer_words for c in answer.citations] == ["At least twelve", "Nine"]
    assert [(c.value, c.n) for c in answer.conflicts] == [("Nine", 2)]


def test_every_quote_is_verbatim_and_its_marked_words_lie_in_it() -> None:
    """Also where the sentence is one of a longer passage."""
    text = "Smoke rose. Nine people died in the bus crash near Split. Rescuers came."
    inside = report("Nine people died in the bus crash near Split.", passage=text)
    answer = read(DIED, candidate("Nine", inside), candidate("twelve", TWELVE))
    (citation,) = (c for c in answer.citations if c.article_id == inside.evidence.article_id)
    assert is_verbatim(citation, Article("T", text, id=citation.article_id))
    assert citation.answer_words == "Nine"


def written(*sentences: tuple[str, tuple[int, ...]]) -> Answer:
    citation = make_citation("Nine people died in the bus crash near Split.", article_id=NINE.evidence.article_id)
    return Answer(DIED, Status.ANSWERED, sentences[0][0], sentences, (citation,))


def test_a_written_answer_gets_what_others_say() -> None:
    """When sentences state its value, and another one."""
    answer = with_disagreement(written(("Nine people died.", (1,))), AnswerType.COUNT, [NINE, TWELVE])
    assert [(c.value, c.n, c.kind.value) for c in answer.conflicts] == [("At least twelve", 2, "update")]
    assert [c.n for c in answer.citations] == [1, 2]
    assert answer.short_answer == "Nine people died."


def test_a_written_answer_that_tells_itself_stays_as_it_is() -> None:
    """Nor is anything added when no sentence states its value."""
    both = written(("Nine people died.", (1,)), ("Another report says twelve people died.", (1,)))
    assert with_disagreement(both, AnswerType.COUNT, [NINE, TWELVE]).conflicts == ()
    none = written(("Many people died.", (1,)))
    assert with_disagreement(none, AnswerType.COUNT, [NINE, TWELVE]) is none


def test_declining_quotes_nothing() -> None:
    """A plain no has neither an answer nor citations; it may name what there is on the subject."""
    answer = declined_answer("What?")
    assert (answer.status, answer.short_answer, answer.citations, answer.related) == (Status.DECLINED, None, (), ())
    related = Related("a1", "Rockets hit embassy")
    assert declined_answer("What?", [related]).related == (related,)


def test_the_sentence_that_holds_the_question_is_quoted_beside_an_answer_from_elsewhere() -> None:
    """When the answer's own sentence shares little with the question, the one that shares all stands beside it."""
    far = make_sentence("The embassy was hit.", score=2.0, overlap=0.1)
    near = make_sentence("“We will capture who is responsible,” said Mahdi.", score=1.0, overlap=1.0)
    answer = read_answer(
        "Who will capture those responsible?", AnswerType.PERSON, result(candidate("embassy", far)), [far, near]
    )
    assert answer is not None
    assert [citation.quote for citation in answer.citations] == [far.text, near.text]


def test_a_written_answer_cannot_hide_the_nearest_report() -> None:
    """The one nearest to the question is quoted besides, unless its article is cited or the cited one is nearer."""
    weights = {"rocket": 1.0, "fell": 1.0}
    other = make_citation("Rockets fell, it says.", article_id="a9")
    answer = Answer("?", Status.ANSWERED, short_answer="Ten.", sentences=(("Ten.", (1,)),), citations=(other,))
    told = with_nearest(answer, [THREE, TWO], weights)
    assert [(c.n, c.quote) for c in told.citations] == [(1, other.quote), (2, THREE.text)]
    assert told.sentences == answer.sentences
    assert with_nearest(answer, [make_sentence("Rain.", article_id="a9"), TWO], weights) == answer
    assert with_nearest(answer, [make_sentence("Rain.", overlap=0.5)], weights) == answer
    assert with_nearest(answer, [], weights) == answer
