"""What may be done with surveys. Other domains call these and nothing below."""
