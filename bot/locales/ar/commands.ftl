commands-ask = سؤال عن الأخبار: ‎/ask كم صاروخًا سقط؟
commands-new = بدء محادثة جديدة
commands-cancel = إيقاف الإجابة عن سؤالي
commands-add = إضافة رابط أو نص أو ملف أو الرسالة التي تردّ عليها
commands-sources = المقالات التي أجيب منها
commands-settings = اللغة وطول الإجابات وغير ذلك
commands-help = ما أستطيع فعله
