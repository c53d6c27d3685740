removal-empty = In diesem Chat wurde nichts hinzugefügt. Was sonst in /sources steht, gehört allen.
removal-which = Welchen soll ich entfernen? Tippen Sie auf seine Nummer.
removal-done = Entfernt. Ich antworte nicht mehr daraus.
removal-unknown = Diesen Artikel gibt es in der Sammlung dieses Chats nicht. /remove zeigt, was da ist.
removal-admins-only = Nur Admins dieser Gruppe können Artikel entfernen.
