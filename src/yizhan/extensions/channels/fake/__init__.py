"""A channel for tests of the kit: signed webhooks, fetching, and any outcome of a send."""
