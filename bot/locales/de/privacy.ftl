privacy-forgotten = { $count ->
    [0] Ich hatte nichts von dem behalten, was Sie schrieben.
    [one] Vergessen: 1 Nachricht von Ihnen.
   *[other] Vergessen: { $count } Nachrichten von Ihnen.
}
privacy-out-group = Ab jetzt behalte ich nichts, was Sie in dieser Gruppe schreiben, und was ich hatte, ist gelöscht. /optin macht es rückgängig.
privacy-out-private = Ab jetzt behalte ich nichts, was Sie in irgendeiner Gruppe schreiben, und was ich hatte, ist gelöscht. /optin macht es rückgängig.
privacy-in-group = Was Sie in dieser Gruppe schreiben, darf wieder zusammengefasst werden.
privacy-in-private = Was Sie schreiben, darf in Gruppen wieder zusammengefasst werden, außer wo Sie es in der Gruppe selbst abgelehnt haben.
privacy-still-out = Sie haben es für alle Gruppen abgelehnt; /optin in unserem privaten Chat macht das rückgängig.
