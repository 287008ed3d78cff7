"""What may be done with work on tickets. Other domains call these and nothing below."""
