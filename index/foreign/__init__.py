"""Reading German, Spanish, Russian, Indonesian and Arabic text for what can be compared with English text."""
