"""Who gets the next ticket: presence, capacity, round robin.

Invariants: no ticket of a round-robin team waits while a fitting agent is online with capacity
free; the desk itself never gives an agent more than the capacity; the ticket that waited longest
goes to the fitting agent whose last one is longest ago; every decision says why in its event.
"""
