"""Who gets the next ticket: presence, skills, languages, shifts, leave, capacity, turns.

Invariants: no ticket of a team that gives out by itself waits while an agent who fits is at work with
room, but for room that is kept for a ticket at 100; the desk itself never gives an agent more than the
capacity, nor anything off shift or on leave; the ticket with the highest score (:mod:`score`) is given
out first, to the last agent or to whose turn it is; what a ticket needs becomes less only by an event
that says so; every decision says why in its event. The decision is a pure function
(:mod:`matching`); the lists it works on (:mod:`pool`, :mod:`intake`) follow the event log.
"""
