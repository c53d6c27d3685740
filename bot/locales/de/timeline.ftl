timeline-heading = Was geschah: { $subject }
timeline-nothing = Dazu habe ich keinen Bericht mit Datum.
timeline-which = Wozu? Zum Beispiel: /timeline Botschaft in Bagdad
timeline-otherwise = { $source } sagt { $value }
timeline-how = Sätze aus den Artikeln, an dem Tag, von dem sie erzählen oder an dem sie erschienen.
