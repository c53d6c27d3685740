"""A question in another language than its articles is answered in its own, and checked as strictly."""

from __future__ import annotations

import pytest

from index.answering import Answering
from index.checking import is_verbatim
from index.ingest import ingest
from index.providers.fakes import FakeChatModel
from index.retrieval import Retriever
from index.types import PUBLIC, Answer, Article, Status
from index.writing import written_sentences
from tests.index.builders import FERRY, ROCKETS
from tests.index.providers import model_server
from tests.index.providers.conftest import QUICK
from tests.index.providers.model_server import serving
from tests.index.providers.wires import KEY, OPENAI

QUESTION = "Wie viele Raketen trafen am Sonntag die Botschaft in Baghdad, Iraq?"
TRUE = (
    "Drei Raketen trafen am Sonntagabend die amerikanische Botschaft in Bagdad [1].",
    "Im Irak sind etwa 5.200 amerikanische Soldaten stationiert [1].",
)
FALSE = (
    "Vier Raketen trafen die Botschaft in Bagdad [1].",
    "In Bagdad wurden zwölf Menschen verletzt [1].",
    "Die Hisbollah feuerte drei Raketen auf Bagdad ab [1].",
    "Am Montag trafen drei Raketen die Botschaft in Bagdad [1].",
    "Drei Raketen trafen die Botschaft in Teheran [1].",
)


@pytest.fixture
def filled(retriever: Retriever) -> Retriever:
    list(ingest([ROCKETS, FERRY], "public", retriever.catalog, retriever.store, retriever.embedder))
    return retriever


def bare(*sentences: str) -> list[str]:
    return [sentence.replace(" [1]", "") for sentence in sentences]


def quotes(answer: Answer, article: Article = ROCKETS) -> list[str]:
    """The quotes, each of which is the article's own text."""
    assert all(is_verbatim(citation, article) for citation in answer.citations)
    return [citation.quote for citation in answer.citations]


async def test_an_answer_in_the_questions_language(filled: Retriever) -> None:
    """German sentences stay with their numbers and names, over the English sentences that say so; inventions go."""
    model = FakeChatModel([" ".join([FALSE[0], TRUE[0], *FALSE[1:], TRUE[1]])])
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
    assert answer.status is Status.ANSWERED
    assert [sentence for sentence, _ in answer.sentences] == bare(*TRUE)
    assert answer.short_answer == bare(TRUE[0])[0]
    first, second = quotes(answer)
    assert first.startswith("Three rockets hit the American embassy in Baghdad")
    assert second.startswith("About 5,200 American troops")
    assert answer.conflicts == ()


async def test_inventions_alone_become_quotes(filled: Retriever) -> None:
    """When nothing of a German reply is so, there is no German answer."""
    answer = await Answering(filled, FakeChatModel([" ".join(FALSE)])).answer(QUESTION, PUBLIC)
    assert answer.status in {Status.QUOTED, Status.DECLINED}
    assert answer.short_answer is None
    assert answer.sentences == ()


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("Three rockets hit Baghdad on Sunday [1].", ["Three rockets hit Baghdad on Sunday."]),
        ("Tres cohetes alcanzaron el domingo la embajada en Bagdad [1].",
         ["Tres cohetes alcanzaron el domingo la embajada en Bagdad."]),
        ("Trois roquettes ont touché dimanche l'ambassade à Baghdad [1].", []),
        ("三枚火箭击中了 Baghdad 的大使馆 [1]。", []),
        ("Drei Raketen trafen am Sonntag Bagdad [1]. Ten people died [1]. Three rockets hit Baghdad [1].",
         ["Drei Raketen trafen am Sonntag Bagdad.", "Three rockets hit Baghdad."]),
    ],
)  # fmt: skip
async def test_a_writer_that_answers_in_the_wrong_language(filled: Retriever, reply: str, kept: list[str]) -> None:
    """Its sentences are checked in the language that they are in; those that cannot be make place for quotes."""
    answer = await Answering(filled, FakeChatModel([reply])).answer(QUESTION, PUBLIC)
    assert [sentence for sentence, _ in answer.sentences] == kept
    assert (answer.status is Status.ANSWERED) == bool(kept)
    assert answer.short_answer == (kept[0] if kept else None)


async def test_a_hosted_model_reads_the_rule_and_the_question(
    filled: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request over the protocol names the rule on the language, and the question word for word."""
    monkeypatch.setattr(model_server, "REPLY", [TRUE[0][:20], TRUE[0][20:], f" {FALSE[0]}"])
    async with serving(OPENAI) as server:
        model = OPENAI.open(server.url, "ok", KEY, QUICK)
        answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
        await model.close()
    [seen] = server.seen
    sent = {message["role"]: message["content"] for message in seen.body["messages"]}
    assert "Answer in the language of the question" in " ".join(sent["system"].split())
    assert f"Question: {QUESTION}\n" in sent["user"]
    assert [sentence for sentence, _ in answer.sentences] == bare(TRUE[0])


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("Am 26. Januar 2020 fielen drei Raketen [1]. Der 3. Angriff folgte am 5. Mai, z. B. auf das Haus [2].",
         ["Am 26. Januar 2020 fielen drei Raketen [1].", "Der 3. Angriff folgte am 5. Mai, z. B. auf das Haus [2]."]),
        ("Los cohetes cayeron sobre la embajada de EE. UU. en Bagdad [1]. No hubo muertos en la ciudad [1].",
         ["Los cohetes cayeron sobre la embajada de EE. UU. en Bagdad [1].", "No hubo muertos en la ciudad [1]."]),
        ("Это было 26 января 2020 г. в Багдаде [1]. Погибли 5 тыс. человек [2].",
         ["Это было 26 января 2020 г. в Багдаде [1].", "Погибли 5 тыс. человек [2]."]),
    ],
)  # fmt: skip
def test_sentences_end_where_the_language_has_it(reply: str, sentences: list[str]) -> None:
    """Ordinals and abbreviations with a full stop end no sentence, so that none is torn apart and half of it shown."""
    assert written_sentences(reply) == sentences
