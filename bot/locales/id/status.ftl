status-articles = Artikel: { $articles } · kutipan: { $passages }
status-models = Model: { $chat } · { $embedding }
status-feeds = Feed: { $feeds } · bermasalah: { $failing } · dijeda: { $paused }
status-queue = Pesan yang menunggu: { $waiting }
status-today = Pertanyaan hari ini: { $questions } · biaya: { $cost } dolar AS
status-fine = Semuanya berjalan baik.
status-wrong = Yang bermasalah:
status-log = Terakhir di log:
