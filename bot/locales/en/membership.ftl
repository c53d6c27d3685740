membership-hello = Hello! I answer questions about news articles and show the sentence each answer rests on. Ask with /ask, mention { $name }, or reply to one of my messages. /help shows the rest.
membership-keeps = I read only what is meant for me. I keep the articles that are added here, for this group alone, and for a short while the questions put to me, so that you can ask on.
membership-privacy-mode = Telegram's privacy mode is on: I see only commands, mentions and replies to me. That is enough for questions. If I should see every message, an admin can make me an admin too.
