"""Routing in the database: presence, what was set up, and the two lists of distribution."""
