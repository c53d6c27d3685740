"""Readers that turn what people have (links, files, posts) into articles."""
