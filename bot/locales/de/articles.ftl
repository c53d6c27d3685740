articles-hint = Schicken Sie mir, was ich lesen soll: /add und einen Link oder /add und einen Text. Oder schicken Sie eine Datei, oder antworten Sie mit /add auf eine Nachricht, einen Link oder eine Datei.
articles-own-words = Das ist meine eigene Nachricht. Ich nehme nur auf, was andere geschrieben haben.
articles-nothing-to-read = Darin finde ich keinen Text. Ich lese Texte, Links, Dateien und weitergeleitete Beiträge.
articles-too-large = { $name } ist größer als { $megabytes } MB, das ist mir zu viel. Schicken Sie eine kleinere Datei oder den Link zum Artikel.
articles-file-gone = Telegram gibt mir diese Datei nicht mehr. Schicken Sie sie bitte noch einmal.
articles-file-not-fetched = Ich konnte diese Datei nicht von Telegram holen. Schicken Sie sie bitte noch einmal.
articles-none = Darin war kein Artikel.
articles-added = Aufgenommen:
articles-updated = Aktualisiert:
articles-duplicate = Schon vorhanden:
articles-added-count = { $count ->
    [one] Aufgenommen: 1 Artikel.
   *[other] Aufgenommen: { $count } Artikel.
}
articles-updated-count = { $count ->
    [one] Aktualisiert: 1 Artikel.
   *[other] Aktualisiert: { $count } Artikel.
}
articles-duplicate-count = { $count ->
    [one] Schon vorhanden: 1 Artikel.
   *[other] Schon vorhanden: { $count } Artikel.
}
articles-ask = Fragen Sie mich dazu.
articles-reading = Ich lese: { $done } von { $total } Artikeln …
articles-offer = { $count ->
    [one] Soll ich diese Seite lesen? Dann können Sie mich dazu fragen.
   *[other] Soll ich diese { $count } Seiten lesen? Dann können Sie mich dazu fragen.
}
articles-add-button = Lesen
articles-offer-gone = Ihre Nachricht ist nicht mehr da. Schicken Sie mir den Link noch einmal.
