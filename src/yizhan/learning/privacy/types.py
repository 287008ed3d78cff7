"""Kinds of personal data, and rules that a tenant may add."""

from __future__ import annotations

from typing import Final

import msgspec

KINDS: Final = (
    "TEXT",  # what only looks like one of our tokens
    "EMAIL",
    "LINK",
    "SECRET",
    "IDCARD",
    "BANKCARD",
    "PHONE",
    "ORDER",
    "PLATE",
    "PASSPORT",
    "SOCIAL",
    "ACCOUNT",
    "IP",
    "BIRTHDAY",
    "ADDRESS",
    "NAME",
    "NUMBER",  # long, and of no known kind
)
"""The earlier one names the token where two overlap."""

RANK: Final = {kind: place for place, kind in enumerate(KINDS)}


class Found(msgspec.Struct, frozen=True):
    """A part of a text that says who somebody is or what is theirs."""

    kind: str
    start: int
    end: int


class NumberRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a tenant's order numbers look: a beginning, then so many digits (or letters besides)."""

    prefix: str = ""
    least: int = 6
    most: int = 20
    letters: bool = False

    def problem(self) -> str | None:
        """What is wrong with it, or nothing."""
        if len(self.prefix) > 20:
            return "a beginning has at most 20 characters"
        if not 1 <= self.least <= self.most <= 40:
            return "the numbers of characters must lie between 1 and 40, the least first"
        if not self.prefix and self.least < 6:
            return "without a beginning at least 6 characters are needed, or every number would fit"
        return None


class Rules(msgspec.Struct, frozen=True):
    """What is known beforehand. ``names``: of the customer, the agents, whoever takes part."""

    names: tuple[str, ...] = ()
    orders: tuple[NumberRule, ...] = ()
    skip: frozenset[str] = frozenset()  # kinds that may leave as they are
