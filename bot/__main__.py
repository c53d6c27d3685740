"""`python -m bot` is `askwire`."""

from bot.cli import main

main()
