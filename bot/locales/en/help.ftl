help-start =
    I read the news for you and answer questions about it.
    Every answer shows the sentence it rests on; when the articles don't say, I say so.
    Try: How many rockets hit the embassy in Baghdad?

    Send me a link, a file or a forwarded post to add it. /help shows the rest.
help-heading = Here is what I can do:
help-command = { $command } – { $description }
help-private = In a private chat every message is a question, and links, files and forwarded posts are added.
help-group = In a group, ask with /ask, mention me, or reply to one of my messages.
help-unknown = I don't know this command. /help shows what I can do.
