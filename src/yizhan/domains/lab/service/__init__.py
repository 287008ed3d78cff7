"""What the lab does."""
