feeds-empty = Ich folge hier noch keinem Feed. Schicken Sie /feeds und die Adresse einer Website oder eines Feeds; nach dem, was dort erscheint, kann man dann in diesem Chat fragen.
feeds-title = { $count ->
    [one] Ich folge hier 1 Feed:
   *[other] Ich folge hier { $count } Feeds:
}
feeds-articles = { $count ->
    [one] 1 Artikel
   *[other] { $count } Artikel
}
feeds-checked-today = angesehen um { $time }
feeds-checked = angesehen am { $date }
feeds-never = noch nicht angesehen
feeds-problem = Beim letzten Mal war er nicht zu lesen; ich versuche es später noch einmal.
feeds-paused = Er ist nicht mehr zu lesen, darum versuche ich es nicht weiter.
feeds-hint = Um einem weiteren zu folgen: /feeds und seine Adresse. Um einem nicht mehr zu folgen, tippen Sie auf seine Nummer.
feeds-stop = ✕ { $number }
feeds-following = Ich folge jetzt { $title }.
feeds-known = Ich folge { $title } schon.
feeds-nothing-new = Zurzeit gibt es dort keine Artikel, die ich lesen kann.
feeds-others = Die Website hat noch andere Feeds:
feeds-removed = Ich folge ihm nicht mehr. Seine Artikel bleiben.
feeds-gone = Er steht nicht mehr in der Liste.
feeds-admins-only = Nur Admins dieser Gruppe können ihre Feeds ändern.
feeds-too-many = { $count ->
    [one] Dieser Chat folgt 1 Feed, mehr darf er nicht. Um ihm nicht mehr zu folgen, schicken Sie /feeds und tippen auf seine Nummer.
   *[other] Dieser Chat folgt { $count } Feeds, mehr darf er nicht. Um einem nicht mehr zu folgen, schicken Sie /feeds und tippen auf seine Nummer.
}
feeds-off = Feeds sind hier abgeschaltet.
feeds-no-address = Welchem? Schicken Sie /feeds und die Adresse einer Website oder eines Feeds, oder antworten Sie mit /feeds auf eine Nachricht mit einem Link oder einer OPML-Datei.
feeds-imported = { $count ->
    [0] In dieser Liste sind keine neuen Feeds.
    [one] 1 Feed aufgenommen. Ich lese ihn in den nächsten Minuten.
   *[other] { $count } Feeds aufgenommen. Ich lese sie in den nächsten Minuten.
}
feeds-imported-known = { $count ->
    [one] 1 war schon da.
   *[other] { $count } waren schon da.
}
feeds-exported = Die Feeds dieses Chats, für jeden Feedreader. Schicken Sie mir die Datei mit /feeds, um ihnen anderswo zu folgen.
