timeline-heading = ما حدث: { $subject }
timeline-nothing = ليس لدي خبر مؤرَّخ عن هذا.
timeline-which = أي موضوع؟ مثلًا: ‎/timeline السفارة في بغداد
timeline-otherwise = { $source } يذكر { $value }
timeline-how = جُمل مختارة من المقالات، في اليوم الذي تتحدث عنه أو يوم نشرها.
