conversation-new = Empezamos de nuevo. ¿Qué quieres saber?
conversation-new-thread = Empezamos de nuevo. Responde a este mensaje con tu pregunta.
conversation-in-groups = En un grupo, al responder a una de mis respuestas seguimos desde ahí. Un nuevo /ask empieza de cero.
