digest-new =
    Baru sejak ringkasan terakhir: { $count } artikel.
digest-more = dan { $count } lagi: /sources
digest-ask = Tanyakan kepada saya tentang artikel ini.
