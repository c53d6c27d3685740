talk-hello = { $count ->
    [0] Mulai sekarang saya menyimpan percakapan di sini hanya selama diperlukan. /forget menghapus tulisan Anda, /optout mengecualikannya.
   *[other] Mulai sekarang saya menyimpan percakapan di sini selama { $count } hari, untuk diringkas dengan /catchup bagi yang tidak ada. /forget menghapus tulisan Anda, /optout mengecualikannya.
}
talk-hello-part = Mode privasi Telegram menyembunyikan sebagian besar pesan; jika saya dijadikan admin, saya melihat semuanya.
talk-only-groups = /catchup meringkas percakapan sebuah grup. Kirim di grupnya.
talk-off = Saya tidak menyimpan percakapan di sini. Admin dapat menyalakannya di /settings.
talk-how = /catchup menceritakan yang baru sejak terakhir kali, /catchup 200 untuk 200 pesan terakhir, /catchup 3h untuk tiga jam, /catchup today untuk hari ini. Admin juga dapat mengirim /catchup export, /catchup wipe, dan /catchup import.
talk-nothing = Tidak ada yang baru di sini.
talk-heading = { $group }: yang Anda lewatkan
talk-in-private = Sudah saya kirim secara pribadi.
talk-messages = { $count } pesan
talk-chosen = Dengan kata-kata mereka sendiri.
talk-written = Ditulis oleh { $model } dan diperiksa dengan pesannya.
talk-left-out = { $count } pesan terlalu banyak untuk dibaca.
talk-sees-part = Saya hanya melihat sebagian percakapan di sini (mode privasi).
talk-decision = Diputuskan –
talk-question = Belum terjawab –
talk-link = Tautan –
talk-message = pesan
talk-news-supports = Artikel juga mengatakannya:
talk-news-contradicts = Artikel mengatakan lain:
talk-news-silent = Artikel tidak menyebutkannya.
talk-admins-only = Hanya admin grup ini yang dapat melakukannya.
talk-log-empty = Saya tidak menyimpan percakapan apa pun dari sini.
talk-start-me = Saya tidak dapat menulis kepada Anda secara pribadi. Buka obrolan dengan saya, tekan Mulai, lalu kirim ini lagi dengan nama Anda sendiri.
talk-exported = { $group }: percakapan di sana, sejauh yang saya simpan
talk-wiped = { $count ->
    [0] Tidak ada yang perlu dihapus.
   *[other] Dihapus: { $count } pesan.
}
talk-import-how = Ekspor obrolan ini dengan Telegram Desktop (JSON yang dapat dibaca mesin), lalu kirim result.json ke sini dengan keterangan /catchup import.
talk-import-other = File ini tidak berisi ekspor obrolan ini. Ekspor obrolan ini dan kirim result.json-nya.
talk-imported = { $count ->
    [0] Tidak ada yang baru di dalamnya yang boleh saya simpan.
   *[other] Dimasukkan: { $count } pesan.
}
