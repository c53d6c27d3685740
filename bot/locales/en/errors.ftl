errors-apology = Sorry, something went wrong on my side. If it happens again, tell my owner this number: { $reference }
# One line for each kind of error; in English an error's own, more exact line takes its place.
errors-any = That did not work. Please try again later.
errors-source = I could not read this. Check it and send it again.
errors-unreadable = I find no text in this that I can read. Copy the article's text and send me that instead.
errors-unsupported = I don't read this kind of file or page. Send a text, a PDF, a Word document or a link to an article.
errors-too-large = This is too large for me. Send a smaller part of it.
errors-fetch = I could not fetch this page. Check the link, or try again later.
errors-forbidden-address = I don't open this address. Send a link to a public web page.
errors-question = I can't answer this: the question is empty or too long. Put it in one or two sentences.
errors-provider = The language model did not answer. Please try again later.
errors-store = I can't get at my articles right now. Please try again later; if it goes on, tell my owner.
errors-store-later = I can't get at my records right now. I'll see to this as soon as I can.
errors-feed-file = This file is a list of feeds. Send it with /feeds to follow them.
