"""A text in another language."""
