privacy-forgotten = { $count ->
    [0] Saya tidak menyimpan apa pun yang Anda tulis.
   *[other] Dilupakan: { $count } pesan Anda.
}
privacy-out-group = Mulai sekarang saya tidak menyimpan tulisan Anda di grup ini, dan yang ada sudah dihapus. /optin membatalkannya.
privacy-out-private = Mulai sekarang saya tidak menyimpan tulisan Anda di grup mana pun, dan yang ada sudah dihapus. /optin membatalkannya.
privacy-in-group = Tulisan Anda di grup ini boleh diringkas lagi.
privacy-in-private = Tulisan Anda boleh diringkas lagi, kecuali di grup tempat Anda sendiri menolaknya.
privacy-still-out = Anda menolaknya di semua grup; /optin di obrolan pribadi kita membatalkannya.
