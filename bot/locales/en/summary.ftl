summary-chosen = Sentences chosen from the article itself.
summary-written = Written by { $model } and checked against the quotes.
summary-chosen-from-articles = Sentences chosen from the articles themselves.
summary-written-from-articles = Written by { $model } and checked against the articles.
summary-quoted-own = What stands in quotation marks is an article's own sentence.
summary-not-whole = The model did not get to the end; something may be missing.
summary-which = Which article? Reply with /summary to a link, a file, a post or an answer of mine, or send /summary and a link.
