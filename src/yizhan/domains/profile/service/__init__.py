"""What may be done with profiles."""
