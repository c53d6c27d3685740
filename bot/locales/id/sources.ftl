sources-empty = Belum ada artikel di sini. Tambahkan dengan /add dan sebuah tautan, atau kirimi saya berkas.
sources-total = { $total } artikel
sources-page = { $total }, { $first }–{ $last }
sources-newer = ‹ Lebih baru
sources-older = Lebih lama ›
