digest-new =
    Novedades desde el último resumen: { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }.
digest-more = y { $count } más: /sources
digest-ask = Pregúntame sobre ellos.
