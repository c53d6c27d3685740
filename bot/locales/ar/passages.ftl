passages-button = المقطع { $n }
passages-gone = لم يعد هذا المقطع موجودًا هنا.
