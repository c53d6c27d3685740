settings-title-private = Tus ajustes. Pulsa una línea para cambiarla.
settings-title-group = Los ajustes de este grupo. Los administradores pueden pulsar una línea para cambiarla.
settings-language = Idioma: { $value }
settings-length = Respuestas: { $value }
settings-sources = Fuentes bajo las respuestas: { $value }
settings-adding = Añaden artículos: { $value }
settings-keeping = Guardar tras mi salida: { $value }
settings-digest = Resumen: { $value }
settings-digest-topic = Resumen en este tema: { $value }
settings-ask-language = ¿En qué idioma hablo? Las citas quedan en el idioma de su artículo.
settings-ask-length = ¿Cómo de largas quieres mis respuestas?
settings-ask-keeping = ¿Cuánto tiempo puedo guardar lo que se dice aquí y, cuando me saquen del grupo, lo que se añadió?
settings-ask-digest = ¿Cada cuánto envío aquí un resumen de lo nuevo?
settings-ask-time = ¿A qué hora? Cuenta la hora de { $zone }.
settings-language-own-private = como en Telegram
settings-language-own-group = como en el Telegram de cada persona
settings-length-short = cortas
settings-length-normal = normales
settings-length-long = largas
settings-sources-on = sí
settings-sources-off = no
settings-adding-everyone = todos
settings-adding-admins = solo administradores
settings-days =
    { $count ->
        [0] nunca
        [one] { $count } día
       *[other] { $count } días
    }
settings-digest-off = no
settings-digest-daily = cada día
settings-digest-weekly =
    { $day ->
        [mon] los lunes
        [tue] los martes
        [wed] los miércoles
        [thu] los jueves
        [fri] los viernes
        [sat] los sábados
       *[sun] los domingos
    }
settings-back = ‹ Atrás
settings-saved = Guardado.
settings-admins-only = Solo los administradores de este grupo pueden cambiar mis ajustes.
settings-outdated = Este menú ya no vale. Envía /settings para ver uno nuevo.
settings-articles = Se guardan los artículos: { $value }
settings-ask-articles = ¿Cuánto tiempo queda un artículo en la colección de este chat? Cuenta desde que se añadió o se actualizó por última vez.
settings-articles-always = siempre
settings-talk = Se guarda la charla para resúmenes: { $value }
settings-talk-on = sí
settings-talk-off = no
settings-talk-deleted = Guardado. Lo que tenía de la charla está borrado.
