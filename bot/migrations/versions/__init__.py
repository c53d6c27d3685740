"""One revision of the bot's tables a module, oldest first. A released one is never changed."""
