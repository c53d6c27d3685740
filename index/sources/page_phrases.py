"""What walls, shells and error pages say in the languages that readers bring: patterns for `page_refusals`.

Each is searched in text in lower case. They are whole turns of speech, because single words ("cookies", "subscribe")
stand in real articles too.
"""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


BOT_CHECK_TITLE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:human|robot)"
    r"|robot (?:or human|check)|pardon our interruption|checking your browser|verify(?:ing)? (?:that )?(?:you are|your)"
    r"|(?:human|bot) verification|security (?:check|verification)|ddos-guard|one more step|captcha|unusual traffic"
    r"|request (?:unsuccessful|blocked)|you have been blocked|client challenge|vercel security checkpoint"
    r"|nur einen moment|un momento|один момент|tunggu sebentar|لحظة)"
)
BOT_CHECK = _any(
    r"(?:verify|confirm|prove|make sure|check)(?:ing)?(?: that| whether)? (?:you are|you're|you’re) (?:not )?(?:a )?"
    r"(?:human|robot|bot|real person)",
    r"checking (?:your browser|if the site connection is secure)",
    r"unusual (?:traffic|activity) (?:from|coming from) your",
    r"complete the (?:captcha|security check|challenge)",
    r"needs to review the security of your connection",
    r"enable javascript and cookies to continue",
    r"(?:blocked|flagged) (?:because|by|as) .{0,60}(?:bot|automated|security)",
    r"you have been blocked",
    r"i[’']?m not a robot|i am not a robot",
    r"press (?:&|and) hold",
    r"ich bin kein roboter|no soy un robot|je ne suis pas un robot|я не робот|saya bukan robot|أنا لست برنامج روبوت",
)
BOT_CHECK_MARKUP = re.compile(r"_cf_chl_opt|cf-chl-|px-captcha|captcha-delivery\.com|_incapsula_resource|ddos-guard/js")

ERROR_TITLE = re.compile(
    r"^\W*(?:error\W{0,3})?(?:40[0-9]|410|451|50[0-4])(?:\W|$)|^\W*(?:error|oops)\b.{0,40}$|^.{0,40}\berror 40\d"
    r"|\b(?:page|article|story|content|url|file) (?:(?:was |is |could )?not (?:be )?found|unavailable"
    r"|(?:is )?no longer (?:available|exists)|does ?n[o’']t exist)|^not found|^(?:404|page|file) not found"
    r"|(?:service|page|site)(?: is)?(?: temporarily)? unavailable|internal server error|bad gateway|account suspended"
    r"|under maintenance|scheduled maintenance|domain (?:is |may be )?for sale"
    r"|seite (?:wurde )?nicht gefunden|p[áa]gina no (?:encontrada|existe)|no se (?:ha )?encontr[óo] la p[áa]gina"
    r"|page (?:introuvable|non trouv[ée]e)|pagina non trovata|p[áa]gina n[ãa]o encontrada|pagina niet gevonden"
    r"|страница не найдена|halaman tidak ditemukan|الصفحة غير موجودة|لم يتم العثور على الصفحة"
)
ERROR_TEXT = _any(
    r"the page you(?:['’]re| are| were|['’]ve| have)? (?:are )?(?:looking for|requested|tried)",
    r"(?:we (?:can|could)n?['’]?t|we cannot|unable to) (?:find|locate) (?:the|that|this) (?:page|article|story)",
    r"this (?:page|article|story|content) (?:is(?:n['’]t| not| no longer)|has been (?:removed|deleted|moved)"
    r"|does(?:n['’]t| not) exist)",
    r"(?:was|were|is) not found on this server|something went wrong|try again later",
    r"die (?:gesuchte|angeforderte) seite|la p[áa]gina que (?:buscas|busca|has solicitado)",
    r"la page (?:que vous|demandée)|запрашиваемая страница|halaman yang anda cari|الصفحة التي تبحث عنها",
)

PAYWALL = _any(
    r"(?:subscri\w+|sign[ -]?(?:up|in)|log ?in|register|join|create (?:a free|an) account)(?:\W+[\w’'-]+){0,8}?\W+to "
    r"(?:continue|keep|finish) reading",
    r"to (?:continue|keep|finish) reading(?: this| the)?(?: article| story| post)?,? (?:please |you (?:must|need to) )?"
    r"(?:subscribe|sign|log|register|create|become|buy)",
    r"(?:subscribe|sign up|register|log in|join|pay|become a (?:member|subscriber))(?: \w+){0,3} to "
    r"(?:read|unlock|access"
    r"|see|view|get access to) (?:the |this )?(?:full|entire|rest of|whole|complete|remaining)? ?(?:the |this )?"
    r"(?:article|story|text|post|report|content|piece)",
    r"(?:this|the) (?:article|story|content|post|page|report|text) is (?:\w+ )?(?:for|available (?:only )?(?:to|for)"
    r"|exclusive(?:ly)? (?:for|to)|reserved for|locked|restricted to)(?: \w+){0,3} (?:subscribers|members)",
    r"(?:rest|remainder) of (?:the|this) (?:article|story|post|content) is (?:for|locked|available|behind|reserved)",
    r"you(?:['’]ve| have) (?:reached|used|read|hit)(?: up)? (?:your|all(?: of)? your|the)(?: \w+){0,5} "
    r"(?:articles?|limit)",
    r"(?:premium|subscriber|members?)[ -](?:only|exclusive) (?:content|article|story)",
    r"unlock (?:the|this) (?:full )?(?:article|story|report)",
    r"(?:jetzt|mit \S+|abo|abonnieren und|um) weiter(?:zu)?lesen|weiterlesen mit|nur für abonnent|exklusiv für abonnent"
    r"|mit einem (?:\S+-)?abo (?:lesen|weiter)|diese[nr]? (?:artikel|inhalt)(?: ist)?(?: \w+){0,3} abonnent",
    r"(?:suscr[íi]bete|hazte socio|reg[íi]strate|inicia sesi[óo]n) para (?:seguir|continuar) leyendo"
    r"|para (?:seguir|continuar) leyendo,? (?:suscr|inicia|reg[íi]strate|hazte)|exclusivo para suscriptores",
    r"réservée? (?:à nos |aux )abonnés|abonnez-vous pour (?:lire|continuer|poursuivre)"
    r"|il vous reste .{0,12}% de cet article",
    r"riservat[oa] agli abbonati|abbonati per (?:continuare|leggere)|exclusiv[oa] para assinantes"
    r"|assine para (?:continuar|ler)",
    r"(?:оформите|купите|нужна) подписк\w+.{0,20} чтобы (?:читать|продолжить|прочитать|дочитать)"
    r"|доступ\w* (?:только )?(?:по подписке|подписчикам|для подписчиков)|только (?:для подписчиков|по подписке)",
    r"(?:berlangganan|daftar|masuk)(?: \w+){0,3} untuk (?:terus |lanjut |melanjutkan |dapat )?(?:membaca|baca)"
    r"|(?:khusus|hanya)(?: untuk)? pelanggan",
    r"(?:اشترك|سجل|سجّل)[^.\n]{0,30}(?:متابعة|مواصلة|لإكمال|إكمال) القراءة|للمشتركين فقط|حصري للمشتركين",
)

LOGIN = _any(
    r"(?:log|sign) ?in to (?:continue|view|see|read|access|your account|proceed)|you (?:must|need to) (?:be "
    r"logged|log|sign) ?in",
    r"please (?:log|sign) ?in|bitte (?:melden sie sich|loggen sie sich|anmelden)|um fortzufahren,? (?:melden|loggen)",
    r"inicia(?:r)? sesi[óo]n para|connectez-vous pour|войдите,? чтобы|(?:silakan )?(?:masuk|login) untuk|سج[لّ]+ "
    r"الدخول",
)

SCRIPTS_NEEDED = _any(
    r"(?:enable|activate|turn on|switch on|allow|requires?|needs?|without|support)(?: \w+){0,2} java ?script",
    r"java ?script (?:is|must be|needs to be|has to be|appears to be|to be)(?: currently)? "
    r"(?:disabled|enabled|required|turned"
    r"|activated|off|not)",
    r"java ?script (?:zu )?(?:aktivieren|einschalten|ist deaktiviert|ist nicht aktiv)|(?:habilit|activ)[ae]r? (?:el "
    r")?java ?script",
    r"activer java ?script|включите java ?script|java ?script (?:отключ|выключ)|(?:aktifkan|nyalakan) java ?script",
    r"(?:تفعيل|تمكين) (?:جافا ?سكر[ي]?بت|java ?script)",
)

# Each is one mark of a question for consent; a wall has several kinds of them.
CONSENT_MARKS: tuple[re.Pattern[str], ...] = (
    _any(
        r"(?:we|us) and (?:our|selected|third)\W?[\w ,-]{0,20} ?(?:partners|vendors)|wir und unsere (?:\d+ )?partner",
        r"nosotros y nuestros|nuestros (?:\d+ )?socios|nous et nos (?:\d+ )?partenaires|noi e (?:i nostri )?\w* "
        r"?partner",
        r"мы и наши партн[её]ры|kami dan (?:para )?mitra|نحن وشركاؤنا",
    ),
    _any(
        r"we (?:also )?use (?:\w+ ){0,2}cookies|(?:this|our) (?:web)?site uses (?:\w+ ){0,2}cookies|uses? of "
        r"cookies|cookies and "
        r"(?:similar|other)",
        r"(?:wir verwenden|verwenden wir|nutzen wir|wir nutzen) (?:\w+ )?cookies|(?:utilizamos|usamos|empleamos) "
        r"cookies"
        r"|utiliz(?:ons|ano|iamo) (?:des |i )?cookie|используем (?:файлы )?cookie|menggunakan cookie|ملفات تعريف "
        r"الارتباط",
    ),
    _any(
        r"\b(?:accept|agree to|allow|reject|refuse|decline) all\b|\b(?:accept|agree)(?: and|,| &) "
        r"(?:close|continue|proceed)"
        r"|accept cookies",
        r"alle(?:s)? (?:akzeptieren|ablehnen|annehmen)|akzeptieren und (?:weiter|schlie)|zustimmen und weiter"
        r"|(?:aceptar|rechazar) (?:todo|todas|y )|tout (?:accepter|refuser)|(?:accetta|rifiuta) (?:tutti|tutto)"
        r"|(?:принять|отклонить) вс[её]|(?:terima|tolak) semua|(?:قبول|رفض) (?:الكل|الجميع)",
    ),
    _any(
        r"your consent|withdraw (?:your )?consent|(?:give|manage|change) (?:your )?consent|consent "
        r"(?:choices|preferences)",
        r"ihre (?:einwilligung|zustimmung)|einwilligung (?:\w+ )?widerrufen|(?:su|tu) consentimiento|votre consentement"
        r"|tuo consenso|ваше(?:го)? согласи|persetujuan anda|موافقتك",
    ),
    _any(
        r"(?:privacy|cookie|ad) (?:choices|settings|preferences|options)|manage "
        r"(?:settings|options|preferences|cookies|choices)",
        r"(?:cookie|datenschutz)-?einstellungen|configurar (?:las )?cookies|paramétrer|настройк\w+ (?:cookie|файлов)"
        r"|pengaturan (?:cookie|privasi)|إعدادات (?:ملفات|الخصوصية)",
    ),
    _any(
        r"we (?:value|care about|respect) your privacy|your privacy (?:is important|matters)|before you continue to",
        r"ihre privatsph[äa]re|(?:tu|su) privacidad|votre vie privée|bevor sie (?:zu \w+ )?fortfahren|antes de "
        r"(?:ir|continuar) a"
        r"|ваша конфиденциальность|privasi anda|خصوصيتك",
    ),
    _any(
        r"legitimate interest|berechtigte[sn]? interesse|interés legítimo|intérêt légitime|legittimo interesse"
        r"|законн\w+ интерес|kepentingan (?:yang )?sah|المصالح? المشروعة",
        r"personali[sz]ed (?:ads|advertising|content)|personalisierte "
        r"(?:werbung|anzeigen|inhalte)|(?:publicidad|anuncios) "
        r"personalizad|publicités? personnalisé|персонализированн\w+ реклам|iklan (?:yang )?(?:di)?personal|إعلانات "
        r"مخصصة",
        r"information on (?:a|your) device|informationen auf (?:einem|ihrem) gerät|precise geolocation|ad and content"
        r"|almacenar .{0,30}dispositivo|(?:ad|content) measurement",
    ),
    _any(
        r"(?:privacy|cookie) (?:policy|notice|statement)|datenschutz(?:erklärung|hinweise)|pol[íi]tica de "
        r"(?:privacidad|cookies)"
        r"|politique de (?:confidentialité|cookies)|informativa sulla privacy|политик\w+ (?:конфиденциальности|cookie)"
        r"|kebijakan (?:privasi|cookie)|سياسة (?:الخصوصية|ملفات)",
    ),
)
