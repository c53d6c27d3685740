summary-chosen = Предложения выбраны из самой статьи.
summary-written = Написано моделью { $model } и сверено с цитатами.
summary-chosen-from-articles = Предложения выбраны из самих статей.
summary-written-from-articles = Написано моделью { $model } и сверено со статьями.
summary-quoted-own = В кавычках — предложения из самих статей.
summary-not-whole = Модель не дошла до конца, чего-то может не хватать.
summary-which = Какую статью? Ответьте командой /summary на ссылку, файл, пост или мой ответ либо отправьте /summary и ссылку.
