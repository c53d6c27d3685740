summary-chosen = Kalimat dipilih dari artikel itu sendiri.
summary-written = Ditulis oleh { $model } dan diperiksa dengan kutipannya.
summary-chosen-from-articles = Kalimat dipilih dari artikel-artikel itu sendiri.
summary-written-from-articles = Ditulis oleh { $model } dan diperiksa dengan artikelnya.
summary-quoted-own = Yang di dalam tanda kutip adalah kalimat asli artikelnya.
summary-not-whole = Model tidak sampai ke akhir; mungkin ada yang kurang.
summary-which = Artikel yang mana? Balas tautan, berkas, pesan, atau jawaban saya dengan /summary, atau kirim /summary dan tautan.
