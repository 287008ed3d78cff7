"""The lab in the database."""
