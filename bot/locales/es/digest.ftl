digest-heading = Novedades: { $stories ->
    [one] 1 tema
   *[other] { $stories } temas
} en { $articles ->
    [one] 1 artículo
   *[other] { $articles } artículos
}
digest-reported-by = según { $sources }
digest-and-others = { $count ->
    [one] 1 más
   *[other] { $count } más
}
digest-more-reports = { $count ->
    [one] – y 1 artículo más
   *[other] – y { $count } artículos más
}
digest-back = ‹ Atrás
digest-next = Siguiente ›
digest-nothing = No ha llegado nada nuevo. /digest 3d mira tres días, /digest 1w una semana.
digest-ask = Pregúntame por ellos.
