status-articles = المقالات: { $articles } · المقاطع: { $passages }
status-models = النماذج: { $chat } · { $embedding }
status-feeds = الموجزات: { $feeds } · المتعطلة: { $failing } · الموقوفة: { $paused }
status-queue = الرسائل المنتظرة: { $waiting }
status-today = أسئلة اليوم: { $questions } · التكلفة: { $cost } دولار أمريكي
status-fine = كل شيء يعمل.
status-wrong = ما لا يعمل:
status-log = آخر ما في السجل:
