"""The source context link."""
