articles-hint = Kirim apa yang harus saya baca: /add dan sebuah tautan, atau /add dan sebuah teks. Atau kirimi saya berkas, atau balas sebuah pesan, tautan, atau berkas dengan /add.
articles-own-words = Itu pesan saya sendiri. Saya hanya menambahkan tulisan orang lain.
articles-nothing-to-read = Saya tidak menemukan teks di sini. Saya membaca teks, tautan, berkas, dan pesan terusan.
articles-too-large = { $name } lebih dari { $megabytes } MB, melebihi yang bisa saya baca. Kirim berkas yang lebih kecil, atau tautan artikelnya.
articles-file-gone = Telegram tidak lagi memberi saya berkas ini. Silakan kirim sekali lagi.
articles-file-not-fetched = Saya tidak bisa mengambil berkas ini dari Telegram. Silakan kirim sekali lagi.
articles-none = Tidak ada artikel di dalamnya.
articles-added = Ditambahkan:
articles-updated = Diperbarui:
articles-duplicate = Sudah ada:
articles-added-count = Ditambahkan: { $count } artikel.
articles-updated-count = Diperbarui: { $count } artikel.
articles-duplicate-count = Sudah ada: { $count } artikel.
articles-ask = Tanyakan kepada saya tentang itu.
articles-reading = Membaca: { $done } dari { $total } artikel …
articles-offer = { $count ->
    [one] Saya baca halaman ini? Setelah itu Anda dapat bertanya tentangnya.
   *[other] Saya baca { $count } halaman ini? Setelah itu Anda dapat bertanya tentangnya.
}
articles-add-button = Baca
articles-offer-gone = Pesan Anda sudah tidak ada. Kirim tautannya sekali lagi.
