"""The whole product from outside: real processes, real models, a fake Telegram."""
