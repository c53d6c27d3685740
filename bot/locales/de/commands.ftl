commands-ask = eine Frage zu den Nachrichten: /ask Wie viele Raketen trafen?
commands-new = ein neues Gespräch beginnen
commands-cancel = die Antwort auf meine Frage anhalten
commands-add = einen Link, Text, eine Datei oder die beantwortete Nachricht hinzufügen
commands-sources = die Artikel, aus denen ich antworte
commands-settings = Sprache, Länge der Antworten und mehr
commands-help = was ich kann
