access-private-bot = Lo siento, este bot es privado. Su dueño puede darte acceso; tu id de Telegram es { $id }.
access-limit-user =
    { $count ->
        [one] Ya has hecho tu única pregunta de hoy.
       *[other] Hoy has hecho { $count } preguntas.
    } Puedes volver a preguntar a las { $time } ({ $zone }).
access-limit-chat =
    { $count ->
        [one] En este chat ya se ha hecho la única pregunta de hoy.
       *[other] En este chat se han hecho hoy { $count } preguntas.
    } Aquí vuelvo a responder a las { $time } ({ $zone }).
access-no-questions-user = No acepto preguntas: mi dueño permite 0 al día a cada persona.
access-no-questions-chat = No acepto preguntas: mi dueño permite 0 al día a cada chat.
access-only-admins-add = En este grupo solo los administradores añaden artículos.
