"""The action set priority."""
