"""What publishers put around a text that they carry: datelines, bylines, agency credits, dates of change, promotions.

It differs between copies of one text and tells nothing of the story, so it is left out when texts are compared; what is
stored stays as it is. Each pattern takes whole sentences that are nothing else: "The report, published on Tuesday, …"
is news, "This story was first published on Tuesday" is none.
"""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_TIME = r"\d{1,2}(?::\d\d)?\ ?[ap]\.?m\.?(?:\ [A-Z]{2,4}\b)?"
_AGENCY = (
    r"(?:AP|Reuters|AFP|dpa|UPI|EFE|ANSA|Antara|ANTARA|Xinhua|KHN|CNN|ТАСС|РИА\ Новости|Интерфакс"
    r"|رويترز|أ\ ف\ ب|د\ ب\ أ|路透社?|美联社|法新社|新华社|共同|時事)"
)
_CAPITAL = r"[A-ZÀ-ÞА-ЯЁ]"

# "WASHINGTON (AP) —", "LONDON, May 5 (Reuters) -", "МОСКВА, 5 мая. /ТАСС/.", "New York CNN —", "PARAMOUNT, Calif. – ",
# "新华社北京5月5日电（记者李明）", "【東京共同】".
_DATELINE = re.compile(
    rf"""\s*(?:
        [^\n!?]{{0,60}}?[(/（]{_AGENCY}[^)/）\n]{{0,20}}[)/）]\.?(?:\s*[-–—−]+|\s|(?<=）))
      | [^\n!?]{{0,40}}?\b{_AGENCY}(?:\ (?:Business|Politics))?\s*[-–—−]+
      | {_CAPITAL}[^\n!?;:]{{1,50}}\ [-–—−]{{1,2}}\ (?=["“'‘«]?{_CAPITAL})
      | (?:新华社|中新社|中新网)[^\n。]{{0,16}}?[电電](?:\ ?[（(][^\n）)]{{0,30}}[）)])?
      | 【[^】\n]{{0,20}}】
    )\s*""",
    re.VERBOSE,
)
_STAMP = re.compile(
    rf"(?:(?:updated|published|posted|last\ updated|first\ published)?:?\s*{_MONTH}\ \d{{1,2}},\ \d{{4}},?"
    rf"(?:\s*(?:at\s)?\s*{_TIME})?\s*)+",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"""
      by\ [A-Z][\w.'’-]+(?:[ ,|]+[\w.'’|-]+){1,9}(?<!\.)$
    | (?:written|reported|compiled)\ by\ .{0,60}$
    | (?:editor(?:['’]?s)?\ note|correction|clarification|note)\ ?:
    | (?:contribut(?:ing|ors?)|(?:additional\ )?reporting|edit(?:ing|ed))(?:\ by\b|:)
    | [(\[](?:(?:additional\ )?reporting|edit(?:ing|ed)|writing)\ by\b
    | [(\[](?:ap\ photo|photo|image(?:\ credit)?|source|credit)\b.{0,120}[)\]]\.?$
    | (?:the\ )?(?:associated\ press|reuters|afp|cnn|dpa|agence\ france-presse)\.?$
    | .{0,160}\bcontributed(?:\ (?:to\ this\ (?:report|story|article)|(?:to\ the\ )?reporting)\b|\.?$)
    | [(\[]?(?:this|(?:a|an\ earlier|the\ original)\ version\ of\ this)\ (?:story|article|post|page)\b
      .{0,80}\b(?:updated|corrected|published|appeared|produced|edited|translated)\b
    | (?:updated|published|posted|last\ updated)
      (?::|\ (?:at|on)\ |\ \d|\ (?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)).{0,60}$
    | .{0,90}\bsign\ up\ (?:for|here)\b.{0,120}$
    | [A-Z].{0,40}\ (?:is\ an?|are)\ .{0,60}
      \b(?:reporter|correspondent|columnist|editor|writer|journalist)s?\ (?:at|for|with)\b
    | (?:sign\ up|subscribe|join\ us|follow\ us|get\ (?:our|the\ free))\b
    | (?:follow|reach|contact|e-?mail|connect\ with|write\ to)\ .{0,80}
      (?:@|\d{3}-\d{4}|\bon\ (?:x|twitter|facebook|instagram|threads|bluesky|linkedin)\b)
    | (?:more|read\ (?:more|also|next)|related|recommended|see\ also|also\ read|watch|listen)
      (?:\ (?:live|on|from|the|this|stories|story|coverage)\b[^:\n]{0,30})?:
    | (?:click|tap)\ (?:here|on|the\ link)\b | download\ (?:the|our)\ .{0,20}\bapp\b | stay\ connected\b
    | support\ (?:our|local|independent)\ (?:journalism|news)
    | (?:need\ a\ (?:news\ )?break|looking\ for\ a\ .{0,20}puzzle)\? | (?:play|check\ out)\ the\ .{0,80}$
    | copyright\ (?:©|\(c\)|\d{4}) | all\ rights\ reserved | (?:advertisement|share\ this(?:\ \w+)?)$
    | (?:lesen\ sie\ auch|mehr\ zum\ thema|quelle|redaktion|foto)\ ?: | mit\ material\ von\b
    | (?:lea\ también|le\ puede\ interesar|fuente|foto|editado\ por)\ ?: | con\ información\ de\ .{0,60}$ | suscríbete\b
    | (?:baca\ juga|simak\ juga|sumber|editor|penulis|pewarta|foto)\ ?:
    | (?:читайте\ также|источник|автор|фото|редактор)\ ?: | подпис(?:ывайтесь|аться)\b
    | (?:اقرأ\ أيض[اًا]*|المصدر|تحرير|إعداد|تصوير)\ ?: | تابعنا\b
    | .{0,12}(?:责任编辑|責任編輯|编辑|編集|编译|来源|來源|記者|记者|原标题|相关阅读|相关新闻|関連記事)[:：]
    | .{0,200}(?:[\w.+-]+@[\w-]+\.\w | \s@\w{2,} | ©)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？؟])[\"”’')\]）」]*(?:\s+|(?<=[。！？]))")
_FIRST_LINES = 4  # in which dates, and names of writers and publishers, stand
_NAME_WORDS = 6
_LONGEST_CREDIT = 300


def without_credits(text: str) -> str:
    """The text with what tells nothing of the story left out; its other sentences in order, each on a line."""
    kept: list[str] = []
    for number, line in enumerate(line.strip() for line in text.split("\n") if line.strip()):
        plain = line
        if number < _FIRST_LINES:
            plain = line[match.end() :] if (match := _DATELINE.match(line)) else line
            if _is_name(plain) or _STAMP.fullmatch(plain):
                continue
        kept += (sentence for sentence in _SENTENCE_END.split(plain) if sentence and not _is_credit(sentence))
    return "\n".join(kept)


def _is_credit(sentence: str) -> bool:
    return len(sentence) <= _LONGEST_CREDIT and _CREDIT.match(sentence) is not None


def _is_name(line: str) -> bool:
    """Whether a line is nothing but a writer's or a publisher's name: a few capitalised words without an end."""
    words = line.split()
    if not words:
        return True
    capitals = all(word[0].isupper() or word[0] in "(|-&" for word in words)
    return capitals and len(words) <= _NAME_WORDS and line[-1] not in '.!?:"”'
