"""How peoples are called in six languages, by the country's ISO 3166 code, and names that CLDR has not.

Each column of a language holds beginnings of words ("amerikan" for "amerikanische", "Amerikaner"). Indonesian says it
with the country's name. What means two things ("indio", "coreano") is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

_LANGUAGES = ("en", "de", "es", "ru", "ar")
# code | English | German | Spanish | Russian | Arabic as `number_words.folded` has it
_PEOPLES = """
US | american | amerikan us-amerikan | estadounidens norteamerican | американ | امريكي اميركي
GB | british briton | britisch brite | britanic | британ | بريطاني
FR | french frenchm | französ franzos | frances | француз | فرنسي
DE | german | deutsch | aleman | немец германск | الماني
RU | russian | russisch russe | ruso rusa | русск российск россиян | روسي
UA | ukrainian | ukrainisch ukrainer | ucranian | украинск украинец украинц | اوكراني
CN | chinese | chines | chino china | китайск китаец китайц | صيني
JP | japanese | japanisch japaner | japones | японск японец японц | ياباني
IN | indian | indisch inder | hindu | индийск | هندي
PK | pakistani | pakistan | paquistan | пакистанск пакистанец | باكستاني
AF | afghan | afghan | afgan | афганск афганец афганц | افغاني
IR | iranian | iranisch iraner | irani | иранск иранец иранц | ايراني
IQ | iraqi | irakisch iraker | iraqui iraki | иракск иракец | عراقي
IL | israeli | israelisch | israeli | израильск израильтян | اسرائيلي اسراييلي
PS | palestinian | palästinens | palestin | палестинск палестинец палестинц | فلسطيني
SY | syrian | syrisch syrer | sirio siria | сирийск сириец | سوري
LB | lebanese | libanes | libanes | ливанск ливанец ливанц | لبناني
SA | saudi | saudi | saudi | саудовск саудит | سعودي
YE | yemeni | jemenit | yemeni | йеменск | يمني
EG | egyptian | ägypt | egipci | египетск египтян | مصري
JO | jordanian | jordanisch jordanier | jordan | иорданск | اردني
LY | libyan | libysch | libio libia | ливийск | ليبي
TR | turkish turk | türkisch türken | turco turca | турецк турок турк | تركي
GR | greek | griech | grieg | греческ | يوناني
IT | italian | italien | italian | итальян | ايطالي
ES | spanish spaniard | spanisch spanier | español | испанск испанец испанц | اسباني
PL | polish | polnisch | polac | польск поляк | بولندي
NL | dutch | niederländ holländ | neerland holand | голландск нидерландск | هولندي
SE | swedish | schwedisch schweden | sueco sueca | шведск | سويدي
CH | swiss | schweizer | suizo suiza | швейцарск | سويسري
AT | austrian | österreich | austriac | австрийск | نمساوي
HU | hungarian | ungarisch ungarn | hungar | венгерск | هنغاري مجري
ID | indonesian | indonesisch indonesier | indonesi | индонезийск | اندونيسي
AU | australian | australisch australier | australian | австралийск | استرالي
CA | canadian | kanadisch kanadier | canadiens | канадск | كندي
MX | mexican | mexikan | mexican | мексиканск | مكسيكي
BR | brazilian | brasilian | brasileñ | бразильск | برازيلي
VE | venezuelan | venezolan | venezolan | венесуэльск | فنزويلي
KR | south-korean | südkorean | surcorean | южнокорейск | |
KP | north-korean | nordkorean | norcorean | северокорейск | |
SD | sudanese | sudanes | sudanes | суданск | سوداني
"""
# code | names in English | German | Spanish | Russian | Indonesian | Arabic; alliances by their English letters
_NAMES = """
US | US, USA, America | USA, US, Amerika | EE UU, EEUU, América | США, Америка | AS, Amerika | امريكا, اميركا
GB | UK, Britain, Great Britain | Großbritannien | Gran Bretaña | Британия | Inggris, Britania | بريطانيا
RU | Russian Federation | Russische Föderation | Federación Rusa | РФ | Federasi Rusia | روسيا الاتحادية
AE | UAE | VAE | EAU | ОАЭ | UEA | الامارات
KR | | Südkorea | | Южная Корея | Korea Selatan | كوريا الجنوبيه
KP | | Nordkorea | | Северная Корея, КНДР | Korea Utara | كوريا الشماليه
CN | | | | КНР | Tiongkok, Cina | |
PS | Palestine, Gaza | Palästina, Gaza, Gazastreifen | Palestina, Gaza | Палестина, Газа | Palestina, Gaza | فلسطين, غزه
UN | UN | UN, UNO | ONU | ООН | PBB | |
EU | EU | EU | UE | ЕС, Евросоюз | UE | |
NATO | NATO, Nato | NATO, Nato | OTAN | НАТО | NATO | الناتو, حلف شمال الاطلسي
WHO | WHO, World Health Organization | WHO, Weltgesundheitsorganisation | OMS | ВОЗ | WHO | منظمه الصحه العالميه
IMF | IMF, International Monetary Fund | IWF | FMI | МВФ | IMF | صندوق النقد الدولي
"""


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


PEOPLES: Mapping[str, Mapping[str, str]] = {
    language: {beginning: row[0] for row in _rows(_PEOPLES) for beginning in row[column].split() if len(row) > column}
    for column, language in enumerate(_LANGUAGES, start=1)
} | {"id": {}}
MORE_NAMES: Mapping[str, Mapping[str, str]] = {
    language: {
        name.strip(): row[0]
        for row in _rows(_NAMES)
        if len(row) > column
        for name in row[column].split(",")
        if name.strip()
    }
    for column, language in enumerate(("en", "de", "es", "ru", "id", "ar"), start=1)
}
