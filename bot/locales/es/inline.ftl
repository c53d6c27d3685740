inline-hint = Haz una pregunta completa, por ejemplo: ¿cuántos cohetes cayeron?
inline-still-looking = Sigo buscando. Escribe un espacio o «?» para ver la respuesta.
inline-limit = No te quedan preguntas hoy; podrás desde las { $time } ({ $zone }).
inline-no-questions = No acepto preguntas: quien me gestiona no las permite.
inline-declined = Los artículos no lo dicen
inline-differing = Los artículos no coinciden
inline-quoted = Lo que dicen los artículos
