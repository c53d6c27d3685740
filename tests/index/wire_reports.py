"""Made-up agency reports in several languages, and the ways in which papers change what they carry."""

from __future__ import annotations

from index.types import Article

TITLE = "Ferry runs aground off Split, 12 hurt"
_REPORT = """
A ferry carrying 214 passengers ran aground on a sandbank outside the old harbour of Split on Monday evening,
injuring 12 people, the coast guard said.

The Marta, which was built in 1998 and runs daily between the mainland and the island of Brac, struck the bank
at low speed while the captain was trying to avoid a fishing boat, according to a first report by the harbour
office.

"There was a long scraping noise and then everybody was on the floor," said Ivana Horvat, a teacher who was on
her way home. Lifeboats brought most of the passengers ashore within two hours, and five of the injured were
taken to hospital with broken bones.

Divers found no damage to the hull of the Marta that would let water in, and tugs are to pull the ship free with
the next high tide. Until then the line is served by a smaller vessel, and travellers have been told to expect
delays.

The company that owns the ferry promised to pay for the treatment of everybody who was hurt. It had put off an
overhaul of the steering gear in spring because a part was late, its manager Luka Matic told reporters.

The harbour was closed for the night. Fishermen had long complained that no buoy marked the sandbank.
"""
PARAGRAPHS = tuple(" ".join(paragraph.split()) for paragraph in _REPORT.split("\n\n"))
TEXT = "\n\n".join(PARAGRAPHS)

# Title and text by language, each long enough to be compared as a report.
_OTHERS = {
    "de": (
        "Fähre läuft vor Split auf Grund",
        """
        Eine Fähre mit 214 Fahrgästen ist am Montagabend vor dem alten Hafen von Split auf eine Sandbank gelaufen,
        zwölf Menschen wurden verletzt. Das teilte die Küstenwache mit. Das Schiff fährt täglich zwischen dem
        Festland und der Insel Brac und wurde 1998 gebaut. Nach einem ersten Bericht des Hafenamts wollte der
        Kapitän einem Fischerboot ausweichen. Rettungsboote brachten die meisten Fahrgäste innerhalb von zwei
        Stunden an Land. Fünf Verletzte kamen mit Knochenbrüchen ins Krankenhaus. Taucher fanden keinen Schaden am
        Rumpf, durch den Wasser eindringen könnte. Schlepper sollen das Schiff bei der nächsten Flut freiziehen. Bis
        dahin bedient ein kleineres Schiff die Linie, Reisende müssen mit Verspätungen rechnen. Die Reederei will
        die Behandlung aller Verletzten bezahlen. Fischer beklagen seit Jahren, dass die Sandbank wächst und keine
        Boje sie anzeigt.
        """,
    ),
    "es": (
        "Un transbordador encalla frente a Split",
        """
        Un transbordador con 214 pasajeros encalló el lunes por la noche en un banco de arena frente al viejo puerto
        de Split y doce personas resultaron heridas, informó la guardia costera. El barco, construido en 1998, une
        cada día la costa con la isla de Brac. Según un primer informe de la oficina del puerto, el capitán quería
        esquivar una barca de pesca. Los botes de rescate llevaron a tierra a la mayoría de los pasajeros en dos
        horas. Cinco de los heridos fueron trasladados al hospital con huesos rotos. Los buzos no hallaron daños en
        el casco por los que pudiera entrar agua. Los remolcadores intentarán liberar la nave con la próxima marea
        alta. Hasta entonces una nave más pequeña cubre la línea y se esperan retrasos. La empresa prometió pagar el
        tratamiento de todos los heridos. Los pescadores se quejan desde hace años de que el banco crece y nadie lo
        señala.
        """,
    ),
    "ru": (
        "Паром сел на мель у Сплита",
        """
        Паром с 214 пассажирами в понедельник вечером сел на мель у старой гавани Сплита, двенадцать человек
        пострадали, сообщила береговая охрана. Судно построено в 1998 году и каждый день ходит между материком и
        островом Брач. По первым данным управления порта, капитан пытался обойти рыбацкую лодку. Спасательные шлюпки
        за два часа доставили на берег большинство пассажиров. Пятеро пострадавших попали в больницу с переломами.
        Водолазы не нашли в корпусе повреждений, через которые могла бы поступать вода. Буксиры попробуют снять
        судно с мели во время следующего прилива. До тех пор на линии работает судно поменьше, и пассажиров просят
        быть готовыми к задержкам. Компания обещала оплатить лечение всех раненых. Рыбаки много лет жалуются, что
        мель растёт и никто не отмечает её буем. На ночь гавань закрыли, утром её осмотрят снова, а причину аварии
        будет выяснять особая комиссия порта.
        """,
    ),
    "ar": (
        "جنوح عبارة قبالة سبليت",
        """
        جنحت عبارة تقل 214 راكبا مساء الاثنين على حاجز رملي قبالة الميناء القديم في سبليت وأصيب عدد من الأشخاص بحسب
        خفر السواحل. وقد بنيت السفينة عام 1998 وتعمل يوميا بين البر وجزيرة براتش. وقال تقرير أولي لمكتب الميناء إن
        القبطان حاول تفادي قارب صيد صغير كان يعبر أمامه في الظلام. ونقلت قوارب الإنقاذ معظم الركاب إلى الشاطئ خلال
        ساعتين بينما نقل بعض المصابين إلى المستشفى بكسور في العظام. ولم يجد الغواصون ضررا في الهيكل يسمح بدخول
        الماء. ومن المقرر أن تسحب القاطرات السفينة مع المد العالي القادم. وحتى ذلك الحين تعمل على الخط سفينة أصغر
        وطلب من المسافرين توقع التأخير. ووعدت الشركة المالكة بدفع تكاليف علاج كل من أصيب. ويشكو الصيادون منذ سنوات
        من أن الحاجز الرملي يكبر ولا أحد يضع علامة عليه. وأغلق الميناء خلال الليل وستبدأ لجنة خاصة صباح الغد التحقيق
        في سبب الحادث.
        """,
    ),
    "zh": (
        "斯普利特附近渡轮搁浅",
        """
        海岸警卫队说，一艘载有214名乘客的渡轮周一晚上在斯普利特旧港外的沙洲上搁浅，造成十二人受伤。这艘船建
        于1998年，每天往返于大陆和布拉奇岛之间。港务局的初步报告说，船长当时试图避开一艘渔船。救生艇在两小时
        内把大部分乘客送上岸，五名伤者因骨折被送往医院。潜水员没有发现船体有进水的损坏，拖船将在下次涨潮时把
        船拖出。在此之前，这条航线由一艘较小的船运营，旅客需要做好延误的准备。船主公司承诺支付所有伤者的治疗
        费用。渔民多年来一直抱怨沙洲越来越大，却没有人设置浮标。港口当晚关闭。
        """,
    ),
    "ja": (
        "スプリト沖でフェリーが座礁",
        """
        沿岸警備隊によると、乗客214人を乗せたフェリーが月曜日の夜、スプリトの旧港の外にある砂州に乗り上げ、
        十二人がけがをした。船は1998年に造られ、本土とブラチ島の間を毎日運航している。港湾局の最初の報告では、
        船長は漁船を避けようとしていた。救命艇が二時間でほとんどの乗客を岸に運び、五人が骨折で病院に運ばれた。
        潜水士は船体に浸水するような損傷を見つけなかった。次の満潮で引き船が船を引き出す予定だ。それまでは小
        さな船が運航し、遅れが出る見込みだという。会社は全員の治療費を払うと約束した。
        """,
    ),
}
OTHERS = {
    language: (title, ("" if language in ("zh", "ja") else " ").join(text.split()))
    for language, (title, text) in _OTHERS.items()
}


def report(text: str = TEXT, title: str = TITLE) -> Article:
    """An article that carries the report, or another text."""
    return Article(title=title, text=text)


def changed(old: str, new: str, *more: tuple[str, str]) -> Article:
    """The report with words replaced; each must be in it."""
    text = TEXT
    for before, after in ((old, new), *more):
        assert before in text
        text = text.replace(before, after)
    return report(text)


def paragraphs(*numbers: int) -> str:
    """Some of the report's paragraphs."""
    return "\n\n".join(PARAGRAPHS[number] for number in numbers)
