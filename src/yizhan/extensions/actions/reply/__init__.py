"""The action reply."""
