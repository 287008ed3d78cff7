"""Inboxes, raw envelopes, deliveries and reply windows; owner of the channel extension point."""
