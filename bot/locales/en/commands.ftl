# One line in Telegram's menu and in /help, at most 256 characters.
commands-ask = ask about the news: /ask How many rockets hit?
commands-new = start a new conversation
commands-cancel = stop the answer to my question
commands-add = add a link, a text, a file, or the message you reply to
commands-sources = list the articles I answer from
commands-settings = language, length of answers and more
commands-help = what I can do
