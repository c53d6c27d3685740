replies-declined = Artikel yang saya punya tidak menyebutkannya.
replies-quoted = Saya tidak bisa memberi jawaban singkat, tetapi inilah kata artikelnya:
replies-related = Tentang topik ini saya punya:
replies-no-date = tanpa tanggal
replies-untitled = Tanpa judul
replies-quote-opens = “
replies-quote-closes = ”
replies-differ = Laporannya berbeda: { $values }.
replies-others-say = Laporan lain menyebutkan: { $values }.
replies-earlier = { $newer } · sebelumnya, { $older }
replies-headline = Judulnya menyebutkan “{ $headline }” [{ $n }].
replies-headline-and-text = Judulnya menyebutkan “{ $headline }”, isinya “{ $text }” [{ $n }].
replies-no-model = Model bahasanya tidak menjawab.
replies-no-model-quotes = Model bahasanya tidak menjawab; inilah kutipan sebagai gantinya.
replies-another-model = Satu model bahasa tidak menjawab, jadi model lain yang menjawab.
# Behind an article's source and date: when the quoted words came in, and who else carries the article.
replies-updated = diperbarui { $date }
replies-also = juga di { $sources }
