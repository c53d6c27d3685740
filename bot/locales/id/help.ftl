help-start =
    Saya membaca berita untuk Anda dan menjawab pertanyaan tentangnya.
    Setiap jawaban menunjukkan kalimat yang menjadi dasarnya; kalau artikelnya tidak menyebutkan, saya katakan begitu.
    Coba: Berapa roket yang menghantam kedutaan di Bagdad?

    Kirimi saya tautan, berkas, atau pesan terusan untuk ditambahkan. /help menampilkan selebihnya.
help-heading = Inilah yang bisa saya lakukan:
help-command = { $command } – { $description }
help-private = Di obrolan pribadi setiap pesan adalah pertanyaan; tautan, berkas, dan pesan terusan akan ditambahkan.
help-group = Di grup, bertanyalah dengan /ask, sebut saya, atau balas salah satu pesan saya.
help-unknown = Saya tidak mengenal perintah ini. /help menampilkan apa yang bisa saya lakukan.
