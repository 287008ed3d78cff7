"""The action unwatch."""
