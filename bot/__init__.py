"""The Telegram side of askwire: settings, the command line, the application and its handlers."""
