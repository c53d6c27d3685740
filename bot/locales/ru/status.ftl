status-articles = Статьи: { $articles } · отрывки: { $passages }
status-models = Модели: { $chat } · { $embedding }
status-feeds = Ленты: { $feeds } · с ошибками: { $failing } · на паузе: { $paused }
status-queue = Сообщений в очереди: { $waiting }
status-today = Вопросов сегодня: { $questions } · стоимость: { $cost } долл. США
status-fine = Всё работает.
status-wrong = Что не так:
status-log = Последнее в журнале:
