inline-hint = Stellen Sie eine ganze Frage, etwa: Wie viele Raketen schlugen ein?
inline-still-looking = Ich suche noch. Ein Leerzeichen oder „?“ zeigt die Antwort.
inline-limit = Für heute sind Ihre Fragen verbraucht; neue ab { $time } ({ $zone }).
inline-no-questions = Ich nehme keine Fragen an: Mein Betreiber erlaubt keine.
inline-declined = In den Artikeln steht das nicht
inline-differing = Die Artikel sind sich nicht einig
inline-quoted = Was die Artikel sagen
