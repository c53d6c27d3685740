digest-heading = الجديد: { $stories ->
    [one] موضوع واحد
    [two] موضوعان
    [few] { $stories } مواضيع
    [many] { $stories } موضوعًا
   *[other] { $stories } موضوع
} في { $articles ->
    [one] مقال واحد
    [two] مقالين
    [few] { $articles } مقالات
    [many] { $articles } مقالًا
   *[other] { $articles } مقال
}
digest-reported-by = نقلًا عن { $sources }
digest-and-others = { $count ->
    [one] مصدر آخر
    [two] مصدران آخران
    [few] { $count } مصادر أخرى
    [many] { $count } مصدرًا آخر
   *[other] { $count } مصدر آخر
}
digest-more-reports = { $count ->
    [one] – ومقال آخر
    [two] – ومقالان آخران
    [few] – و{ $count } مقالات أخرى
    [many] – و{ $count } مقالًا آخر
   *[other] – و{ $count } مقال آخر
}
digest-back = السابق
digest-next = التالي
digest-nothing = لم يصل جديد. ‎/digest 3d لثلاثة أيام، و‎/digest 1w لأسبوع.
digest-ask = اسألني عنها.
