help-start =
    Ich lese für Sie die Nachrichten und beantworte Fragen dazu.
    Jede Antwort zeigt den Satz, auf dem sie beruht; steht etwas nicht in den Artikeln, sage ich das.
    Zum Beispiel: Wie viele Raketen trafen die Botschaft in Bagdad?

    Schicken Sie mir einen Link, eine Datei oder einen weitergeleiteten Beitrag, dann nehme ich ihn auf. /help zeigt alles Weitere.
help-heading = Das kann ich:
help-command = { $command } – { $description }
help-private = Im privaten Chat ist jede Nachricht eine Frage; Links, Dateien und weitergeleitete Beiträge nehme ich auf.
help-group = In einer Gruppe fragen Sie mit /ask, erwähnen mich oder antworten auf eine meiner Nachrichten.
help-unknown = Diesen Befehl kenne ich nicht. /help zeigt, was ich kann.
