"""The action add tags."""
