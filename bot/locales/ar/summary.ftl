summary-chosen = جُمل مختارة من المقال نفسه.
summary-written = كتبه { $model } ودُقّق بالاقتباسات.
summary-chosen-from-articles = جُمل مختارة من المقالات نفسها.
summary-written-from-articles = كتبه { $model } ودُقّق بالمقالات.
summary-quoted-own = ما بين علامتي الاقتباس جملة من المقال نفسه.
summary-not-whole = لم يصل النموذج إلى النهاية، فقد يكون هناك نقص.
summary-which = أي مقال؟ رُدّ بـ ‎/summary على رابط أو ملف أو منشور أو إجابة مني، أو أرسل ‎/summary ورابطًا.
