privacy-forgotten = { $count ->
    [0] No guardaba nada de lo que escribiste.
    [one] Olvidado: 1 mensaje tuyo.
   *[other] Olvidados: { $count } mensajes tuyos.
}
privacy-out-group = Desde ahora no guardo nada de lo que escribes en este grupo, y lo que tenía está borrado. /optin lo deshace.
privacy-out-private = Desde ahora no guardo nada de lo que escribes en ningún grupo, y lo que tenía está borrado. /optin lo deshace.
privacy-in-group = Lo que escribes en este grupo puede volver a los resúmenes.
privacy-in-private = Lo que escribes puede volver a los resúmenes de grupos, salvo donde lo rechazaste en el propio grupo.
privacy-still-out = Lo rechazaste para todos los grupos; /optin en nuestro chat privado lo deshace.
