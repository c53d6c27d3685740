feeds-empty = Saya belum mengikuti feed di sini. Kirim /feeds dan alamat situs atau feed; isi terbitannya lalu dapat ditanyakan di obrolan ini.
feeds-title = Saya mengikuti { $count } feed di sini:
feeds-articles = { $count } artikel
feeds-checked-today = dilihat { $time }
feeds-checked = dilihat pada { $date }
feeds-never = belum dilihat
feeds-problem = Terakhir kali tidak dapat dibaca; nanti saya coba lagi.
feeds-paused = Sudah tidak dapat dibaca, jadi saya berhenti mencoba.
feeds-hint = Untuk mengikuti yang lain: /feeds dan alamatnya. Untuk berhenti mengikuti, ketuk nomornya.
feeds-stop = ✕ { $number }
feeds-following = Mulai sekarang saya mengikuti { $title }.
feeds-known = Saya sudah mengikuti { $title }.
feeds-nothing-new = Saat ini tidak ada artikel yang dapat saya baca di sana.
feeds-others = Situs itu juga punya feed lain:
feeds-removed = Saya tidak mengikutinya lagi. Artikelnya tetap ada.
feeds-gone = Sudah tidak ada dalam daftar.
feeds-admins-only = Hanya admin grup ini yang dapat mengubah feed-nya.
feeds-too-many = Obrolan ini mengikuti { $count } feed, sebanyak yang diizinkan. Untuk menghentikan satu, kirim /feeds dan ketuk nomornya.
feeds-off = Feed dimatikan di sini.
feeds-no-address = Yang mana? Kirim /feeds dan alamat situs atau feed, atau balas pesan yang berisi tautan atau berkas OPML dengan /feeds.
feeds-imported = { $count ->
    [0] Tidak ada feed baru dalam daftar ini.
   *[other] { $count } feed ditambahkan. Saya membacanya dalam beberapa menit.
}
feeds-imported-known = { $count } sudah ada.
feeds-exported = Feed obrolan ini, untuk pembaca feed apa pun. Kirim kepada saya dengan /feeds untuk mengikutinya di tempat lain.
