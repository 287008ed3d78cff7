"""The action set type."""
