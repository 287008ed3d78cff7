"""Conditions over tickets: written by people, stored as data, turned into SQL with bound values.

A condition is one of::

    {"all": [condition, …]}      {"any": [condition, …]}      {"not": condition}
    {"field": "priority", "op": "in", "value": ["high", "urgent"]}

Views, bulk work, macros, SLA policies and rules all use this one builder. A higher domain adds what
it knows of a ticket by :func:`register`; :func:`matches` asks of a single ticket.
"""

from __future__ import annotations

from yizhan.domains.tickets.filters import builtin as builtin  # registers its fields
from yizhan.domains.tickets.filters.build import Clause, Reader, clause, reader
from yizhan.domains.tickets.filters.condition import (
    EVERYTHING,
    Condition,
    asks_reader,
    decode,
    fields_of,
    parse,
)
from yizhan.domains.tickets.filters.fields import Field, Narrow, known, register, resolver
from yizhan.domains.tickets.filters.ops import OPS
from yizhan.domains.tickets.filters.rare import few, only
from yizhan.domains.tickets.filters.single import matches, matching

__all__ = [
    "EVERYTHING",
    "OPS",
    "Clause",
    "Condition",
    "Field",
    "Narrow",
    "Reader",
    "asks_reader",
    "builtin",
    "clause",
    "decode",
    "few",
    "fields_of",
    "known",
    "matches",
    "matching",
    "only",
    "parse",
    "reader",
    "register",
    "resolver",
]
