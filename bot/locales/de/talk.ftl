talk-hello = { $count ->
    [0] Ab jetzt behalte ich, was hier gesagt wird, nur so lange wie nötig. /forget löscht, was Sie geschrieben haben, /optout lässt es weg.
    [one] Ab jetzt behalte ich 1 Tag lang, was hier gesagt wird, um es mit /catchup für alle zusammenzufassen, die nicht da waren. /forget löscht, was Sie geschrieben haben, /optout lässt es weg.
   *[other] Ab jetzt behalte ich { $count } Tage lang, was hier gesagt wird, um es mit /catchup für alle zusammenzufassen, die nicht da waren. /forget löscht, was Sie geschrieben haben, /optout lässt es weg.
}
talk-hello-part = Telegrams Privatsphäre-Modus verbirgt mir die meisten Nachrichten; macht mich ein Admin zum Admin, sehe ich alle.
talk-only-groups = /catchup fasst zusammen, worüber eine Gruppe sprach. Schicken Sie es in der Gruppe.
talk-off = Ich behalte nicht, was hier gesagt wird. Ein Admin kann das in /settings einschalten.
talk-how = /catchup erzählt, was seit Ihrem letzten Mal kam, /catchup 200 die letzten 200 Nachrichten, /catchup 3h drei Stunden, /catchup today den heutigen Tag. Admins können auch /catchup export, /catchup wipe und /catchup import schicken.
talk-nothing = Hier wurde nichts Neues gesagt.
talk-heading = { $group }: was Sie verpasst haben
talk-in-private = Ich habe es Ihnen privat geschickt.
talk-messages = { $count ->
    [one] 1 Nachricht
   *[other] { $count } Nachrichten
}
talk-chosen = In den eigenen Worten der Leute.
talk-written = Geschrieben von { $model } und mit den Nachrichten verglichen.
talk-left-out = { $count ->
    [one] 1 Nachricht war zu viel zum Lesen.
   *[other] { $count } Nachrichten waren zu viele zum Lesen.
}
talk-sees-part = Ich sehe nur einen Teil dessen, was hier gesagt wird (Privatsphäre-Modus).
talk-decision = Beschlossen –
talk-question = Offene Frage –
talk-link = Link –
talk-message = Nachricht
talk-news-supports = Die Artikel sagen das auch:
talk-news-contradicts = Die Artikel sagen es anders:
talk-news-silent = Die Artikel sagen dazu nichts.
talk-admins-only = Das können nur Admins dieser Gruppe.
talk-log-empty = Ich habe nichts von dem behalten, was hier gesagt wurde.
talk-start-me = Ich kann Ihnen nicht privat schreiben. Öffnen Sie einen Chat mit mir, drücken Sie auf Start und schicken Sie das noch einmal unter Ihrem eigenen Namen.
talk-exported = { $group }: was dort gesagt wurde, soweit ich es behalten habe
talk-wiped = { $count ->
    [0] Es gab nichts zu löschen.
    [one] Gelöscht: 1 Nachricht.
   *[other] Gelöscht: { $count } Nachrichten.
}
talk-import-how = Exportieren Sie diesen Chat mit Telegram Desktop (maschinenlesbares JSON) und schicken Sie die Datei result.json hierher, mit der Beschriftung /catchup import.
talk-import-other = Diese Datei enthält keinen Export dieses Chats. Exportieren Sie diesen Chat und schicken Sie seine result.json.
talk-imported = { $count ->
    [0] Darin war nichts Neues, das ich behalten darf.
    [one] Übernommen: 1 Nachricht.
   *[other] Übernommen: { $count } Nachrichten.
}
