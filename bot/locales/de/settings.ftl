settings-title-private = Ihre Einstellungen. Tippen Sie auf eine Zeile, um sie zu ändern.
settings-title-group = Die Einstellungen dieser Gruppe. Admins tippen auf eine Zeile, um sie zu ändern.
settings-language = Sprache: { $value }
settings-length = Antworten: { $value }
settings-sources = Quellen unter Antworten: { $value }
settings-adding = Artikel hinzufügen: { $value }
settings-keeping = Aufbewahren, wenn ich weg bin: { $value }
settings-digest = Überblick: { $value }
settings-digest-topic = Überblick in diesem Thema: { $value }
settings-ask-language = Welche Sprache soll ich sprechen? Zitate bleiben in der Sprache ihres Artikels.
settings-ask-length = Wie lang sollen meine Antworten sein?
settings-ask-keeping = Wie lange darf ich behalten, was hier gesagt wird, und was hinzugefügt wurde, nachdem ich aus dieser Gruppe entfernt wurde?
settings-ask-digest = Wie oft soll ich hier einen Überblick über Neues schicken?
settings-ask-time = Um wie viel Uhr? Es gilt die Zeitzone { $zone }.
settings-language-own-private = wie in Telegram
settings-language-own-group = wie im Telegram jeder Person
settings-length-short = kurz
settings-length-normal = normal
settings-length-long = lang
settings-sources-on = an
settings-sources-off = aus
settings-adding-everyone = alle
settings-adding-admins = nur Admins
settings-days =
    { $count ->
        [0] gar nicht
        [one] { $count } Tag
       *[other] { $count } Tage
    }
settings-digest-off = aus
settings-digest-daily = täglich
settings-digest-weekly =
    { $day ->
        [mon] montags
        [tue] dienstags
        [wed] mittwochs
        [thu] donnerstags
        [fri] freitags
        [sat] samstags
       *[sun] sonntags
    }
settings-back = ‹ Zurück
settings-saved = Gespeichert.
settings-admins-only = Nur Admins dieser Gruppe können meine Einstellungen ändern.
settings-outdated = Dieses Menü ist veraltet. /settings schickt ein neues.
settings-articles = Artikel bleiben: { $value }
settings-ask-articles = Wie lange soll ein Artikel in der Sammlung dieses Chats bleiben? Es zählt ab dem Hinzufügen oder der letzten Aktualisierung.
settings-articles-always = immer
settings-talk = Gespräche werden für Überblicke behalten: { $value }
settings-talk-on = ja
settings-talk-off = nein
settings-talk-deleted = Gespeichert. Was ich von den Gesprächen behalten hatte, ist gelöscht.
