"""Yizhan (驿站): an omnichannel customer-service ticket system."""
