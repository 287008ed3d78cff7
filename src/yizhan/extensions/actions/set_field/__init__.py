"""The action set field."""
