replies-declined = Los artículos que tengo no lo dicen.
replies-quoted = No puedo dar una respuesta corta, pero esto es lo que dicen los artículos:
replies-related = Sobre este tema tengo:
replies-no-date = sin fecha
replies-untitled = Sin título
replies-quote-opens = «
replies-quote-closes = »
replies-differ = Los artículos no coinciden: { $values }.
replies-others-say = Otros artículos dicen: { $values }.
replies-earlier = { $newer } · antes, { $older }
replies-headline = El titular dice «{ $headline }» [{ $n }].
replies-headline-and-text = El titular dice «{ $headline }»; el texto, «{ $text }» [{ $n }].
replies-no-model = El modelo de lenguaje no respondió.
replies-no-model-quotes = El modelo de lenguaje no respondió; aquí tienes citas en su lugar.
replies-another-model = Un modelo de lenguaje no respondió, así que lo hizo otro.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = actualizado el { $date }
replies-also = también en { $sources }
