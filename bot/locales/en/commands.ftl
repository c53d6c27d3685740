# One line in Telegram's menu and in /help, at most 256 characters.
commands-ask = ask about the news: /ask How many rockets hit?
commands-new = start a new conversation
commands-cancel = stop the answer to my question
commands-add = add a link, a text, a file, or the message you reply to
commands-sources = list the articles I answer from
commands-settings = language, length of answers and more
commands-status = how the bot is doing
commands-help = what I can do
commands-feeds = follow a site or a feed: /feeds https://example.org
commands-remove = remove an article: /remove as a reply to its message, or /remove and its link
commands-summary = sum up an article: /summary as a reply to a link, a file, a post or an answer
commands-digest = what is new: /digest, or /digest 3d for three days
commands-catchup = what the group talked about since you were here
commands-forget = delete what you wrote from the group's log
commands-optout = keep what you write out of the group's log
commands-timeline = what happened on a subject, day by day: /timeline embassy in Baghdad
commands-optin = let what you write into the group's log again
