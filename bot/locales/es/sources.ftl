sources-empty = Aquí todavía no hay artículos. Añade uno con /add y un enlace, o envíame un archivo.
sources-total = { $total ->
    [one] 1 artículo
   *[other] { $total } artículos
}
sources-page = { $total }, { $first }–{ $last }
sources-newer = ‹ Más nuevos
sources-older = Más antiguos ›
