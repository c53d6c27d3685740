access-private-bot = Dieser Bot ist leider privat. Sein Betreiber kann Sie zulassen; Ihre Telegram-ID ist { $id }.
access-limit-user =
    { $count ->
        [one] Sie haben heute Ihre eine Frage gestellt.
       *[other] Sie haben heute { $count } Fragen gestellt.
    } Ab { $time } Uhr ({ $zone }) können Sie wieder fragen.
access-limit-chat =
    { $count ->
        [one] In diesem Chat wurde heute die eine Frage gestellt.
       *[other] In diesem Chat wurden heute { $count } Fragen gestellt.
    } Ab { $time } Uhr ({ $zone }) antworte ich hier wieder.
access-no-questions-user = Ich nehme keine Fragen an: Mein Betreiber erlaubt jeder Person 0 am Tag.
access-no-questions-chat = Ich nehme keine Fragen an: Mein Betreiber erlaubt jedem Chat 0 am Tag.
access-only-admins-add = In dieser Gruppe fügen nur Admins Artikel hinzu.
