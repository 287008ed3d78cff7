"""Rows of the copilot."""
