summary-chosen = Sätze aus dem Artikel selbst.
summary-written = Geschrieben von { $model } und mit den Zitaten verglichen.
summary-chosen-from-articles = Sätze aus den Artikeln selbst.
summary-written-from-articles = Geschrieben von { $model } und mit den Artikeln verglichen.
summary-quoted-own = Was in Anführungszeichen steht, ist ein Satz aus dem Artikel selbst.
summary-not-whole = Das Modell kam nicht bis zum Ende; es kann etwas fehlen.
summary-which = Welchen Artikel? Antworten Sie mit /summary auf einen Link, eine Datei, einen Beitrag oder eine Antwort von mir, oder schicken Sie /summary und einen Link.
