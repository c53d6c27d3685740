digest-new =
    Новое с прошлого обзора: { $count ->
        [one] { $count } статья
        [few] { $count } статьи
       *[many] { $count } статей
    }.
digest-more = и ещё { $count }: /sources
digest-ask = Спросите меня о них.
