"""English words by what they do in a question, as far as follow-up questions need to know."""

from __future__ import annotations

import re

DO = frozenset("do does did".split())
BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())
MODALS = frozenset("will would can could should may might must".split())
AUXILIARIES = DO | BE | HAVE | MODALS
DETERMINERS = frozenset("the a an this that these those his her its their our my your any some no every each".split())
PREPOSITIONS = frozenset(
    """
        about above across after against along among around at before behind below between by despite during for
        from in inside into like near of off on onto out outside over since through to toward towards under until
        upon with within without per via amid
    """.split()
)
PLACE_PREPOSITIONS = frozenset("in at near from inside outside around across".split())
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
CONJUNCTIONS = frozenset("and but so or also then ok okay well now yes no hm".split())

HE_OR_SHE = frozenset("he she him her his hers himself herself".split())
THEY = frozenset("they them their theirs".split())
IT = frozenset("it its this that these those".split())
POSSESSIVES = frozenset("his her hers its their theirs".split())

# Verbs of the news, in the form that follows "did"; told from nouns only by where they stand.
_VERBS = frozenset(
    """
        accuse act add admit agree aim allow announce appear apply approve argue arrest arrive ask attack attend
        ban be beat become begin believe blame block bomb bring build burn buy call cancel capture carry cast catch
        cause change charge choose claim close collapse come condemn confirm cost crash create cross cut deal
        decide declare deny deploy destroy detain develop die discover discuss do draw drive drop earn elect end
        enter erupt escape evacuate expect explain explode face fail fall feel fight file find fire flee fly follow
        force form free gain get give go grow halt happen have hear help hit hold hope hurt impose improve increase
        injure invade invest join jump keep kill know land last launch lay lead leave let lie lift live look lose
        make march mean meet miss move name need occur offer open order own pass pay plan play plead pledge predict
        present propose protest prove publish pull push put quit raise reach react read receive recover reduce
        refuse reject release remain remove reopen replace reply report require rescue resign resolve respond
        restore return reveal rise rule run say see seek sell send sentence set shine shoot shut sign sink sit
        speak spend spread stand start stay steal step stop strike sue suffer suggest supply support suspend take
        talk target tell test think threaten tell try turn unveil urge use visit vote wait walk want warn wear
        weigh welcome win withdraw work worry write affect break defend deliver demand eat exist forget include
        manage provide produce prevent protect regain relate rely seize serve shape share sleep stem study survive
        teach transfer travel treat trigger undergo view violate
    """.split()
)
_PAST = dict(
    pair.split(":")
    for pair in """
        be:was beat:beat become:became begin:began bring:brought build:built buy:bought cast:cast catch:caught
        choose:chose come:came cost:cost cut:cut deal:dealt do:did draw:drew drive:drove fall:fell feel:felt
        fight:fought find:found flee:fled fly:flew get:got give:gave go:went grow:grew have:had hear:heard hit:hit
        hold:held hurt:hurt keep:kept know:knew lay:laid lead:led leave:left let:let lie:lay lose:lost make:made
        mean:meant meet:met pay:paid put:put quit:quit read:read rise:rose run:ran say:said see:saw seek:sought
        sell:sold send:sent set:set shine:shone shoot:shot shut:shut sink:sank sit:sat speak:spoke spend:spent
        spread:spread stand:stood steal:stole strike:struck take:took tell:told think:thought wear:wore win:won
        withdraw:withdrew write:wrote break:broke eat:ate forget:forgot teach:taught hide:hid freeze:froze
        throw:threw swear:swore swim:swam sing:sang ride:rode split:split understand:understood sweep:swept
        sleep:slept undergo:underwent overcome:overcame overthrow:overthrew uphold:upheld
    """.split()
)
_PAST_FORMS = frozenset(_PAST.values()) | {"seen", "hurt"}
_DOUBLED = frozenset("ban drop plan stop step admit".split())
_PARTICIPLES = frozenset(
    """
        beaten been begun broken brought built bought caught chosen cut done driven fallen fought found flown given
        gone grown held hit hurt kept known laid led left lost made meant met paid put read risen run said seen
        sent set shot shut sold spent split spread stolen stood stuck struck sunk sworn taken thrown told torn won
        worn written
    """.split()
)
# What follows "was" and "were" without being a thing.
_STATES = frozenset(
    """
        able afraid alive available aware away back dead due free guilty ill likely missing open present ready
        responsible right safe sick still there true unable wrong also not never already being
    """.split()
)
SPEECH = frozenset(
    """
        say says said tell think announce comment respond react reply answer claim deny explain add warn mean
        demand want believe argue condemn condemned blame
    """.split()
)
# Verbs whose doer is somebody: "they" of such a verb are no rockets.
AGENTIVE = SPEECH | frozenset(
    """
        accuse admit agree arrest ask decide know plan promise report try vote hope urge propose threaten charge
        sue discover investigate suspect expect offer refuse reject sign support
    """.split()
)
# Words that say nothing of which event is meant: a question of nothing else is about what was spoken of last.
GENERIC = frozenset(
    """
        die died dead death deaths kill killed hurt injure injured injuries injury wound wounded arrest arrested
        detained happen happened cause caused blame blamed responsible claim claimed survive survived survivors
        victim victims casualties casualty people person persons men women children number toll reason motive
        suspect suspects damage damaged react reaction reactions respond response say said begin began begun start
        started end ended long old cost done exactly precisely affected involved missing rescued charged convicted
        sentenced found details detail evacuated displaced trapped stranded infected drowned shot freed released
        taken responsibility won lost win lose
    """.split()
)
# Who holds an office: of which country or town, the question does not say.
OFFICES = frozenset(
    """
        government president minister ministry police army military navy authorities officials officers court judge
        parliament senate mayor governor company union spokesman spokeswoman
    """.split()
)
# How what was spoken of is joined to a verb, where it is not "about".
LINKS_TO_MATTER = {
    **dict.fromkeys(("react", "reaction", "respond", "response", "reply"), "to"),
    **dict.fromkeys(("blame", "blamed", "responsibility"), "for"),
    "comment": "on",
}
PEOPLE = frozenset(
    """
        people persons men women children civilians soldiers troops police officers officials protesters
        demonstrators migrants refugees hostages passengers crew workers employees students pupils teachers doctors
        nurses farmers fishermen victims survivors residents villagers voters players fans tourists journalists
        prisoners detainees suspects militants rebels fighters gunmen attackers insurgents politicians lawmakers
        senators ministers countries nations states governments companies firms airlines banks parties groups
        unions clubs teams families ships experts scientists researchers lawyers judges prosecutors investigators
        authorities
    """.split()
)
# One thing that is many people.
_COLLECTIVES = frozenset(
    """
        police army government military navy company firm bank group party union club team family crew council
        court ministry parliament senate congress committee association agency airline cabinet commission
        opposition government coalition administration alliance jury board
    """.split()
)
_ADVERBS = frozenset("also still just only first last soon once ever already not now then even almost".split())
ENGLISH_SIGNS = frozenset(
    AUXILIARIES
    | DETERMINERS
    | PREPOSITIONS
    | QUESTION_WORDS
    | HE_OR_SHE
    | THEY
    | IT
    | set("and but or not anyone anybody anything many much there else more next tell".split())
)
TIME_NOUNS = frozenset(
    "time day days date week weeks month months year years morning afternoon evening night hour weekend century".split()
)
_WORD = re.compile(r"[\w$€£][\w’'&.$€£%-]*")
_CONTRACTION = re.compile(r"\b(who|what|where|when|how|why|it|he|she|that|there)['’]s\b", re.IGNORECASE)
_ARE = re.compile(r"\b(they|who|what|where|how)['’]re\b", re.IGNORECASE)
_REGULAR_PAST = re.compile(r"(?!(?:need|seed|feed|speed|breed|greed|indeed|hundred|sacred)$)\w{2,}ed")
_ONGOING = re.compile(r"(?!(?:spring|string|building|morning|evening)$)\w{2,}ing")
_PLURAL = re.compile(r".*[^s]s")


def key(word: str) -> str:
    """A word in small letters, without the marks around it and a possessive ending."""
    match = _WORD.search(word)
    return re.sub(r"['’]s?$", "", match.group().rstrip(".’'").casefold()) if match else ""


def first_key(text: str) -> str:
    """The first word of a text, as `key` has it; empty when there is none."""
    return key(text.split(maxsplit=1)[0]) if text.strip() else ""


def last_word(text: str) -> str:
    """The last word of a text; empty when there is none."""
    return text.rsplit(maxsplit=1)[-1] if text.strip() else ""


def spelled_out(question: str) -> str:
    """A question with "is" and "are" written out: "Who's the pope?" as "Who is the pope?"."""
    return _ARE.sub(r"\1 are", _CONTRACTION.sub(r"\1 is", question))


def is_name(word: str) -> bool:
    """Whether a word within a sentence is written as a name."""
    bare = word.lstrip("\"“‘'(")
    return bare[:1].isupper() and bare not in {"I", "I'm", "I’m"}


def is_verb(word: str) -> bool:
    """Whether a word can be the verb behind a subject, in any form that it may have there."""
    folded = key(word)
    if folded in _VERBS or is_past(word):
        return True
    return folded.endswith("s") and base_form(folded) in _VERBS


def is_past(word: str) -> bool:
    """Whether a word is a past form, which no noun looks like."""
    folded = key(word)
    return folded in _PAST_FORMS or bool(_REGULAR_PAST.fullmatch(folded))


def is_base_verb(word: str) -> bool:
    """Whether a word can follow "did" and a subject."""
    return key(word) in _VERBS


def is_state(word: str) -> bool:
    """Whether a word can follow "was" as what somebody is or had done to them: "hurt", "arrested", "responsible"."""
    folded = key(word)
    if folded in _PARTICIPLES or folded in _STATES or folded in PREPOSITIONS:
        return True
    return bool(_REGULAR_PAST.fullmatch(folded) or _ONGOING.fullmatch(folded))


def is_adverb(word: str) -> bool:
    """Whether a word can stand before a verb: "also", "reportedly"."""
    return key(word) in _ADVERBS or (len(word) > 4 and word.islower() and word.endswith("ly"))  # noqa: PLR2004


def is_plural(word: str) -> bool:
    """Whether a noun looks like more than one."""
    folded = key(word)
    return folded in PEOPLE or bool(_PLURAL.fullmatch(folded))


def is_collective(word: str) -> bool:
    """Whether a noun names many as one: "the army"."""
    return key(word) in _COLLECTIVES


def base_form(verb: str) -> str:
    """The form behind "did" of one in the present: "says" is "say"."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("shes", "ches", "sses", "xes", "oes")):
        return verb[:-2]
    return verb.removesuffix("s")


def past_form(verb: str) -> str:
    """The past of a verb as it stands behind "did": "strike" is "struck"."""
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLED else f"{verb}ed"
