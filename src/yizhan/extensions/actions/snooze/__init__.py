"""The action snooze."""
