replies-declined = The articles I have don't say.
replies-quoted = I can't give a short answer, but this is what the articles say:
# Above a list of articles, when none of them answers the question.
replies-related = On this subject I have:
# In the place of an article's date and title.
replies-no-date = no date
replies-untitled = Untitled
# Around a sentence of an article.
replies-quote-opens = “
replies-quote-closes = ”
# $values: three (Reuters, 5 May) [1], four (BBC, 5 May) [2]
replies-differ = Reports differ: { $values }.
replies-others-say = Other reports say { $values }.
# 5 May: twelve (BBC) [1] · earlier, 3 May: nine (Reuters) [2]
replies-earlier = { $newer } · earlier, { $older }
replies-headline = The headline says “{ $headline }” [{ $n }].
replies-headline-and-text = The headline says “{ $headline }”, the text “{ $text }” [{ $n }].
replies-no-model = The language model did not answer.
replies-no-model-quotes = The language model did not answer; here are quotes instead.
replies-another-model = One language model did not answer, so another one did.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = updated { $date }
replies-also = also in { $sources }
