timeline-heading = What happened: { $subject }
timeline-nothing = I have no dated report on this.
timeline-which = Which subject? For example: /timeline embassy in Baghdad
timeline-otherwise = { $source } says { $value }
timeline-how = Sentences chosen from the articles, on the day they tell of or were published.
