digest-heading = Yang baru: { $stories } berita dalam { $articles } artikel
digest-reported-by = diberitakan oleh { $sources }
digest-and-others = { $count } lainnya
digest-more-reports = – dan { $count } berita lain
digest-back = ‹ Kembali
digest-next = Berikutnya ›
digest-nothing = Tidak ada yang baru. /digest 3d melihat tiga hari, /digest 1w seminggu.
digest-ask = Tanyakan kepada saya.
