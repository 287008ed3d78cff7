"""The source http lookup."""
