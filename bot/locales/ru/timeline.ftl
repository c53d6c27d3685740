timeline-heading = Что происходило: { $subject }
timeline-nothing = У меня нет сообщений с датой об этом.
timeline-which = О чём? Например: /timeline посольство в Багдаде
timeline-otherwise = { $source } сообщает: { $value }
timeline-how = Предложения выбраны из статей и стоят на дне, о котором говорят, или на дне публикации.
