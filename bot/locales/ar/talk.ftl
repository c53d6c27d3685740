talk-hello = { $count ->
    [0] من الآن أحتفظ بما يُقال هنا بقدر الحاجة فقط. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
    [one] من الآن أحتفظ بما يُقال هنا يومًا واحدًا، لألخّصه بـ ‎/catchup لمن غاب. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
    [two] من الآن أحتفظ بما يُقال هنا يومين، لألخّصه بـ ‎/catchup لمن غاب. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
    [few] من الآن أحتفظ بما يُقال هنا { $count } أيام، لألخّصه بـ ‎/catchup لمن غاب. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
    [many] من الآن أحتفظ بما يُقال هنا { $count } يومًا، لألخّصه بـ ‎/catchup لمن غاب. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
   *[other] من الآن أحتفظ بما يُقال هنا { $count } يوم، لألخّصه بـ ‎/catchup لمن غاب. يحذف ‎/forget ما كتبته، ويستثنيه ‎/optout.
}
talk-hello-part = وضع الخصوصية في تيليجرام يخفي عني معظم الرسائل، وإذا جُعلتُ مشرفًا رأيتها كلها.
talk-only-groups = يلخّص ‎/catchup ما دار في مجموعة. أرسله في المجموعة.
talk-off = لا أحتفظ بما يُقال هنا. يمكن لمشرف تفعيل ذلك في ‎/settings.
talk-how = ‎/catchup لما جدّ منذ آخر مرة، ‎/catchup 200 لآخر 200 رسالة، ‎/catchup 3h لثلاث ساعات، ‎/catchup today لليوم. ويمكن للمشرفين أيضًا إرسال ‎/catchup export و‎/catchup wipe و‎/catchup import.
talk-nothing = لم يُقل هنا شيء جديد.
talk-heading = { $group }: ما فاتك
talk-in-private = أرسلته إليك على الخاص.
talk-messages = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
}
talk-chosen = بكلمات أصحابها.
talk-written = كتبه { $model } ودُقّق بالرسائل.
talk-left-out = رسائل لم تُقرأ لكثرتها: { $count }.
talk-sees-part = لا أرى إلا جزءًا مما يُقال هنا (وضع الخصوصية).
talk-decision = تقرّر –
talk-question = سؤال مفتوح –
talk-link = رابط –
talk-message = الرسالة
talk-news-supports = تقول المقالات ذلك أيضًا:
talk-news-contradicts = تقول المقالات غير ذلك:
talk-news-silent = لا تذكره المقالات.
talk-admins-only = هذا لمشرفي المجموعة فقط.
talk-log-empty = لا أحتفظ بشيء مما قيل هنا.
talk-start-me = لا أستطيع الكتابة إليك على الخاص. افتح محادثة معي واضغط «ابدأ» ثم أرسل هذا مرة أخرى باسمك أنت.
talk-exported = { $group }: ما قيل هناك مما أحتفظ به
talk-wiped = { $count ->
    [0] لم يكن هناك ما يُحذف.
    [one] حُذفت رسالة واحدة.
    [two] حُذفت رسالتان.
    [few] حُذفت { $count } رسائل.
    [many] حُذفت { $count } رسالة.
   *[other] حُذفت { $count } رسالة.
}
talk-import-how = صدّر هذه المحادثة من Telegram Desktop (بصيغة JSON المقروءة آليًا)، ثم أرسل ملف result.json هنا مع التعليق ‎/catchup import.
talk-import-other = لا يحوي هذا الملف تصديرًا لهذه المحادثة. صدّر هذه المحادثة وأرسل ملف result.json الخاص بها.
talk-imported = { $count ->
    [0] ليس فيه جديد يمكنني الاحتفاظ به.
    [one] أُدخلت رسالة واحدة.
    [two] أُدخلت رسالتان.
    [few] أُدخلت { $count } رسائل.
    [many] أُدخلت { $count } رسالة.
   *[other] أُدخلت { $count } رسالة.
}
