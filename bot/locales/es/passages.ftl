passages-button = Pasaje { $n }
passages-gone = Este pasaje ya no está aquí.
