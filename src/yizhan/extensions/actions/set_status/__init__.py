"""The action set status."""
