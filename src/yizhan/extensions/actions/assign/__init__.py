"""The action assign."""
