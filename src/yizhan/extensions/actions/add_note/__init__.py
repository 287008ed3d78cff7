"""The action add note."""
