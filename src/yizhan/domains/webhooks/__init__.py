"""Webhooks out: events of the log sent to other systems, signed after Standard Webhooks.

Invariants: a webhook gets an event only when it existed before it; events of one ticket arrive in
the order of the log, a later one waits for the earlier; a delivery ends delivered or failed, within
24 hours; no transaction is open while the network is.
"""
