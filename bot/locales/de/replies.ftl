replies-declined = In den Artikeln, die ich habe, steht das nicht.
replies-quoted = Eine kurze Antwort kann ich nicht geben, aber das steht in den Artikeln:
replies-related = Zu diesem Thema habe ich:
replies-no-date = ohne Datum
replies-untitled = Ohne Titel
replies-quote-opens = „
replies-quote-closes = “
replies-differ = Die Berichte widersprechen sich: { $values }.
replies-others-say = In anderen Berichten steht: { $values }.
replies-earlier = { $newer } · zuvor { $older }
replies-headline = In der Überschrift steht „{ $headline }“ [{ $n }].
replies-headline-and-text = In der Überschrift steht „{ $headline }“, im Text „{ $text }“ [{ $n }].
replies-no-model = Das Sprachmodell hat nicht geantwortet.
replies-no-model-quotes = Das Sprachmodell hat nicht geantwortet; hier sind stattdessen Zitate.
replies-another-model = Ein Sprachmodell hat nicht geantwortet; ein anderes ist eingesprungen.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = aktualisiert am { $date }
replies-also = auch bei { $sources }
