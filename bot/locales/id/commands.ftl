commands-ask = bertanya tentang berita: /ask Berapa roket yang jatuh?
commands-new = memulai percakapan baru
commands-cancel = menghentikan jawaban atas pertanyaan saya
commands-add = menambahkan tautan, teks, berkas, atau pesan yang Anda balas
commands-sources = artikel yang menjadi dasar jawaban saya
commands-settings = bahasa, panjang jawaban, dan lainnya
commands-help = yang bisa saya lakukan
