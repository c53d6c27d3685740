digest-new =
    الجديد منذ آخر ملخص: { $count ->
        [one] مقال واحد
        [two] مقالان
        [few] { $count } مقالات
       [many] { $count } مقالًا
       *[other] { $count } مقال
    }.
digest-more = و{ $count } أخرى: /sources
digest-ask = اسألني عنها.
