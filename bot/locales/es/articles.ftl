articles-hint = Envía lo que debo leer: /add y un enlace, o /add y un texto. También puedes enviarme un archivo, o responder con /add a un mensaje, un enlace o un archivo.
articles-own-words = Ese mensaje es mío. Solo añado lo que escriben otros.
articles-nothing-to-read = No encuentro texto aquí. Leo textos, enlaces, archivos y publicaciones reenviadas.
articles-too-large = { $name } pasa de { $megabytes } MB, más de lo que puedo leer. Envía un archivo más pequeño o el enlace del artículo.
articles-file-gone = Telegram ya no me da este archivo. Envíalo otra vez.
articles-file-not-fetched = No pude obtener este archivo de Telegram. Envíalo otra vez.
articles-none = No había ningún artículo.
articles-added = Añadido:
articles-updated = Actualizado:
articles-duplicate = Ya estaba:
articles-added-count = { $count ->
    [one] Añadido: 1 artículo.
   *[other] Añadidos: { $count } artículos.
}
articles-updated-count = { $count ->
    [one] Actualizado: 1 artículo.
   *[other] Actualizados: { $count } artículos.
}
articles-duplicate-count = { $count ->
    [one] Ya estaba: 1 artículo.
   *[other] Ya estaban: { $count } artículos.
}
articles-ask = Pregúntame sobre ello.
articles-reading = Leyendo: { $done } de { $total } artículos …
articles-offer = { $count ->
    [one] ¿Leo esta página? Después podrás preguntarme por ella.
   *[other] ¿Leo estas { $count } páginas? Después podrás preguntarme por ellas.
}
articles-add-button = Leer
articles-offer-gone = Tu mensaje ya no está. Envíame el enlace otra vez.
