inline-hint = اكتب سؤالًا كاملًا، مثل: كم صاروخًا سقط؟
inline-still-looking = ما زلت أبحث. اكتب مسافة أو «؟» لترى الإجابة.
inline-limit = انتهت أسئلتك لهذا اليوم، وتعود من { $time } ({ $zone }).
inline-no-questions = لا أقبل أسئلة: صاحب البوت لا يسمح بها.
inline-declined = لا تذكر المقالات ذلك
inline-differing = المقالات مختلفة فيما بينها
inline-quoted = ما تقوله المقالات
