passages-button = Kutipan { $n }
passages-gone = Bagian ini sudah tidak ada di sini.
