digest-heading = Что нового: { $stories ->
    [one] { $stories } тема
    [few] { $stories } темы
   *[many] { $stories } тем
}, { $articles ->
    [one] { $articles } статья
    [few] { $articles } статьи
   *[many] { $articles } статей
}
digest-reported-by = сообщают: { $sources }
digest-and-others = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
   *[many] и ещё { $count }
}
digest-more-reports = { $count ->
    [one] – и ещё { $count } статья
    [few] – и ещё { $count } статьи
   *[many] – и ещё { $count } статей
}
digest-back = ‹ Назад
digest-next = Дальше ›
digest-nothing = Ничего нового не пришло. /digest 3d покажет три дня, /digest 1w — неделю.
digest-ask = Спросите меня об этом.
