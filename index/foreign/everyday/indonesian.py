"""Indonesian words that open sentences or are written with a capital, and name nobody."""

from __future__ import annotations

WORDS = frozenset(
    """
        ada adalah agar ahli akan akhirnya akibat akibatnya aktivis anak anggota antara apa apabila api artikel asap
        asosiasi atas badan bagi bagian bahkan bahwa banjir bank banyak baru bawah beberapa begitu belum bentrokan
        berbagai berdasarkan berikut berita bersama besar besok biasanya bila bom bukan bulan bupati dalam dan dana
        dapat dari datang dekat demi demikian demonstran dengan departemen depan dewan di dia diduga diperkirakan
        direktur dokter duta forum gedung gempa gubernur gunung guru hakim hal hampir hanya harga hari harus hingga
        hubungan hujan hukum imigrasi informasi ini insiden institut internasional isi istana istri itu jadi jaksa
        jalan jam jenderal jika juga jumlah jumlahnya juru jurnalis juta kabar kabinet kalau kami kantin kantor kapal
        karena kata kawasan keadaan kebakaran kebanyakan kecil kedutaan kejadian kejaksaan kelompok keluarga kematian
        kementerian kemarin kemudian kendaraan kepala kepolisian kereta kerja kerusakan kesehatan ketika ketua khusus
        kini kita komandan komisi konflik kongres konsulat korban kota kurang laporan lalu lebih ledakan lembaga lewat
        libur listrik lokasi luar luka maka makanan malam mahkamah mana manusia mantan masih masing masyarakat mayat
        media melalui memang mengapa menjelang menteri menurut mereka meski meskipun militer milisi misi mobil mulai
        mungkin nama namun nasional negara negeri nelayan ningrat oleh orang organisasi pada padahal para pasar
        pasukan partai pasien pagi pejabat pekerja pelaku peluru pemadam pembangunan pembeli pemerintah pemilih pemilu
        pemimpin penduduk penembakan pengacara pengadilan pengamat pengungsi pengunjuk pengusaha penjaga penumpang
        penyebab penyelidik penyelidikan penyidik perang perbatasan perdana peristiwa perlu pernyataan perserikatan
        perusahaan pertahanan pertama pertemuan perwakilan perwira pesawat petani petugas pihak pilot polisi polda
        polres presiden produksi program proyek proyektil puluhan pusat putusan raja rakyat rapat ratusan rektor
        republik resmi ribuan roket rombongan rumah rudal saat saham saja saksi sama sampai sang sangat satu saya
        sayangnya se sebab sebagai sebagian sebanyak sebelum sebelumnya sebuah secara sedang sehingga seiring sejak
        sejauh sejumlah sekarang sekitar sekolah sekretaris selain selama selanjutnya seluruh semalam sementara semua
        senator senjata seorang seperti serangan serangkaian serta sesudah setelah setiap setidaknya siang siapa siswa
        situasi soal sore staf sudah suami sumber sungai supaya surat syarat tahun tak tambahan tampaknya tanah tanpa
        tanpanya tapi tembakan telah tempat tengah tentara tentang tentunya terakhir terdapat terhadap terjadi terlalu
        termasuk ternyata tersangka tersebut tetapi tidak tim tindakan tokoh total tujuan tunggu turis uang udara umum
        universitas unjuk untuk upaya utama utara utusan wabah wakil waktu walau wali walikota wanita warga wartawan
        wilayah wisatawan ya yaitu yang acara akademisi aksi alasan aliansi aliran ancaman anggaran angin angkatan
        angkutan aparat aplikasi aset atlet aturan bahasa balita balai bandara bangunan bantuan barang basis batas
        belanja bencana bendungan bensin beras biaya biro bisnis bola buku buruh bursa cabang cadangan calon cuaca
        daerah daging dagang debat dekan delegasi demo demokrasi desa detik devisa dinas diplomat distrik dolar dosen
        dukungan ekonomi ekspor emas energi film final fraksi gas gelombang gereja grup guncangan hasil harian hewan
        hotel hutan ibu ibukota ikan iklim ilmuwan impor indeks industri inflasi infrastruktur investasi investor
        jaringan jembatan jenazah jumat kampanye kampus kamis kandidat kanselir karyawan kas kasus kebijakan
        kecelakaan kegiatan kekerasan kekeringan kenaikan kerajaan keputusan kerugian kesepakatan keuangan klub
        koalisi komite kondisi konferensi konstitusi konsumen koordinator koperasi kopi korupsi kredit krisis kritikus
        kru kurs lahan laut layanan lembar liga lingkungan longsor maskapai massa masjid mata menit mesin minggu
        minyak mobilitas moneter mufti museum musisi musim nasabah nilai nota obat oposisi operasi otoritas pabrik
        pajak pakar panglima panitia parade parlemen partisipan paspor pasokan patroli pelabuhan pelajar pelatih
        peluncuran pemain pembicaraan pembunuhan pemerhati pemilik pemuda penangkapan pencarian pendapatan pendeta
        pendukung peneliti penelitian penerbangan pengamanan pengawas pengemudi penjualan penonton penurunan penyakit
        penyerang penyerangan perdagangan peraturan peringatan perjanjian permintaan perusuh perundingan piala
        pinjaman planet politik politikus politisi populasi prajurit produk produsen profesor protes provinsi psikolog
        ramalan rancangan rekor relawan rencana restoran reformasi rival sanksi satelit sejarah sektor selatan seleksi
        senat seniman sepak serikat sidang sipil sistem skandal stasiun strategi studi suhu suku sutradara syarikat
        tabungan tambang tarif teknologi telepon teroris terorisme timnas titik tunjangan turnamen undang unit unsur
        upah usaha utang vaksin virus visa wajib wirausaha zona
    """.split()
)
