digest-heading = Neu: { $stories ->
    [one] 1 Thema
   *[other] { $stories } Themen
} in { $articles ->
    [one] 1 Artikel
   *[other] { $articles } Artikeln
}
digest-reported-by = berichtet von { $sources }
digest-and-others = { $count ->
    [one] 1 weiterer Quelle
   *[other] { $count } weiteren Quellen
}
digest-more-reports = { $count ->
    [one] – und 1 weiterer Artikel
   *[other] – und { $count } weitere Artikel
}
digest-back = ‹ Zurück
digest-next = Weiter ›
digest-nothing = Es kam nichts Neues. /digest 3d zeigt drei Tage, /digest 1w eine Woche.
digest-ask = Fragen Sie mich danach.
