"""Sample stories for a first conversation: one on public facts, three invented."""
