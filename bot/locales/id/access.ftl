access-private-bot = Maaf, bot ini pribadi. Pemiliknya dapat memberi Anda akses; id Telegram Anda { $id }.
access-limit-user = Hari ini Anda sudah mengajukan { $count } pertanyaan. Anda dapat bertanya lagi pukul { $time } ({ $zone }).
access-limit-chat = Hari ini sudah ada { $count } pertanyaan di obrolan ini. Saya menjawab lagi di sini pukul { $time } ({ $zone }).
access-no-questions-user = Saya tidak menerima pertanyaan: pemilik saya mengizinkan 0 sehari untuk setiap orang.
access-no-questions-chat = Saya tidak menerima pertanyaan: pemilik saya mengizinkan 0 sehari untuk setiap obrolan.
access-only-admins-add = Di grup ini hanya admin yang menambahkan artikel.
