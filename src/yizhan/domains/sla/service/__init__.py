"""What may be done with promises. Other domains call these and nothing below."""
