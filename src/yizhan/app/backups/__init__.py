"""Backups of a whole installation: made while it serves, restored into an empty place, tried out."""
