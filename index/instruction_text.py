"""Sentences that give orders to whoever reads, or to the model, instead of telling news.

An article's words are data: such a sentence may be quoted, but answers nothing by itself. These patterns are a second
line behind the checks of what is written; they need not know every order, and must not take news for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from index.question_words import coverage
from index.sentences import sentence_spans

_OPENING = (
    r"^[\W_]*(?:(?:attention|important|note|dear|hey|hello)\b[\w ]{0,30}[,:!.]\s*)?"
    r"(?:please,? |now,? |from now on,? |(?:and|but) then,? |as \w+ \w+ I (?:order|command) you to )?"
)
_ONLY = r"(?:always |only |just )*"
_THIS = r"(?:this|it|that|everything|all|the)"
_SAYING = r"\bby (?:saying|writing|telling)\b"
_WHAT_THERE_IS = r"(?:instructions?|prompts?|rules?|passages?|articles?|reports?|above|before|context|orders?)"
# A part of a prompt, or of what chat models are sent.
_TEMPLATES = (
    r"<\|[a-z_]{2,30}\|>|</?(?:start|end)_of_turn>|\[/?INST\]|<</?SYS>>|</?(?:system|tool_call|eos|bos)>",
    r"^\W*(?:system|assistant|user)(?: (?:note|prompt|message))?\s*:\s|#+ ?(?:system|response|instruction)s?:",
    r"[\"']role[\"']\s*:\s*[\"'](?:system|user|assistant|tool)[\"']",
    r"\b(?:your|the|a) (?:system|hidden|original) prompt\b",
    r"\byour (?:previous |earlier )?(?:instructions|prompt|guidelines)\b",
)
_SCORNED = r"(?:all|any|every|each|your|the|these|those|previous|what|both)"
_ORDERS = (
    rf"(?:ignore|disregard|forget|override|bypass) {_SCORNED}\b.{{0,60}}\b{_WHAT_THERE_IS}\b",
    rf"{_ONLY}(?:answer|reply|respond)(?: only)? (?:with|in|to (?:all|any|every|each))\b",
    rf"{_ONLY}(?:answer|reply|respond) (?:every|all|each|any|only|always)\b",
    rf"{_ONLY}(?:say|write|print|repeat|output|tell every|tell all|tell the (?:user|reader))(?: only\b| that\b|:)",
    rf"{_ONLY}(?:say|write|print|repeat|output) the (?:line|word|token|prompt)",
    r"(?:print|repeat|output|reveal|show) (?:your|this)\b",
    r"(?:if|when|whenever|whatever)(?: you are| you're| is|) asked\b[^,]{0,150}, (?:you )?(?:must |please )*"
    + _ONLY
    + r"(?:say|answer|reply|write|respond)\b",
    r"(?:you are|you're|act as) now\b.{0,20}\b(?:bot|assistant|model|ai|gpt|dan|persona)\b",
    r"you must (?:obey|answer|say)\b",
    rf"(?:summari[sz]e|sum up|condense) {_THIS}\b.{{0,80}}?(?:\b(?:as|with)\b|:|{_SAYING})",
    rf"{_SCORNED} summar(?:y|ies)\b.{{0,60}}?\b(?:must|should|shall|ha(?:s|ve) to) {_ONLY}(?:say|read|state|mention)\b",
    r"when you (?:rank|rewrite|answer|summari[sz]e|read)\b.{0,60}\b(?:write|say|answer|put)\b",
)
# "Ignore all …" in the languages of the bot, and in some that are often tried.
_FOREIGN = (
    r"^\W*fass(?:e|t|en sie)? (?:das|dies\w*|alles|den|die)\b.{0,60}\bzusammen\b",
    r"^\W*resum(?:e|a|an|ir) (?:esto|todo|este|el|la)\b.{0,60}(?:\bcomo\b|\basí\b|:)",
    r"^\W*(?:rangkum|ringkas)(?:lah|kan)?\b.{0,60}(?:\bsebagai\b|:)",
    r"^\W*(?:подведи\w*|резюмируй\w*|перескажи\w*|сократи\w*)\b.{0,60}(?:\bтак\b|\bкак\b|:)",
    r"^\W*لخ[ّ]?ص\w*(?!\w)",
    r"^\W*ignorier\w* (?:alle|die|sämtliche|jede)",
    r"^\W*ignor(?:a|e|ez|er|en|ar|are) (?:todas?|todos?|toutes?|tous|les|las|os|as|tutte|le)\b",
    r"^\W*abaikan (?:semua|segala|seluruh|perintah)",
    r"^\W*(?:игнорируй\w*|забудь\w* (?:все|всё|о)|تجاهل|忽略|无视|無視|무시)",
)
_ORDER = re.compile("|".join((*_TEMPLATES, *(_OPENING + order for order in _ORDERS), *_FOREIGN)), re.IGNORECASE)
_REPEATS = 0.8  # of the question's weighted words


def is_order(sentence: str) -> bool:
    """Whether a sentence is an order to the one who reads, or looks like a part of a prompt."""
    return bool(_ORDER.search(sentence))


def repeats_question(sentence: str, weights: Mapping[str, float]) -> bool:
    """Whether a sentence asks what was asked, and so tells nothing; `weights` are those of the question's stems."""
    return sentence.rstrip(" \"”’'").endswith("?") and coverage(sentence, weights) >= _REPEATS


def telling_text(text: str, weights: Mapping[str, float]) -> str:
    """A passage without its orders, and without sentences that only repeat the question."""
    spans = [(span.start, span.end) for span in sentence_spans(text)]
    return " ".join(_telling((text[start:end] for start, end in spans), weights))


def _telling(sentences: Iterable[str], weights: Mapping[str, float]) -> Iterable[str]:
    return (sentence for sentence in sentences if not is_order(sentence) and not repeats_question(sentence, weights))
