status-articles = Artículos: { $articles } · pasajes: { $passages }
status-models = Modelos: { $chat } · { $embedding }
status-feeds = Canales: { $feeds } · con errores: { $failing } · en pausa: { $paused }
status-queue = Mensajes en espera: { $waiting }
status-today = Preguntas de hoy: { $questions } · coste: { $cost } dólares
status-fine = Todo funciona.
status-wrong = Lo que falla:
status-log = Lo último del registro:
