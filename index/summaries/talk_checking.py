"""Does a discussion say that? A written point against the messages it cites: numbers, dates, names, speakers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.checking import unsupported_claims
from index.summaries.talk_cues import agrees, is_question, proposes, settles, steers
from index.summaries.talk_text import authors_of, telling_stems
from index.summaries.types import ChatMessage, TalkKind
from index.types import Evidence

_FEWEST_SHARED = 2
# Who is said to speak stands before such a verb, or behind "according to".
_SAYS = (
    r"(?:said|says|asked|asks|told|tells|thinks?|thought|believes?|wrote|writes|reported|reports|noted|mentioned"
    r"|explained|suggested|suggests|proposed|proposes|agreed|agrees|offered|offers|wants|wanted|confirmed"
    r"|added|warned|promised"
    r"|kata|berkata|bertanya|setuju|mengusulkan|сказала?|говорит|спросила?|предложила?|согласен|согласна|считает"
    r"|dijo|dice|preguntó|propuso|propone|acordó|cree|sagte|sagt|fragte|fragt|schlug|schlägt|meint|findet)"
)
_EVERYBODY = re.compile(
    r"\b(?:everybody|everyone|all (?:of them|agree\w*|members)|the (?:whole )?group|they all|semua|все|todos|alle)\b"
    r"|الجميع",
    re.IGNORECASE,
)


def unsupported_in_talk(text: str, cited: Sequence[ChatMessage], speakers: Collection[str]) -> list[str]:
    """What of a written point the cited messages do not say; empty when they say it all.

    `speakers` are all people of the conversation. Who is said to have spoken must have written one of the cited
    messages, and a word for all of them takes two people at least.
    """
    missing = unsupported_claims(text, [_as_evidence(message) for message in cited])
    authors = set(authors_of(cited))
    missing += sorted(name for name in _said_to_speak(text, speakers) if name not in authors)
    if _EVERYBODY.search(text) and len(authors) < 2:  # noqa: PLR2004 – one person is not everybody
        missing.append("everybody")
    held = {stem for message in cited for stem in telling_stems(message.text)}
    own = set(telling_stems(text)) - {stem for name in speakers for stem in telling_stems(name)}
    if len(own & held) < min(_FEWEST_SHARED, len(held)):
        missing.append("its words")
    if any(steers(message.text) for message in cited):
        missing.append("an order")
    return missing


def kind_told(kind: TalkKind, cited: Sequence[ChatMessage]) -> TalkKind:
    """The kind of a written point, as its messages bear it out: what nobody proposed or settled is no decision."""
    texts = [message.text for message in cited]
    if kind is TalkKind.DECISION:
        agreed = any(proposes(text) for text in texts) and any(agrees(text) for text in texts)
        return kind if agreed or any(settles(text) for text in texts) else TalkKind.SAID
    if kind is TalkKind.QUESTION:
        return kind if any(is_question(text) for text in texts) else TalkKind.SAID
    return TalkKind.SAID


def _said_to_speak(text: str, speakers: Collection[str]) -> list[str]:
    """The people that a point begins with, or whom it lets speak."""
    found = []
    names = [re.escape(name) for name in sorted(speakers, key=len, reverse=True)]
    if not names:
        return []
    one = rf"(?:{'|'.join(names)})"
    row = re.compile(rf"{one}(?:(?:,? (?:and|dan|и|y|und|و) ?|, ){one})*")
    for match in row.finditer(text):
        opens = not text[: match.start()].strip()
        speaks = re.match(rf"[\s,]+(?:\w+ )?{_SAYS}\b", text[match.end() :], re.IGNORECASE)
        quoted = re.search(
            r"(?:according to|menurut|по словам|según|laut|حسب)\s+$", text[: match.start()], re.IGNORECASE
        )
        if opens or speaks or quoted:
            found += re.findall(one, match.group())
    return list(dict.fromkeys(found))


def _as_evidence(message: ChatMessage) -> Evidence:
    """A message as a passage: what its author's name and its day are is known with it."""
    return Evidence(
        article_id=str(message.message_id),
        chunk_id=str(message.message_id),
        version=1,
        title=message.author,
        text=message.text,
        start=0,
        end=len(message.text),
        score=1.0,
        published_at=message.at,
    )
