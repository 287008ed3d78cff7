"""What may be done with the copilot."""
