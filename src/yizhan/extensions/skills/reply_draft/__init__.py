"""A reply with a source behind every sentence."""
