summary-chosen = جُمل مختارة من المقال نفسه.
summary-written = كتبه { $model } ودُقّق بالاقتباسات.
summary-not-whole = لم يصل النموذج إلى النهاية، فقد يكون هناك نقص.
summary-which = أي مقال؟ رُدّ بـ ‎/summary على رابط أو ملف أو منشور أو إجابة مني، أو أرسل ‎/summary ورابطًا.
