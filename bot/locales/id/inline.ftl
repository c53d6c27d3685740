inline-hint = Tulis pertanyaan lengkap, misalnya: berapa roket yang jatuh?
inline-still-looking = Masih mencari. Ketik spasi atau “?” untuk melihat jawabannya.
inline-limit = Pertanyaan hari ini sudah habis; bisa lagi mulai { $time } ({ $zone }).
inline-no-questions = Saya tidak menerima pertanyaan: pemilik saya tidak mengizinkannya.
inline-declined = Artikelnya tidak menyebutkan itu
inline-differing = Isi artikelnya berbeda-beda
inline-quoted = Kata artikelnya
