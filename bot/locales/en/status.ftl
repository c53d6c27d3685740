status-articles = Articles: { $articles } · passages: { $passages }
status-models = Models: { $chat } · { $embedding }
status-feeds = Feeds: { $feeds } · failing: { $failing } · paused: { $paused }
status-queue = Messages waiting: { $waiting }
status-today = Questions today: { $questions } · cost: { $cost } US dollars
status-fine = Everything works.
status-wrong = What is wrong:
status-log = Last in the log:
