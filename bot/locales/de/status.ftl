status-articles = Artikel: { $articles } · Stellen: { $passages }
status-models = Modelle: { $chat } · { $embedding }
status-feeds = Feeds: { $feeds } · mit Fehlern: { $failing } · pausiert: { $paused }
status-queue = Wartende Nachrichten: { $waiting }
status-today = Fragen heute: { $questions } · Kosten: { $cost } US-Dollar
status-fine = Alles läuft.
status-wrong = Was nicht stimmt:
status-log = Zuletzt im Protokoll:
