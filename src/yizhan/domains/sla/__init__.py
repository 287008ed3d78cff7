"""Promises on tickets: calendars, policies, clocks that run and stop, and what follows when time runs out.

Invariants: a clock is a pure function of a ticket's log, its policy and its calendar, so that it can
always be computed again and explained; a warning, a breach and an escalation happen once for each
deadline, because the row that remembers them is written in the transaction that says them.
"""
