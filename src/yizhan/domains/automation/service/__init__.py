"""Use cases of automation."""
