summary-chosen = Kalimat dipilih dari artikel itu sendiri.
summary-written = Ditulis oleh { $model } dan diperiksa dengan kutipannya.
summary-not-whole = Model tidak sampai ke akhir; mungkin ada yang kurang.
summary-which = Artikel yang mana? Balas tautan, berkas, pesan, atau jawaban saya dengan /summary, atau kirim /summary dan tautan.
