"""Upkeep in the database."""
