access-private-bot = Sorry, this bot is private. Its owner can let you in; your Telegram id is { $id }.
access-limit-user =
    { $count ->
        [one] You have asked your one question for today.
       *[other] You have asked { $count } questions today.
    } You can ask again at { $time } ({ $zone }).
access-limit-chat =
    { $count ->
        [one] This chat has asked its one question for today.
       *[other] This chat has asked { $count } questions today.
    } I answer here again at { $time } ({ $zone }).
access-no-questions-user = I take no questions: my owner has set the number for each person to 0 a day.
access-no-questions-chat = I take no questions: my owner has set the number for each chat to 0 a day.
access-only-admins-add = In this group only admins add articles.
