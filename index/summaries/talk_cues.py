"""The words by which a chat proposes, agrees, refuses, settles, asks and corrects, in the six languages of the bot.

A table is of regular expressions, alternatives on a line and lines alike; English comes first.
"""

from __future__ import annotations

import re

_PROPOSING = r"""
    let[’']?s\b(?! see\b)|let us\b|shall we\b|how about\b|what about (?:we|meeting)\b|i (?:suggest|propose)\b
    proposal\b|suggestion\b|i[’']d say we\b|we (?:should|could)\b|why don[’']?t we\b
    i[’']?(?:ll| will)? (?:take|bring)\b|ok\?
    ayo\b|yuk\b|gimana kalau\b|bagaimana kalau\b|usul(?:an)?\b|sebaiknya kita\b|mari kita\b
    kita .{2,60} (?:ya|yuk)\b
    давай(?:те)?\b|предлага\w+|может,? (?:нам|встретимся|возьм[её]м)\b|как насч[её]т\b
    нам (?:надо|нужно|стоит)\b
    vamos a\b|propongo\b|propuesta\b|sugiero\b|qué tal si\b|por qué no\b|quedamos\b|deberíamos\b|podríamos\b
    lass(?:t)? uns\b|wie wär[’']?e?s?\b|ich schlage\b.*\bvor\b|vorschlag\b|wollen wir\b
    wir (?:sollten|könnten)\b|treffen wir\b
    دعونا\b|دعنا\b|هيا\b|أقترح\b|اقتراح\b|اقترح\b|ما رأيكم\b|ما رأيك\b|يجب أن ن\w+|خلينا\b|لنلتق\w*
"""
_SETTLING = r"""
    (?:it[’']?s |is )?(?:decided|settled)\b|we (?:have )?(?:decided|agreed)\b|decision\b
    final (?:plan|answer|date)\b|(?:so|ok|then) (?:it[’']?s|it is)\b|that[’']?s (?:a )?(?:deal|settled|agreed)\b
    ok,? agreed\b|(?:ok|okay),? i(?:[’']ll)? take\b|then .{2,60} it is\b|voted (?:for|to)\b
    (?:sudah )?(?:diputuskan|disepakati)\b|keputusan(?:nya)?\b|jadi,? (?:kita|fix)\b|fix(?:ed)?,? kita\b
    sepakat,? kita\b
    решили\b|решено\b|договорились\b|итак,? (?:мы|встречаемся|едем|бер[её]м)\b|окончательно\b
    (?:queda )?(?:decidido|acordado)\b|hemos (?:decidido|acordado|quedado)\b|decisión\b|entonces quedamos\b
    (?:ist )?(?:beschlossen|entschieden|abgemacht)\b|wir haben (?:beschlossen|entschieden)\b|also dann\b
    bleibt es bei\b
    (?:تقرر|قررنا|اتفقنا|القرار|تم الاتفاق)\b
"""
_AGREEING = r"""
    agreed?\b|i agree\b|ok(?:ay)?\b|yes\b|yep\b|yeah\b|sure\b|fine\b|deal\b|perfect\b|sounds good\b
    works? for me\b|me too\b|great(?: idea)?\b|good (?:idea|choice|plan)\b|done\b|i[’']?m in\b|count me in\b
    and me\b|of course\b|let[’']?s do (?:it|that)\b|noted\b
    setuju\b|sepakat\b|oke?\b|siap\b|iya?\b|ya\b|boleh\b|cocok\b|mantap\b|ikut\b|bagus\b
    соглас\w+|договорились\b|да\b|ок(?:ей)?\b|хорошо\b|ладно\b|отлично\b|давай(?:те)?\b|конечно\b|я за\b
    годится\b|принято\b
    de acuerdo\b|vale\b|s[ií]\b|ok\b|perfecto\b|hecho\b|claro\b|me parece bien\b|bien\b|genial\b|me apunto\b
    einverstanden\b|abgemacht\b|ja\b|ok(?:ay)?\b|gut\b|passt\b|klar\b|gerne?\b|perfekt\b|super\b|bin dabei\b
    machen wir\b
    (?:موافق\w*|اتفقنا|نعم|حسنا|حسنًا|تمام|طيب|أوافق|ممتاز|أكيد|اوك)(?!\w)
"""
_REFUSING = r"""
    no(?:pe)?\b(?! (?:problem|idea))|not? (?:good|ok|possible|sure)\b
    i (?:can[’']?t|cannot|don[’']?t (?:agree|like|want))\b|bad idea\b|rather not\b|disagree\b|dream on\b
    tidak\b|nggak\b|gak\b|jangan\b|enggak\b
    нет\b|не (?:могу|хочу|соглас\w+|надо|стоит)\b|против\b
    no\b|tampoco\b|mejor no\b|imposible\b
    nein\b|lieber nicht\b|geht nicht\b|dagegen\b|auf keinen fall\b
    (?:لا|كلا|مستحيل|لن)(?!\w)
"""
_ASKING = r"""
    who|whom|whose|what|which|when|where|why|how|does|do|did|is|are|was|were|can|could|will|would|should|has
    have|any(?:one|body)
    siapa|apa(?:kah)?|kapan|di ?mana|ke ?mana|mengapa|kenapa|bagaimana|gimana|berapa|ada yang|bisakah
    кто|что|где|когда|куда|почему|зачем|как(?:ой|ая|ие)?|сколько|чей
    quién(?:es)?|qué|cuándo|dónde|adónde|por qué|cómo|cuánt[oa]s?|cuál(?:es)?
    wer|wen|wem|was|wann|wo|wohin|warum|wieso|wie|welche[rsn]?|hat jemand|kann jemand|gibt es
    من|ماذا|ما|متى|أين|لماذا|كيف|كم|هل|أي
"""
_CORRECTING = r"""
    correction\b|i (?:meant|was wrong)\b|i mean\b|typo\b|sorry,? (?:it[’']?s|i meant|not)\b
    actually,? (?:it[’']?s|it is|no)\b
    koreksi\b|ralat\b|maksud(?:ku| saya)\b|salah ketik\b
    поправка\b|исправл\w+|я имел\w* в виду\b|опечатка\b|точнее\b
    corrección\b|corrijo\b|quise decir\b|quería decir\b|errata\b|perdón,? (?:es|son)\b
    korrektur\b|ich meinte?\b|tippfehler\b|berichtigung\b|sorry,? (?:es ist|nicht)\b
    (?:تصحيح|أقصد|قصدت|عفوا)(?!\w)
"""
_FOUND_OUT = r"""
    never ?mind\b|found (?:it|out)\b|solved\b|got it\b|ah,? (?:ok|thanks|i see)\b|forget it\b
    sudah (?:ketemu|ketahuan|beres)\b|gak jadi\b|lupakan\b
    наш[её]л\b|нашла\b|уже не надо\b|понял\w*\b|неважно\b|разобрал\w*
    ya (?:lo encontré|está)\b|olvídalo\b|no importa\b|resuelto\b
    gefunden\b|hat sich erledigt\b|schon gut\b|egal\b|vergiss es\b
    (?:وجدته|لا يهم|حُلّت|فهمت)(?!\w)
"""
_UNSURE = r"""
    no idea\b|(?:i )?don[’']?t know\b|not sure\b|dunno\b|who knows\b|good question\b|same question\b
    me neither\b|i wonder too\b
    (?:tidak|gak|nggak) tahu\b|entahlah\b|kurang tahu\b
    не знаю\b|без понятия\b|хороший вопрос\b|тоже интересно\b
    no (?:lo )?sé\b|ni idea\b|buena pregunta\b
    (?:weiß|weiss) (?:ich )?nicht\b|keine ahnung\b|gute frage\b
    (?:لا أعرف|لا أدري|لا أعلم|سؤال جيد)(?!\w)
"""
# Orders to whoever sums the talk up. They gain nothing by it; what they say is what that person said.
_STEERING = r"""
    (?:please,? )?(?:ignore|disregard|forget) (?:all|any|every|the) .{0,30}\b(?:messages?|above|chat|before)\b
    summari[sz]e (?:this|it|everything|the chat) as\b
    (?:put|write|say|mention|include) (?:it |this |that )?in (?:the|your) summary\b
    (?:in|for) (?:the|your) summary[,:]? (?:write|say|put)\b
    abaikan (?:semua|seluruh) .{0,30}\bpesan\b|(?:tulis|masukkan) .{0,30}\b(?:rangkuman|ringkasan)\b
    rangkum(?:lah)? (?:ini )?sebagai\b
    (?:игнорируй|забудь)\w* (?:все|всё|предыдущие)\b|(?:напиши|укажи|добавь)\w* в (?:резюме|сводк[еу]|итог\w*)\b
    подведи\w* итог так\b
    ignora\w* (?:todos?|los) .{0,30}\bmensajes\b|(?:pon|escribe|incluye)\w* en el resumen\b
    resume (?:esto|todo) (?:como|así)\b
    ignorier\w* (?:alle|die) .{0,30}\bnachrichten\b|(?:schreib|setz|nimm)\w* .{0,30}\bzusammenfassung\b
    fasse? (?:das|dies|alles) so zusammen\b
    (?:تجاهل|انس) (?:كل|جميع)\b|(?:اكتب|ضع|أضف) .{0,30}(?:الملخص|التلخيص)|لخص (?:هذا|كل شيء)
"""
_SIGNS_OF_AGREEMENT = re.compile(r"^\W*(?:\+1|[👍👌✅🤝💯🙌👏])")
_QUESTION_MARK = re.compile(r"[?？؟]")
_TAG = re.compile(r",?\s*(?:right|ok|no|oder|ne|ya|kan|verdad|да|правда)\s*[?？؟]\W*$", re.IGNORECASE)


def _alternatives(table: str) -> str:
    return "|".join(line.strip() for line in table.strip().splitlines())


def _anywhere(table: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(table)})", re.IGNORECASE)


def _at_the_start(table: str, behind: str = "") -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:(?:and|so|but|ok|oh|und|y|и|dan|و),?\s+)?(?:{_alternatives(table)}){behind}", re.IGNORECASE
    )


_PROPOSES, _SETTLES, _REFUSES = _anywhere(_PROPOSING), _anywhere(_SETTLING), _at_the_start(_REFUSING)
_AGREES, _ASKS = _at_the_start(_AGREEING), _at_the_start(_ASKING, r"(?!\w)")
_STEERS = _anywhere(_STEERING)
_CORRECTS, _FINDS, _UNSURES = _at_the_start(_CORRECTING), _at_the_start(_FOUND_OUT), _anywhere(_UNSURE)


def proposes(text: str) -> bool:
    """Whether a message proposes something: "let's meet on Friday"."""
    return bool(_PROPOSES.search(text))


def settles(text: str) -> bool:
    """Whether a message says by itself that something is decided: "Decided: we take the blue ones"."""
    return bool(_SETTLES.search(text)) and not is_question(text)


def agrees(text: str) -> bool:
    """Whether a message begins with assent, in words or with a sign."""
    return bool(_SIGNS_OF_AGREEMENT.match(text) or _AGREES.match(text)) and not refuses(text)


def refuses(text: str) -> bool:
    """Whether a message begins with a no."""
    return bool(_REFUSES.match(text))


def is_question(text: str) -> bool:
    """Whether a message asks: by its mark, which may stand in the middle; a tag such as ", right?" alone does not."""
    return bool(_QUESTION_MARK.search(_TAG.sub("", text)))


def asks_by_word(text: str) -> bool:
    """Whether a sentence begins with a word that asks."""
    return bool(_ASKS.match(text))


def corrects(text: str) -> bool:
    """Whether a message takes back what its author said."""
    return bool(_CORRECTS.match(text))


def has_found_out(text: str) -> bool:
    """Whether somebody who asked says that it is settled."""
    return bool(_FINDS.match(text))


def knows_nothing(text: str) -> bool:
    """Whether a reply says that its author cannot tell either."""
    return bool(_UNSURES.search(text))


def steers(text: str) -> bool:
    """Whether a message gives orders to whoever sums the talk up."""
    return bool(_STEERS.search(text))
