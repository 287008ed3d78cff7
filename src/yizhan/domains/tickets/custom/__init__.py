"""Custom fields of tickets: written through the one evaluator, asked for by conditions, looked up.

What fields are is the business of :mod:`yizhan.domains.fields`; here is only what a ticket adds.
"""

from yizhan.domains.tickets.custom.writing import first, shown, shown_changes, update

__all__ = ["first", "shown", "shown_changes", "update"]
