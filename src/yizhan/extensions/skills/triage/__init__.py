"""The skill triage."""
