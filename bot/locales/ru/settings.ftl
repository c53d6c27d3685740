settings-title-private = Ваши настройки. Нажмите на строку, чтобы изменить её.
settings-title-group = Настройки этой группы. Администраторы могут нажать на строку, чтобы изменить её.
settings-language = Язык: { $value }
settings-length = Ответы: { $value }
settings-sources = Источники под ответами: { $value }
settings-adding = Статьи добавляют: { $value }
settings-keeping = Хранить после моего ухода: { $value }
settings-digest = Обзор: { $value }
settings-digest-topic = Обзор в этой теме: { $value }
settings-ask-language = На каком языке мне говорить? Цитаты остаются на языке статьи.
settings-ask-length = Какой длины должны быть мои ответы?
settings-ask-keeping = Сколько мне хранить сказанное здесь и, когда меня удалят из группы, добавленное?
settings-ask-digest = Как часто присылать сюда обзор нового?
settings-ask-time = В какое время? Часовой пояс: { $zone }.
settings-language-own-private = как в Telegram
settings-language-own-group = как в Telegram у каждого
settings-length-short = короткие
settings-length-normal = обычные
settings-length-long = длинные
settings-sources-on = да
settings-sources-off = нет
settings-adding-everyone = все
settings-adding-admins = только администраторы
settings-days =
    { $count ->
        [0] не хранить
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }
settings-digest-off = нет
settings-digest-daily = ежедневно
settings-digest-weekly =
    { $day ->
        [mon] по понедельникам
        [tue] по вторникам
        [wed] по средам
        [thu] по четвергам
        [fri] по пятницам
        [sat] по субботам
       *[sun] по воскресеньям
    }
settings-back = ‹ Назад
settings-saved = Сохранено.
settings-admins-only = Менять мои настройки могут только администраторы этой группы.
settings-outdated = Это меню устарело. Отправьте /settings, чтобы получить новое.
settings-articles = Статьи хранятся: { $value }
settings-ask-articles = Сколько хранить статью в подборке этого чата? Срок считается со дня добавления или последнего обновления.
settings-articles-always = всегда
settings-talk = Разговоры хранятся для обзоров: { $value }
settings-talk-on = да
settings-talk-off = нет
settings-talk-deleted = Сохранено. То, что я хранил из разговоров, удалено.
