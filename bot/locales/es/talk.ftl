talk-hello = { $count ->
    [0] Desde ahora guardo lo que se dice aquí solo mientras lo necesito. /forget borra lo que escribiste, /optout lo deja fuera.
    [one] Desde ahora guardo lo que se dice aquí durante 1 día, para resumirlo con /catchup a quien no estaba. /forget borra lo que escribiste, /optout lo deja fuera.
   *[other] Desde ahora guardo lo que se dice aquí durante { $count } días, para resumirlo con /catchup a quien no estaba. /forget borra lo que escribiste, /optout lo deja fuera.
}
talk-hello-part = El modo de privacidad de Telegram me oculta la mayoría de los mensajes; si me hacen administrador, los veo todos.
talk-only-groups = /catchup resume de qué habló un grupo. Envíalo en el grupo.
talk-off = No guardo lo que se dice aquí. Un administrador puede activarlo en /settings.
talk-how = /catchup cuenta lo nuevo desde tu última vez, /catchup 200 los últimos 200 mensajes, /catchup 3h tres horas, /catchup today el día de hoy. Los administradores también pueden enviar /catchup export, /catchup wipe y /catchup import.
talk-nothing = Aquí no se ha dicho nada nuevo.
talk-heading = { $group }: lo que te perdiste
talk-in-private = Te lo envié en privado.
talk-messages = { $count ->
    [one] 1 mensaje
   *[other] { $count } mensajes
}
talk-chosen = Con las palabras de cada persona.
talk-written = Escrito por { $model } y comprobado con los mensajes.
talk-left-out = { $count ->
    [one] Quedó 1 mensaje sin leer.
   *[other] Quedaron { $count } mensajes sin leer.
}
talk-sees-part = Veo solo una parte de lo que se dice aquí (modo de privacidad).
talk-decision = Decidido –
talk-question = Pregunta abierta –
talk-link = Enlace –
talk-message = mensaje
talk-news-supports = Los artículos también lo dicen:
talk-news-contradicts = Los artículos dicen otra cosa:
talk-news-silent = Los artículos no lo dicen.
talk-admins-only = Eso solo pueden hacerlo los administradores de este grupo.
talk-log-empty = No guardo nada de lo que se dijo aquí.
talk-start-me = No puedo escribirte en privado. Abre un chat conmigo, pulsa Iniciar y envía esto otra vez con tu propio nombre.
talk-exported = { $group }: lo que se dijo allí, hasta donde lo guardo
talk-wiped = { $count ->
    [0] No había nada que borrar.
    [one] Borrado: 1 mensaje.
   *[other] Borrados: { $count } mensajes.
}
talk-import-how = Exporta este chat con Telegram Desktop (JSON legible por máquina) y envíame aquí su result.json con el texto /catchup import.
talk-import-other = Este archivo no contiene una exportación de este chat. Exporta este chat y envía su result.json.
talk-imported = { $count ->
    [0] No había nada nuevo que pueda guardar.
    [one] Incorporado: 1 mensaje.
   *[other] Incorporados: { $count } mensajes.
}
