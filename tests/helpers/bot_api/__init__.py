"""A small Bot API server that keeps state and answers as Telegram does; start with `server.FakeBotApi`."""
