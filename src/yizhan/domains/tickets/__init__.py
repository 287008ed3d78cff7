"""Tickets, conversations and messages: the core of the desk.

Invariants: a message is written once and never changed, only its delivery moves on; what is
internal never gets a delivery; every change of a ticket raises its version and emits one event
whose ``changes`` lead from the old state to the new one, so that any past state can be replayed.
"""
