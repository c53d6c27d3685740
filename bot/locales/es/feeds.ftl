feeds-empty = Aquí todavía no sigo ningún canal de noticias. Envía /feeds y la dirección de un sitio o de un canal; después se podrá preguntar en este chat por lo que publique.
feeds-title = { $count ->
    [one] Aquí sigo 1 canal:
   *[other] Aquí sigo { $count } canales:
}
feeds-articles = { $count ->
    [one] 1 artículo
   *[other] { $count } artículos
}
feeds-checked-today = visto a las { $time }
feeds-checked = visto el { $date }
feeds-never = aún sin ver
feeds-problem = La última vez no se pudo leer; lo intento más tarde.
feeds-paused = Ya no se puede leer, así que dejé de intentarlo.
feeds-hint = Para seguir otro: /feeds y su dirección. Para dejar de seguir uno, pulsa su número.
feeds-stop = ✕ { $number }
feeds-following = Desde ahora sigo { $title }.
feeds-known = Ya sigo { $title }.
feeds-nothing-new = Ahora mismo no tiene artículos que yo pueda leer.
feeds-others = El sitio tiene también otros canales:
feeds-removed = Ya no lo sigo. Sus artículos se quedan.
feeds-gone = Ya no está en la lista.
feeds-admins-only = Solo los administradores de este grupo pueden cambiar sus canales.
feeds-too-many = { $count ->
    [one] Este chat sigue 1 canal, todo lo permitido. Para dejarlo, envía /feeds y pulsa su número.
   *[other] Este chat sigue { $count } canales, todos los permitidos. Para dejar uno, envía /feeds y pulsa su número.
}
feeds-off = Los canales están desactivados aquí.
feeds-no-address = ¿Cuál? Envía /feeds y la dirección de un sitio o de un canal, o responde con /feeds a un mensaje con un enlace o un archivo OPML.
feeds-imported = { $count ->
    [0] No hay canales nuevos en esta lista.
    [one] 1 canal añadido. Lo leo en los próximos minutos.
   *[other] { $count } canales añadidos. Los leo en los próximos minutos.
}
feeds-imported-known = { $count ->
    [one] 1 ya estaba.
   *[other] { $count } ya estaban.
}
feeds-exported = Los canales de este chat, para cualquier lector. Envíamelo con /feeds para seguirlos en otro sitio.
