passages-button = Stelle { $n }
passages-gone = Diese Stelle gibt es hier nicht mehr.
