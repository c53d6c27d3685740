summary-chosen = Frases escogidas del propio artículo.
summary-written = Escrito por { $model } y comprobado con las citas.
summary-chosen-from-articles = Frases escogidas de los propios artículos.
summary-written-from-articles = Escrito por { $model } y comprobado con los artículos.
summary-quoted-own = Lo que va entre comillas es una frase del propio artículo.
summary-not-whole = El modelo no llegó al final; puede faltar algo.
summary-which = ¿Qué artículo? Responde con /summary a un enlace, un archivo, una publicación o una respuesta mía, o envía /summary y un enlace.
