commands-ask = pregunta sobre las noticias: /ask ¿Cuántos cohetes cayeron?
commands-new = empezar una conversación nueva
commands-cancel = detener la respuesta a mi pregunta
commands-add = añadir un enlace, un texto, un archivo o el mensaje al que respondes
commands-sources = los artículos de los que respondo
commands-settings = idioma, largo de las respuestas y más
commands-help = lo que sé hacer
