replies-declined = المقالات التي لديّ لا تذكر ذلك.
replies-quoted = لا أستطيع تقديم إجابة قصيرة، لكن هذا ما تقوله المقالات:
replies-related = لديّ في هذا الموضوع:
replies-no-date = بلا تاريخ
replies-untitled = بلا عنوان
replies-quote-opens = «
replies-quote-closes = »
replies-differ = تختلف التقارير: { $values }.
replies-others-say = تقول تقارير أخرى: { $values }.
replies-earlier = { $newer } · وقبل ذلك، { $older }
replies-headline = يقول العنوان «{ $headline }» [{ $n }].
replies-headline-and-text = يقول العنوان «{ $headline }»، ويقول النص «{ $text }» [{ $n }].
replies-no-model = لم يُجب النموذج اللغوي.
replies-no-model-quotes = لم يُجب النموذج اللغوي؛ إليك اقتباسات بدلًا من ذلك.
replies-another-model = لم يُجب أحد النماذج اللغوية، فأجاب نموذج آخر.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = حُدّث في { $date }
replies-also = أيضًا في { $sources }
