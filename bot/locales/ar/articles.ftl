articles-hint = أرسل ما تريدني أن أقرأه: {"\u200E"}/add مع رابط، أو {"\u200E"}/add مع نص. أو أرسل إليّ ملفًا، أو رُدّ بالأمر {"\u200E"}/add على رسالة أو رابط أو ملف.
articles-own-words = هذه رسالتي أنا. لا أضيف إلا ما كتبه غيري.
articles-nothing-to-read = لا أجد نصًا في هذا. أقرأ النصوص والروابط والملفات والمنشورات المعاد توجيهها.
articles-too-large = حجم { $name } يتجاوز { $megabytes } ميغابايت، وهذا أكثر مما أستطيع قراءته. أرسل ملفًا أصغر أو رابط المقال.
articles-file-gone = لم يعد تيليغرام يعطيني هذا الملف. أرسله مرة أخرى.
articles-file-not-fetched = لم أتمكن من جلب هذا الملف من تيليغرام. أرسله مرة أخرى.
articles-none = لم يكن فيه أي مقال.
articles-added = أُضيف:
articles-updated = حُدّث:
articles-duplicate = موجود من قبل:
articles-added-count = { $count ->
    [zero] لم يُضف أي مقال.
    [one] أُضيف مقال واحد.
    [two] أُضيف مقالان.
    [few] أُضيفت { $count } مقالات.
    [many] أُضيف { $count } مقالًا.
   *[other] أُضيف { $count } مقال.
}
articles-updated-count = { $count ->
    [zero] لم يُحدّث أي مقال.
    [one] حُدّث مقال واحد.
    [two] حُدّث مقالان.
    [few] حُدّثت { $count } مقالات.
    [many] حُدّث { $count } مقالًا.
   *[other] حُدّث { $count } مقال.
}
articles-duplicate-count = { $count ->
    [zero] لا مقالات موجودة من قبل.
    [one] موجود من قبل: مقال واحد.
    [two] موجود من قبل: مقالان.
    [few] موجود من قبل: { $count } مقالات.
    [many] موجود من قبل: { $count } مقالًا.
   *[other] موجود من قبل: { $count } مقال.
}
articles-ask = اسألني عنه.
articles-reading = أقرأ: { $done } من { $total } …
articles-offer = { $count ->
    [one] هل أقرأ هذه الصفحة؟ بعدها يمكنك سؤالي عنها.
    [two] هل أقرأ هاتين الصفحتين؟ بعدها يمكنك سؤالي عنهما.
    [few] هل أقرأ هذه الصفحات الـ { $count }؟ بعدها يمكنك سؤالي عنها.
    [many] هل أقرأ هذه الصفحات الـ { $count }؟ بعدها يمكنك سؤالي عنها.
   *[other] هل أقرأ هذه الصفحات الـ { $count }؟ بعدها يمكنك سؤالي عنها.
}
articles-add-button = اقرأ
articles-offer-gone = رسالتك لم تعد موجودة. أرسل الرابط مرة أخرى.
