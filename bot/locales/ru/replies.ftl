replies-declined = В статьях, которые у меня есть, этого не сказано.
replies-quoted = Короткого ответа дать не могу, но вот что говорится в статьях:
replies-related = На эту тему у меня есть:
replies-no-date = без даты
replies-untitled = Без названия
replies-quote-opens = «
replies-quote-closes = »
replies-differ = Сообщения расходятся: { $values }.
replies-others-say = В других сообщениях: { $values }.
replies-earlier = { $newer } · ранее, { $older }
replies-headline = В заголовке — «{ $headline }» [{ $n }].
replies-headline-and-text = В заголовке — «{ $headline }», в тексте — «{ $text }» [{ $n }].
replies-no-model = Языковая модель не ответила.
replies-no-model-quotes = Языковая модель не ответила; вот цитаты вместо неё.
replies-another-model = Одна языковая модель не ответила, поэтому ответила другая.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = обновлено { $date }
replies-also = также в { $sources }
