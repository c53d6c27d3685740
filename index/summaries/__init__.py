"""Summaries of articles, of the news and of a group's discussion; every point names what it rests on."""
