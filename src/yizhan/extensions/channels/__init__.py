"""Channels that come with Yizhan, one folder each."""
