settings-title-private = إعداداتك. اضغط على سطر لتغييره.
settings-title-group = إعدادات هذه المجموعة. يمكن للمشرفين الضغط على سطر لتغييره.
settings-language = اللغة: { $value }
settings-length = الإجابات: { $value }
settings-sources = المصادر تحت الإجابات: { $value }
settings-adding = من يضيف المقالات: { $value }
settings-keeping = الاحتفاظ بعد خروجي: { $value }
settings-digest = الملخص: { $value }
settings-digest-topic = الملخص في هذا الموضوع: { $value }
settings-ask-language = بأي لغة أتحدث؟ تبقى الاقتباسات بلغة مقالاتها.
settings-ask-length = كم يكون طول إجاباتي؟
settings-ask-keeping = كم أحتفظ بما يُقال هنا، وبما أُضيف بعد إزالتي من هذه المجموعة؟
settings-ask-digest = كم مرة أرسل هنا ملخصًا بالجديد؟
settings-ask-time = في أي ساعة؟ بتوقيت { $zone }.
settings-language-own-private = كما في تيليجرام
settings-language-own-group = كما في تيليجرام كل شخص
settings-length-short = قصيرة
settings-length-normal = عادية
settings-length-long = طويلة
settings-sources-on = نعم
settings-sources-off = لا
settings-adding-everyone = الجميع
settings-adding-admins = المشرفون فقط
settings-days =
    { $count ->
        [0] بلا حفظ
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
settings-digest-off = لا
settings-digest-daily = يوميًا
settings-digest-weekly =
    { $day ->
        [mon] كل يوم اثنين
        [tue] كل يوم ثلاثاء
        [wed] كل يوم أربعاء
        [thu] كل يوم خميس
        [fri] كل يوم جمعة
        [sat] كل يوم سبت
       *[sun] كل يوم أحد
    }
settings-back = رجوع
settings-saved = تم الحفظ.
settings-admins-only = لا يمكن تغيير إعداداتي إلا لمشرفي هذه المجموعة.
settings-outdated = هذه القائمة قديمة. أرسل ‎/settings لقائمة جديدة.
settings-articles = تُحفظ المقالات: { $value }
settings-ask-articles = كم يبقى المقال في مجموعة هذه المحادثة؟ تُحسب المدة من إضافته أو آخر تحديث له.
settings-articles-always = دائمًا
settings-talk = تُحفظ الأحاديث للملخصات: { $value }
settings-talk-on = نعم
settings-talk-off = لا
settings-talk-deleted = حُفظ. وحُذف ما كنت أحتفظ به من الأحاديث.
