sources-empty = Hier gibt es noch keine Artikel. Fügen Sie mit /add und einem Link einen hinzu, oder schicken Sie mir eine Datei.
sources-total = { $total ->
    [one] 1 Artikel
   *[other] { $total } Artikel
}
sources-page = { $total }, { $first }–{ $last }
sources-newer = ‹ Neuere
sources-older = Ältere ›
