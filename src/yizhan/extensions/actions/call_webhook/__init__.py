"""The action call webhook."""
