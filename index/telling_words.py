"""Numbers, weekdays and months that are written without digits and capitals, folded as `shingles.folded` has them.

They tell one report of a kind from another ("три человека погибли в среду"). English is read by value elsewhere, and
German and Indonesian write days and months with capitals. Words that mean something else in another language are left
out.
"""

from __future__ import annotations

TELLING_WORDS = frozenset(
    """
        zwei drei vier funf sechs sieben acht neun zehn elf zwolf dutzend
        dos tres cuatro cinco seis siete ocho nueve diez doce mil millon millones
        lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto
        septiembre octubre noviembre diciembre
        deux trois quatre cinq huit onze douze mille lundi mardi mercredi jeudi vendredi samedi dimanche
        janvier fevrier avril juin juillet aout septembre octobre novembre decembre
        tre quattro cinque undici dodici lunedi martedi mercoledi giovedi venerdi domenica
        gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
        dois duas quatro oito doze janeiro fevereiro junho julho setembro outubro dezembro terca quarta quinta sexta
        dua tiga empat enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus ribu juta miliar
        два две двух двое три трех трое четыре четырех пять пяти шесть шести семь семи восемь восьми девять девяти
        десять десяти тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиарда миллиардов
        понедельник понедельника вторник вторника среда среду среды четверг четверга пятница пятницу пятницы
        суббота субботу субботы воскресенье воскресенья
        января феврале февраля марте марта апреле апреля мае мая июне июня июле июля августе августа сентябре сентября
        октябре октября ноябре ноября декабре декабря январе
    """.split()
)
