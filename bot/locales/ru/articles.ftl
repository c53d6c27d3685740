articles-hint = Пришлите то, что мне прочитать: /add и ссылку или /add и текст. Или пришлите файл, или ответьте командой /add на сообщение, ссылку или файл.
articles-own-words = Это моё собственное сообщение. Я добавляю только то, что написали другие.
articles-nothing-to-read = Здесь нет текста. Я читаю тексты, ссылки, файлы и пересланные посты.
articles-too-large = { $name } больше { $megabytes } МБ — столько я прочитать не могу. Пришлите файл поменьше или ссылку на статью.
articles-file-gone = Telegram больше не отдаёт мне этот файл. Пришлите его ещё раз.
articles-file-not-fetched = Не удалось получить этот файл от Telegram. Пришлите его ещё раз.
articles-none = Статей в нём не оказалось.
articles-added = Добавлено:
articles-updated = Обновлено:
articles-duplicate = Уже есть:
articles-added-count = { $count ->
    [one] Добавлена { $count } статья.
    [few] Добавлены { $count } статьи.
   *[many] Добавлено { $count } статей.
}
articles-updated-count = { $count ->
    [one] Обновлена { $count } статья.
    [few] Обновлены { $count } статьи.
   *[many] Обновлено { $count } статей.
}
articles-duplicate-count = { $count ->
    [one] Уже есть: { $count } статья.
    [few] Уже есть: { $count } статьи.
   *[many] Уже есть: { $count } статей.
}
articles-ask = Спросите меня об этом.
articles-reading = Читаю: { $done } из { $total } …
articles-offer = { $count ->
    [one] Прочитать эту страницу? Потом о ней можно будет спрашивать.
    [few] Прочитать эти { $count } страницы? Потом о них можно будет спрашивать.
   *[many] Прочитать эти { $count } страниц? Потом о них можно будет спрашивать.
}
articles-add-button = Прочитать
articles-offer-gone = Вашего сообщения больше нет. Пришлите ссылку ещё раз.
