help-start =
    Leo las noticias por ti y respondo preguntas sobre ellas.
    Cada respuesta muestra la frase en la que se basa; si los artículos no lo dicen, te lo digo.
    Prueba: ¿Cuántos cohetes alcanzaron la embajada en Bagdad?

    Envíame un enlace, un archivo o una publicación reenviada y lo añado. Con /help ves lo demás.
help-heading = Esto es lo que puedo hacer:
help-command = { $command } – { $description }
help-private = En un chat privado cada mensaje es una pregunta; los enlaces, archivos y publicaciones reenviadas se añaden.
help-group = En un grupo, pregunta con /ask, mencióname o responde a uno de mis mensajes.
help-unknown = No conozco ese comando. Con /help ves lo que puedo hacer.
