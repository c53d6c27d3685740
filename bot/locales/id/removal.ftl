removal-empty = Belum ada yang ditambahkan di obrolan ini. Yang lain di /sources milik semua orang.
removal-which = Yang mana harus saya hapus? Ketuk nomornya.
removal-done = Dihapus. Saya tidak menjawab dari artikel itu lagi.
removal-unknown = Tidak ada artikel seperti itu dalam koleksi obrolan ini. /remove menampilkan yang ada.
removal-admins-only = Hanya admin grup ini yang dapat menghapus artikel.
