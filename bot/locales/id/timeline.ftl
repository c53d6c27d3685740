timeline-heading = Yang terjadi: { $subject }
timeline-nothing = Saya tidak punya berita bertanggal tentang ini.
timeline-which = Tentang apa? Misalnya: /timeline kedutaan di Bagdad
timeline-otherwise = { $source } menyebut { $value }
timeline-how = Kalimat dipilih dari artikel, pada hari yang diceritakan atau hari terbitnya.
