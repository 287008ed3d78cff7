"""The action remove tags."""
