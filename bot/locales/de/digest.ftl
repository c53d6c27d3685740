digest-new =
    Neu seit dem letzten Überblick: { $count ->
        [one] ein Artikel
       *[other] { $count } Artikel
    }.
digest-more = und { $count } weitere: /sources
digest-ask = Fragen Sie mich danach.
