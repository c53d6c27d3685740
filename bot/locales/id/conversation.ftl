conversation-new = Kita mulai dari awal. Apa yang ingin Anda ketahui?
conversation-new-thread = Kita mulai dari awal. Balas pesan ini dengan pertanyaan Anda.
conversation-in-groups = Di grup, balasan ke salah satu jawaban saya melanjutkan dari situ. /ask yang baru memulai dari awal.
