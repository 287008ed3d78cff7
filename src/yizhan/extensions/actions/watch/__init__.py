"""The action watch."""
