articles-hint = Send what I should read: /add and a link, or /add and a text. Or send me a file, or reply with /add to a message, a link or a file.
articles-own-words = That is my own message. I only add what others wrote.
articles-nothing-to-read = I find no text in this. I read texts, links, files and forwarded posts.
articles-too-large = { $name } is over { $megabytes } MB, more than I can read. Send a smaller file, or the link of the article.
articles-file-gone = Telegram does not give me this file any more. Send it once again.
articles-file-not-fetched = I could not get this file from Telegram. Send it once again.
articles-none = There was no article in it.
# Before the title of an article.
articles-added = Added:
articles-updated = Updated:
articles-duplicate = Already here:
articles-added-count = { $count ->
    [one] Added: 1 article.
   *[other] Added: { $count } articles.
}
articles-updated-count = { $count ->
    [one] Updated: 1 article.
   *[other] Updated: { $count } articles.
}
articles-duplicate-count = { $count ->
    [one] Already here: 1 article.
   *[other] Already here: { $count } articles.
}
articles-ask = Ask me about it.
articles-reading = Reading: { $done } of { $total } articles …
articles-offer = { $count ->
    [one] Shall I read this page? Then you can ask me about it.
   *[other] Shall I read these { $count } pages? Then you can ask me about them.
}
articles-add-button = Read it
articles-offer-gone = Your message is gone. Send me the link once again.
