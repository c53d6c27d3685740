summary-chosen = Frases escogidas del propio artículo.
summary-written = Escrito por { $model } y comprobado con las citas.
summary-not-whole = El modelo no llegó al final; puede faltar algo.
summary-which = ¿Qué artículo? Responde con /summary a un enlace, un archivo, una publicación o una respuesta mía, o envía /summary y un enlace.
