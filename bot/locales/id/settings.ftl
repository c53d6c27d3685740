settings-title-private = Pengaturan Anda. Ketuk satu baris untuk mengubahnya.
settings-title-group = Pengaturan grup ini. Admin dapat mengetuk satu baris untuk mengubahnya.
settings-language = Bahasa: { $value }
settings-length = Jawaban: { $value }
settings-sources = Sumber di bawah jawaban: { $value }
settings-adding = Artikel ditambahkan oleh: { $value }
settings-keeping = Disimpan setelah saya keluar: { $value }
settings-digest = Ringkasan: { $value }
settings-digest-topic = Ringkasan di topik ini: { $value }
settings-ask-language = Saya harus berbicara dalam bahasa apa? Kutipan tetap dalam bahasa artikelnya.
settings-ask-length = Seberapa panjang jawaban saya?
settings-ask-keeping = Berapa lama saya boleh menyimpan percakapan di sini dan, setelah saya dikeluarkan dari grup ini, apa yang ditambahkan?
settings-ask-digest = Seberapa sering saya mengirim ringkasan hal baru di sini?
settings-ask-time = Pukul berapa? Menurut zona waktu { $zone }.
settings-language-own-private = seperti di Telegram
settings-language-own-group = seperti di Telegram setiap orang
settings-length-short = pendek
settings-length-normal = biasa
settings-length-long = panjang
settings-sources-on = ya
settings-sources-off = tidak
settings-adding-everyone = semua orang
settings-adding-admins = hanya admin
settings-days =
    { $count ->
        [0] tidak disimpan
       *[other] { $count } hari
    }
settings-digest-off = tidak
settings-digest-daily = setiap hari
settings-digest-weekly =
    { $day ->
        [mon] setiap Senin
        [tue] setiap Selasa
        [wed] setiap Rabu
        [thu] setiap Kamis
        [fri] setiap Jumat
        [sat] setiap Sabtu
       *[sun] setiap Minggu
    }
settings-back = ‹ Kembali
settings-saved = Tersimpan.
settings-admins-only = Hanya admin grup ini yang dapat mengubah pengaturan saya.
settings-outdated = Menu ini sudah usang. Kirim /settings untuk yang baru.
settings-articles = Artikel disimpan: { $value }
settings-ask-articles = Berapa lama artikel disimpan dalam koleksi obrolan ini? Dihitung sejak ditambahkan atau terakhir diperbarui.
settings-articles-always = selalu
settings-talk = Percakapan disimpan untuk ringkasan: { $value }
settings-talk-on = ya
settings-talk-off = tidak
settings-talk-deleted = Tersimpan. Percakapan yang saya simpan sudah dihapus.
