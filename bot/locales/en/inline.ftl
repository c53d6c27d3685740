# Over the results while a question is typed; a press opens the private chat with the bot.
inline-hint = Ask a whole question, such as: how many rockets hit?
inline-still-looking = Still looking. Type a space or a “?” to see the answer.
inline-limit = No more questions today; again from { $time } ({ $zone }).
inline-no-questions = I take no questions: my owner allows none.
# Titles of the result.
inline-declined = The articles don't say
inline-differing = The articles differ
inline-quoted = What the articles say
