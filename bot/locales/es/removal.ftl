removal-empty = En este chat no se ha añadido nada. Lo demás de /sources es de todos.
removal-which = ¿Cuál quito? Pulsa su número.
removal-done = Quitado. Ya no respondo con ese artículo.
removal-unknown = No hay tal artículo en la colección de este chat. /remove muestra los que hay.
removal-admins-only = Solo los administradores de este grupo pueden quitar artículos.
