"""The skill close_thanks."""
