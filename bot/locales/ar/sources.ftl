sources-empty = لا توجد مقالات هنا بعد. أضف مقالًا بالأمر {"\u200E"}/add مع رابط، أو أرسل إليّ ملفًا.
sources-total = { $total ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $total } مقالات
    [many] { $total } مقالًا
   *[other] { $total } مقال
}
sources-page = { $total }، { $first }–{ $last }
sources-newer = ‹ الأحدث
sources-older = الأقدم ›
