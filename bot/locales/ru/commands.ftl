commands-ask = вопрос о новостях: /ask Сколько ракет попало?
commands-new = начать новый разговор
commands-cancel = остановить ответ на мой вопрос
commands-add = добавить ссылку, текст, файл или сообщение, на которое вы отвечаете
commands-sources = статьи, по которым я отвечаю
commands-settings = язык, длина ответов и другое
commands-help = что я умею
